namespace SmtpAuth.Rules.Language;

/// <summary>An expression does not compile.</summary>
public sealed class CelCompileException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="CelCompileException"/> class.</summary>
    /// <param name="diagnostics">What is wrong; at least one error.</param>
    public CelCompileException(IReadOnlyList<CelDiagnostic> diagnostics)
        : base(Describe(diagnostics)) => Diagnostics = diagnostics;

    /// <summary>Gets what is wrong, in the order of the expression.</summary>
    public IReadOnlyList<CelDiagnostic> Diagnostics { get; }

    private static string Describe(IReadOnlyList<CelDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        return string.Join(" ", diagnostics.Where(static d => d.Severity == CelSeverity.Error));
    }
}
