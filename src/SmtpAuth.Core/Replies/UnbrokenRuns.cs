using System.Text;

namespace SmtpAuth.Replies;

/// <summary>Takes out long runs that are no words: base64, hexadecimal digits, tokens, code without blanks.</summary>
/// <remarks>Whatever looks like a word or a code in them is there by chance. Base64 that is text was decoded before.</remarks>
internal static class UnbrokenRuns
{
    private const int ShortestOfDigits = 200;
    private const int ShortestOfAny = 800;
    private const int ShortestFullLine = 60;

    public static string Drop(string text)
    {
        if (text.Length < ShortestOfDigits)
        {
            return text;
        }

        StringBuilder? kept = null;
        var copied = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = IsDigit(text[start]) ? EndOfDigits(text, start) : start;
            var isRun = end - start >= ShortestOfDigits;
            if (!isRun && (start == 0 || IsBreak(text[start - 1])))
            {
                var endOfAny = EndOfAny(text, start);
                (isRun, end) = endOfAny - start >= ShortestOfAny ? (true, endOfAny) : (false, end);
            }

            if (isRun)
            {
                kept ??= new StringBuilder(text.Length);
                kept.Append(text, copied, start - copied).Append(' ');
                copied = end;
            }

            start = Math.Max(end, start + 1);
        }

        return kept is null ? text : kept.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The end of a run of the digits of any base up to 64, over the ends of lines as encoders wrap them.</summary>
    private static int EndOfDigits(string text, int start)
    {
        var (end, lineStart) = (start, start);
        for (; end < text.Length; end++)
        {
            if (text[end] == '\n' && end - lineStart >= ShortestFullLine)
            {
                lineStart = end + 1;
            }
            else if (!IsDigit(text[end]))
            {
                break;
            }
        }

        return end;
    }

    private static int EndOfAny(string text, int start)
    {
        while (start < text.Length && text[start] is > ' ' and <= '~')
        {
            start++;
        }

        return start;
    }

    private static bool IsBreak(char character) => character is ' ' or '\n' or '\v';

    private static bool IsDigit(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '/' or '=' or '_' or '-';
}
