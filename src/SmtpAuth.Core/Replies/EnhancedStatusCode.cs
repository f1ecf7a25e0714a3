using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SmtpAuth.Replies;

/// <summary>An enhanced status code, <c>class.subject.detail</c>, such as <c>5.7.139</c>.</summary>
/// <remarks>
/// <para>Class is 2, 4 or 5. Subject and detail are 0 to 999 each and are not zero-padded.</para>
/// <para>There is no empty code: where a reply carries none, the reference is <see langword="null"/>.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc3463#section-2">RFC 3463, section 2</seealso>
public sealed record EnhancedStatusCode
{
    /// <summary>Initializes a new instance of the <see cref="EnhancedStatusCode"/> class.</summary>
    /// <param name="Class">2 (success), 4 (persistent transient failure) or 5 (permanent failure).</param>
    /// <param name="Subject">The subject sub-code, 0 to 999.</param>
    /// <param name="Detail">The detail sub-code, 0 to 999.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part is outside its range.</exception>
#pragma warning disable IDE1006 // The parameters are the positions of the record, as callers name them.
    public EnhancedStatusCode(int Class, int Subject, int Detail)
#pragma warning restore IDE1006
    {
        if (Class is not (2 or 4 or 5))
        {
            throw new ArgumentOutOfRangeException(nameof(Class), Class, "Expected a class of 2, 4 or 5.");
        }

        this.Class = Class;
        this.Subject = InRange(Subject, nameof(Subject));
        this.Detail = InRange(Detail, nameof(Detail));
    }

    /// <summary>Gets the class: 2, 4 or 5.</summary>
    public int Class { get; }

    /// <summary>Gets the subject sub-code, 0 to 999; 7 is "security or policy".</summary>
    public int Subject { get; }

    /// <summary>Gets the detail sub-code, 0 to 999.</summary>
    public int Detail { get; }

    /// <summary>Reads <c>class.subject.detail</c>.</summary>
    /// <param name="text">The whole text must be the code, without blanks or padding; <see langword="null"/> is no code.</param>
    /// <param name="code">The code, or <see langword="null"/> when the text is none.</param>
    /// <returns><see langword="true"/> when the text is an enhanced status code. Never throws.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EnhancedStatusCode? code)
    {
        code = null;
        if (text is null || !TryRead(text.AsSpan(), 0, out var read, out var end) || end != text.Length)
        {
            return false;
        }

        code = read;
        return true;
    }

    /// <summary>Splits the code into its parts.</summary>
    /// <param name="class">The class.</param>
    /// <param name="subject">The subject sub-code.</param>
    /// <param name="detail">The detail sub-code.</param>
    public void Deconstruct(out int @class, out int subject, out int detail) =>
        (@class, subject, detail) = (Class, Subject, Detail);

    /// <summary>Returns <c>class.subject.detail</c>.</summary>
    /// <returns>The code as it stands in a reply.</returns>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0}.{1}.{2}", Class, Subject, Detail);

    /// <summary>Reads a code that starts at <paramref name="start"/>; says where it ends.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, int start, [NotNullWhen(true)] out EnhancedStatusCode? code, out int end)
    {
        code = null;
        end = start;
        if (start + 4 >= text.Length || text[start] is not ('2' or '4' or '5') || text[start + 1] != '.')
        {
            return false;
        }

        if (!TryReadPart(text, start + 2, out var subject, out var dot) || dot >= text.Length || text[dot] != '.'
            || !TryReadPart(text, dot + 1, out var detail, out end))
        {
            return false;
        }

        code = new EnhancedStatusCode(text[start] - '0', subject, detail);
        return true;
    }

    private static bool TryReadPart(ReadOnlySpan<char> text, int start, out int part, out int end)
    {
        (part, end) = (0, start);
        while (end < text.Length && end - start < 3 && text[end] is >= '0' and <= '9')
        {
            part = (part * 10) + (text[end++] - '0');
        }

        var digits = end - start;
        return digits > 0 && !(digits > 1 && text[start] == '0') && !(end < text.Length && text[end] is >= '0' and <= '9');
    }

    private static int InRange(int part, string parameterName) => part is >= 0 and <= 999
        ? part
        : throw new ArgumentOutOfRangeException(parameterName, part, "Expected a sub-code of 0 to 999.");
}
