using System.Globalization;

namespace SmtpAuth.Replies;

/// <summary>The time that an error of the identity platform carries: <c>Timestamp: 2026-01-02 03:04:05Z</c>.</summary>
internal static class EntraTimestamp
{
    private const string Label = "timestamp";
    private const int LongestTime = 30;

    public static DateTimeOffset? Find(string text)
    {
        for (var at = text.IndexOf(Label, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(Label, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var start = at + Label.Length;
            while (start < text.Length && text[start] is ' ' or ':' or '"' or '\'' or '=' or '\n')
            {
                start++;
            }

            var end = text.IndexOf('Z', start, Math.Min(LongestTime, text.Length - start));
            var time = end > start + 10 ? text.Substring(start, end - start + 1) : string.Empty;
            if (DateTimeOffset.TryParse(
                time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var found))
            {
                return found;
            }
        }

        return null;
    }
}
