using System.Text;

namespace SmtpAuth.Replies;

/// <summary>Joins the lines of multi-line replies: <c>535-5.7.139 …</c> on one line, <c>535 5.7.139 …</c> on the next.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1">RFC 5321, section 4.2.1</seealso>
internal static class ContinuedReplies
{
    /// <summary>Drops the codes with which a continuation line repeats those of the line before.</summary>
    public static string Join(string text)
    {
        StringBuilder? joined = null;
        var copied = 0;
        var lineStart = 0;
        for (var at = NextContinued(text, 0); at >= 0; at = NextContinued(text, at + 4))
        {
            if (lineStart <= at)
            {
                lineStart = text.IndexOf('\n', at) + 1;
            }

            if (lineStart == 0)
            {
                break;
            }

            if (!Repeats(text, lineStart, text.AsSpan(at, 3)))
            {
                continue;
            }

            joined ??= new StringBuilder(text.Length);
            joined.Append(text, copied, lineStart - 1 - copied).Append(' ');
            var isLast = lineStart + 3 >= text.Length || text[lineStart + 3] == ' ';
            copied = SkipCodes(text, lineStart);
            if (!isLast)
            {
                at = lineStart - 4;
                continue;
            }

            at = copied - 4;
        }

        return joined is null ? text : joined.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Finds the next failing reply code that a hyphen follows, at the start of a word.</summary>
    private static int NextContinued(string text, int start)
    {
        for (var hyphen = text.IndexOf('-', Math.Min(start, text.Length)); hyphen >= 0; hyphen = text.IndexOf('-', hyphen + 1))
        {
            if (hyphen - 3 >= start && IsDigit(text[hyphen - 1]) && IsDigit(text[hyphen - 2]) && text[hyphen - 3] is '4' or '5'
                && (hyphen == 3 || !char.IsLetterOrDigit(text[hyphen - 4])))
            {
                return hyphen - 3;
            }
        }

        return -1;
    }

    private static bool Repeats(string text, int lineStart, ReadOnlySpan<char> code) =>
        lineStart + 3 < text.Length && text.AsSpan(lineStart, 3).SequenceEqual(code) && text[lineStart + 3] is ' ' or '-';

    private static int SkipCodes(string text, int lineStart)
    {
        var position = lineStart + 4;
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return EnhancedStatusCode.TryRead(text.AsSpan(), position, out _, out var end) ? end + (end < text.Length && text[end] == ' ' ? 1 : 0) : position;
    }

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
