namespace SmtpAuth.Replies;

/// <summary>Finds the codes of replies in a normalised text, however the client writes them.</summary>
internal static class CodeScanner
{
    private const int LongestGap = 28;
    private const int LongestBounceHead = 600;
    private const int MostFragments = 20_000;
    private const string EntraPrefix = "AADSTS";

    private static readonly HashSet<string> GapWords = new(StringComparer.OrdinalIgnoreCase)
        { "b", "u", "response", "msg", "message", "error", "smtp", "text", "reply", "said", "status", "description", "server" };

    private static readonly HashSet<string> NotBeforeReply = new(StringComparer.OrdinalIgnoreCase)
        { "line", "port", "http", "https", "section", "page", "took", "pid", "version", "after", "only", "than", "over", "exceeded" };

    private static readonly HashSet<string> NotBeforeEnhanced = new(StringComparer.OrdinalIgnoreCase)
    {
        "version", "v", "ver", "section", "chapter", "release", "php", "mysql", "laravel", "wordpress", "phpmailer", "node",
        "step", "dsn", "kernel", "linux", "perl", "upgrade", "kapitel", "mariadb", "drupal", "swiftmailer", "odoo", "cacti", "qt",
    };

    private static readonly HashSet<string> BeforeReply = new(StringComparer.OrdinalIgnoreCase)
    {
        "error", "code", "said", "returned", "response", "reply", "got", "failed", "smtp", "status", "retcode", "by", "with",
        "received", "exception", "busy", "is", "was", "fehler", "erreur", "erro", "errno", "accounts", "fatalerror", "message",
        "authenticationerror", "smtpfatalerror", "smtpserverbusy", "smtpauthenticationerror", "smtpunknownerror", "r", "s",
        "smtpsyntaxerror", "ошибка",
    };

    /// <summary>Lists the fragments in order, and the first failing code that stands alone in a field (<c>responseCode: 550</c>).</summary>
    public static List<ReplyFragment> Scan(string text, out int? fieldCode)
    {
        var fragments = new List<ReplyFragment>();
        fieldCode = null;
        for (var index = 0; index < text.Length && fragments.Count < MostFragments;)
        {
            if (!IsInWord(text[index]))
            {
                index++;
                continue;
            }

            var fragment = ReadAt(text, index, ref fieldCode);
            if (fragment is null)
            {
                index = EndOfToken(text, index);
                continue;
            }

            if (fragments.Count > 0 && IsStatusOfBounce(text, fragments[fragments.Count - 1], fragment))
            {
                fragments.RemoveAt(fragments.Count - 1);
            }

            fragments.Add(fragment);
            index = fragment.TextStart;
        }

        for (var index = 0; index < fragments.Count; index++)
        {
            fragments[index].End = index + 1 < fragments.Count ? fragments[index + 1].Start : text.Length;
        }

        return fragments;
    }

    /// <summary>Says whether a line can hold the codes of a refusal. Quick, allocates nothing, errs towards yes.</summary>
    public static bool MayHoldFailureCode(ReadOnlySpan<char> line)
    {
        for (var index = 0; index + 3 < line.Length; index++)
        {
            if (line[index] is not ('4' or '5') || (index > 0 && (IsInWord(line[index - 1]) || line[index - 1] is '.' or '_' or '/')))
            {
                continue;
            }

            var isReplyCode = IsDigit(line[index + 1]) && IsDigit(line[index + 2]) && line[index + 3] is ' ' or '-' or ':' or ',' or ')' or '"'
                && IsFailureCode(((line[index] - '0') * 100) + ((line[index + 1] - '0') * 10) + line[index + 2] - '0');
            if (isReplyCode || (line[index + 1] == '.' && IsDigit(line[index + 2]) && line[index + 3] == '.'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A bounce has a status of its own, and the server's reply behind <c>smtp;</c>. Only the latter is a reply.</summary>
    private static bool IsStatusOfBounce(string text, ReplyFragment status, ReplyFragment next)
    {
        const string Diagnostic = "smtp;";
        var from = Math.Max(status.TextStart, next.Start - Diagnostic.Length - 1);
        return status.ReplyCode is null && status.EnhancedStatusCode is not null && next.Start - status.Start < LongestBounceHead
            && text.IndexOf(Diagnostic, from, next.Start - from, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static ReplyFragment? ReadAt(string text, int index, ref int? fieldCode)
    {
        if (text[index] is 'A' or 'a')
        {
            return ReadEntraCode(text, index);
        }

        if (!IsDigit(text[index]) || !StartsToken(text, index))
        {
            return null;
        }

        if (EnhancedStatusCode.TryRead(text.AsSpan(), index, out var enhanced, out var end))
        {
            return EndsToken(text, end) && !IsListed(text, index, end) && !NotBeforeEnhanced.Contains(WordBefore(text, index)) && !IsVersionField(text, index)
                ? new ReplyFragment(index, end, null, enhanced, null, IsIntroduced(text, index))
                : null;
        }

        return TryReplyCode(text, index, out var code) ? ReadReply(text, index, code, ref fieldCode) : null;
    }

    private static ReplyFragment? ReadReply(string text, int index, int code, ref int? fieldCode)
    {
        if (NotBeforeReply.Contains(WordBefore(text, index)))
        {
            return null;
        }

        if (FindEnhanced(text, index + 3, code, out var enhanced, out var end))
        {
            return new ReplyFragment(index, end, code, enhanced, null, true);
        }

        var isIntroduced = IsIntroduced(text, index);
        if (code < 400)
        {
            return isIntroduced && (index + 3 >= text.Length || text[index + 3] is ' ' or '-' or '\n')
                ? new ReplyFragment(index, index + 3, code, null, null, false)
                : null;
        }

        if (!IsFailureCode(code) || !isIntroduced)
        {
            return null;
        }

        if (IsField(text, index, index + 3))
        {
            fieldCode ??= code;
            return null;
        }

        return new ReplyFragment(index, index + 3, code, null, null, false);
    }

    private static ReplyFragment? ReadEntraCode(string text, int index)
    {
        if (string.Compare(text, index, EntraPrefix, 0, EntraPrefix.Length, StringComparison.OrdinalIgnoreCase) != 0)
        {
            return null;
        }

        var end = index + EntraPrefix.Length;
        while (end < text.Length && end - index < EntraPrefix.Length + 8 && IsDigit(text[end]))
        {
            end++;
        }

        return end - index >= EntraPrefix.Length + 4
            ? new ReplyFragment(index, end, null, null, text.Substring(index, end - index).ToUpperInvariant(), true)
            : null;
    }

    /// <summary>Finds the enhanced status code that belongs to a reply code: next to it, or a few words on.</summary>
    private static bool FindEnhanced(string text, int start, int code, out EnhancedStatusCode? enhanced, out int end)
    {
        enhanced = null;
        end = start;
        var hasOtherWords = false;
        for (var index = start; index < text.Length && index - start < LongestGap; index++)
        {
            var character = text[index];
            if (IsDigit(character))
            {
                return EnhancedStatusCode.TryRead(text.AsSpan(), index, out enhanced, out end) && EndsToken(text, end)
                    && (!hasOtherWords || (code >= 400 && enhanced.Class == code / 100));
            }

            if (character is '\v' or '!' or '?' or '<' or '@' or '/' or '{' or '}' or '|' or '&' || (character == '.' && index > start))
            {
                return false;
            }

            if (char.IsLetter(character))
            {
                var wordEnd = Math.Max(EndOfToken(text, index), index + 1);
                hasOtherWords |= !GapWords.Contains(text.Substring(index, wordEnd - index));
                index = wordEnd - 1;
            }
        }

        return false;
    }

    private static bool TryReplyCode(string text, int index, out int code)
    {
        code = 0;
        if (index + 2 >= text.Length || text[index] is < '2' or > '5' || !IsDigit(text[index + 1]) || text[index + 1] > '7' || !IsDigit(text[index + 2])
            || (index + 3 < text.Length && (IsInWord(text[index + 3]) || text[index + 3] is '_' or '%' or '/'
                || (text[index + 3] is '.' or ',' && index + 4 < text.Length && IsDigit(text[index + 4])))))
        {
            return false;
        }

        code = ((text[index] - '0') * 100) + ((text[index + 1] - '0') * 10) + text[index + 2] - '0';
        return true;
    }

    private static bool IsFailureCode(int code) => code is 421 or (>= 430 and <= 432) or 441 or 442 or 446 or 447 or (>= 449 and <= 455)
        or 471 or (>= 500 and <= 504) or 510 or 511 or 521 or (>= 523 and <= 525) or (>= 530 and <= 535) or 538
        or 541 or (>= 550 and <= 557) or 571;

    private static bool StartsToken(string text, int index)
    {
        if (index == 0)
        {
            return true;
        }

        var before = text[index - 1];
        return !(IsInWord(before) || before is '.' or '_' or '/' or '\\' or '$' or '@' or '+')
            && !(before is '-' or ':' && index > 1 && char.IsLetterOrDigit(text[index - 2]) && (before == '-' || IsDigit(text[index - 2])));
    }

    private static bool EndsToken(string text, int end) =>
        end >= text.Length || !(IsInWord(text[end]) || text[end] is '_' or '-' && end + 1 < text.Length && IsDigit(text[end + 1])
            || (text[end] == '.' && end + 1 < text.Length && IsDigit(text[end + 1])));

    /// <summary>Codes in a list, such as the arguments of a command, are not replies.</summary>
    private static bool IsListed(string text, int start, int end) =>
        (end + 1 < text.Length && text[end] == ',' && IsDigit(text[end + 1])) || (start > 1 && text[start - 1] == ',' && IsDigit(text[start - 2]));

    private static bool IsVersionField(string text, int index)
    {
        var from = Math.Max(0, index - 14);
        return text.IndexOf("version", from, index - from, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static bool IsField(string text, int start, int end)
    {
        var after = end;
        while (after < text.Length && text[after] is ' ' or '"' or '\'')
        {
            after++;
        }

        var before = start - 1;
        while (before >= 0 && text[before] is ' ' or '"' or '\'')
        {
            before--;
        }

        return before >= 0 && text[before] is ':' or '=' && (after >= text.Length || text[after] is ',' or ';' or '}' or '\n' or '\v');
    }

    private static bool IsIntroduced(string text, int index)
    {
        var before = index - 1;
        while (before >= 0 && text[before] == ' ')
        {
            before--;
        }

        return before < 0 || text[before] is '\n' or '\v' or '"' or '\'' or '(' or ']' or '{' or ':' or '>' or '|' or '~' or '*' or '#' or ';' or '-' or '<' or '\u2022'
            || BeforeReply.Contains(WordBefore(text, index));
    }

    private static string WordBefore(string text, int index)
    {
        var end = index;
        while (end > 0 && text[end - 1] is ' ' or '"' or '\'' or '(' or ':' or '=')
        {
            end--;
        }

        var start = end;
        while (start > 0 && end - start < 24 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return text.Substring(start, end - start);
    }

    private static int EndOfToken(string text, int index)
    {
        while (index < text.Length && IsInWord(text[index]))
        {
            index++;
        }

        return index;
    }

    /// <summary>Scripts that put no blanks between words may touch a code.</summary>
    private static bool IsInWord(char character) => character < PhraseAutomaton.FirstOfUnspacedScripts && char.IsLetterOrDigit(character);

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
