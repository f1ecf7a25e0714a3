namespace SmtpAuth.Rules.Language;

/// <summary>Something wrong with an expression, and where.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Message">What was found and what was expected, in one line.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 code units, from 1.</param>
/// <param name="Start">The position in the expression in UTF-16 code units, from 0.</param>
/// <param name="Length">The number of UTF-16 code units concerned; 0 at the end of the expression.</param>
/// <param name="Suggestion">What was probably meant, such as a fact's name, or <see langword="null"/>.</param>
public sealed record CelDiagnostic(
    CelSeverity Severity, string Message, int Line, int Column, int Start, int Length, string? Suggestion)
{
    /// <summary>Writes the diagnostic in one line.</summary>
    /// <returns>The text, such as <c>1:5: error: 'mailbx' is not a declared fact. Did you mean 'mailbox'?</c>.</returns>
    public override string ToString()
    {
        var word = Severity == CelSeverity.Error ? "error" : "warning";
        return $"{Line}:{Column}: {word}: {Message}{(Suggestion is null ? "" : $" Did you mean '{Suggestion}'?")}";
    }

    internal static CelDiagnostic At(
        CelSeverity severity, string source, int start, int end, string message, string? suggestion = null)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < start && i < source.Length; i++)
        {
            if (source[i] == '\n')
            {
                line++;
                lineStart = i + 1;
            }
        }

        return new(severity, message, line, start - lineStart + 1, start, Math.Max(0, end - start), suggestion);
    }
}
