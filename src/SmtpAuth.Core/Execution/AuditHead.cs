using System.Globalization;

namespace SmtpAuth.Execution;

/// <summary>Where a chain of journal entries ends. Kept elsewhere, it later shows whether entries were cut off or the whole chain rewritten.</summary>
/// <param name="Sequence">The number of the last entry; 0 for an empty journal.</param>
/// <param name="Hash">The hash of the last entry, 64 lower-case hexadecimal digits.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary>Gets the head of an empty journal.</summary>
    public static AuditHead Empty { get; } = new(0, new string('0', 64));

    /// <summary>Reads a head from the text that <see cref="ToString"/> gives.</summary>
    /// <param name="text">The text; <see langword="null"/> is no head.</param>
    /// <param name="head">The head, or <see langword="null"/>.</param>
    /// <returns><see langword="true"/> when the text is a head.</returns>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AuditHead? head)
    {
        head = null;
        var parts = text?.Split(':') ?? [];
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || parts[1].Length != 64
            || !parts[1].All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f')))
        {
            return false;
        }

        head = new(sequence, parts[1]);
        return true;
    }

    /// <summary>Returns the head as one word, such as <c>17:9f86d0…</c>.</summary>
    /// <returns>The number, a colon and the hash.</returns>
    public override string ToString() => $"{Sequence.ToString(CultureInfo.InvariantCulture)}:{Hash}";
}
