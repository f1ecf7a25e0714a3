using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SmtpAuth.Replies;

/// <summary>Undoes line breaks that a terminal or a mail program put into the middle of words.</summary>
internal static class HardWraps
{
    private const int ShortestWrappedLine = 60;

    /// <summary>Joins lines that are long enough to have been broken at a fixed column, between two letters or digits.</summary>
    /// <param name="text">The normalised text.</param>
    /// <param name="joined">The text without those breaks.</param>
    /// <returns><see langword="true"/> when there was one.</returns>
    public static bool TryJoin(string text, [NotNullWhen(true)] out string? joined)
    {
        StringBuilder? builder = null;
        var (lineStart, copied) = (0, 0);
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            if (end - lineStart >= ShortestWrappedLine && end + 1 < text.Length
                && IsInsideWord(text[end - 1], text[end + 1]))
            {
                builder ??= new StringBuilder(text.Length);
                builder.Append(text, copied, end - copied);
                copied = end + 1;
            }

            lineStart = end + 1;
        }

        joined = builder?.Append(text, copied, text.Length - copied).ToString();
        return joined is not null;
    }

    private static bool IsInsideWord(char before, char after) =>
        (char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after)) || (before == '.' && char.IsDigit(after)) || (char.IsDigit(before) && after == '.');
}
