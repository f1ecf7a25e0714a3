using System.Text;

namespace SmtpAuth.Replies;

/// <summary>Decodes base64 in which words of a server hide: the challenge of XOAUTH2 and encoded bounces.</summary>
/// <remarks>What a client sent (user names, passwords, tokens) is never decoded: only a server's challenge, and long plain text.</remarks>
internal static class Base64Text
{
    private const int ShortestBody = 120;
    private const int ShortestLabelledBody = 24;
    private const string Label = "encoding: base64";
    private const int LongestBody = 256 * 1024;
    private const string Challenge = "334 eyJ";

    public static string DecodeWithin(string text)
    {
        text = DecodeChallenge(text);
        return DecodeBody(text);
    }

    private static string DecodeChallenge(string text)
    {
        var at = text.IndexOf(Challenge, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var start = at + 4;
        var end = EndOfRun(text, start, allowBreaks: false);
        return TryDecode(text.Substring(start, end - start)) is { } decoded
            ? string.Concat(text.Substring(0, start), decoded, text.Substring(end))
            : text;
    }

    private static string DecodeBody(string text)
    {
        var label = text.IndexOf(Label, StringComparison.OrdinalIgnoreCase);
        var shortest = label < 0 ? ShortestBody : ShortestLabelledBody;
        for (var start = label < 0 ? 0 : label + Label.Length; start < text.Length;)
        {
            if (!IsBase64(text[start]))
            {
                start++;
                continue;
            }

            var end = EndOfRun(text, start, allowBreaks: true);
            if (end - start >= shortest && end - start <= LongestBody
                && TryDecode(text.Substring(start, end - start).Replace("\n", string.Empty)) is { } decoded
                && decoded.IndexOf("auth=", StringComparison.OrdinalIgnoreCase) < 0)
            {
                return string.Concat(text.Substring(0, start), decoded, text.Substring(end));
            }

            start = end + 1;
        }

        return text;
    }

    private static int EndOfRun(string text, int start, bool allowBreaks)
    {
        var end = start;
        while (end < text.Length && (IsBase64(text[end]) || (allowBreaks && text[end] == '\n' && IsFullLine(text, start, end))))
        {
            end++;
        }

        return end;
    }

    private static bool IsFullLine(string text, int start, int end)
    {
        var lineStart = text.LastIndexOf('\n', end - 1, end - start) + 1;
        return end - Math.Max(lineStart, start) >= 60;
    }

    private static string? TryDecode(string encoded)
    {
        var digits = encoded.TrimEnd('=');
        if (digits.Length % 4 == 1 || digits.Contains('='))
        {
            return null;
        }

        var bytes = Convert.FromBase64String(digits + new string('=', (4 - (digits.Length % 4)) % 4));
        var decoded = Encoding.UTF8.GetString(bytes);
        foreach (var character in decoded)
        {
            if (character == '\uFFFD' || (char.IsControl(character) && !char.IsWhiteSpace(character)))
            {
                return null;
            }
        }

        return decoded;
    }

    private static bool IsBase64(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '/' or '=';
}
