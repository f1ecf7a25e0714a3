namespace SmtpAuth.Replies;

/// <summary>Cuts the words of a reply out of the text: no codes, no tag, one line.</summary>
internal static class ReplyText
{
    private const int LongestText = 1000;
    private static readonly char[] LineBreaks = ['\n', '\v'];

    public static string Read(string text, int start, int end)
    {
        while (start < end && !char.IsLetterOrDigit(text[start]) && text[start] is not ('<' or '\\'))
        {
            start++;
        }

        var limit = Math.Min(end, start + LongestText);
        for (var index = start; index < limit; index++)
        {
            if ((text[index] == '[' && ServerTag.TryRead(text, index, out _)) || IsClosingQuote(text, index))
            {
                limit = index;
            }
        }

        return text.Substring(start, Math.Max(0, limit - start)).Replace('\n', ' ').Replace('\v', ' ').TrimEnd(' ', '\'', '"', '(', '[', ',', '#', '-', ':');
    }

    /// <summary>The line in which a signature's words stand. Other lines may hold what a client sent, passwords included.</summary>
    public static string LineOf(string text, ReplySignature signature)
    {
        foreach (var phrase in signature.Phrases.SelectMany(group => group))
        {
            var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                var start = text.LastIndexOfAny(LineBreaks, at) + 1;
                var end = text.IndexOfAny(LineBreaks, at);
                return Read(text, Math.Max(start, at - (LongestText / 2)), end < 0 ? text.Length : end);
            }
        }

        return string.Empty;
    }

    /// <summary>A quote mark that does not stand inside a word, as the apostrophe of "doesn't" does.</summary>
    private static bool IsClosingQuote(string text, int index) =>
        text[index] is '"' or '\'' && index > 0 && text[index - 1] != ' ' && (index + 1 >= text.Length || !char.IsLetter(text[index + 1]));
}
