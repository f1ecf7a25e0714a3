using System.Text;

namespace SmtpAuth.Replies;

/// <summary>Takes off what carriers put around a server's words: escapes, mark-up, wraps, quote marks, typography.</summary>
/// <remarks>
/// In the result white space is one character: a blank, a line feed for a line break, a vertical tab for an empty line. Case is
/// kept. Work and memory are linear in the text.
/// </remarks>
internal static class TextNormalizer
{
    /// <summary>Longer texts are read at both ends only.</summary>
    internal const int LongestText = 4 * 1024 * 1024;

    private const char EmptyLine = '\v';
    private const int LongestMarkup = 300;

    public static string Normalize(string text)
    {
        if (text.Length > LongestText)
        {
            text = string.Concat(text.Substring(0, LongestText / 2), "\n\n", text.Substring(text.Length - (LongestText / 2)));
        }

        if (QuotedPrintable.IsLikely(text))
        {
            text = QuotedPrintable.Decode(text);
        }

        var clean = Clean(text);
        var decoded = Base64Text.DecodeWithin(clean);
        return UnbrokenRuns.Drop(ReferenceEquals(decoded, clean) ? clean : Clean(decoded));
    }

    private static string Clean(string text)
    {
        var clean = new Writer(text.Length);
        for (var index = 0; index < text.Length;)
        {
            index = Step(text, index, clean);
        }

        return clean.ToString();
    }

    private static int Step(string text, int index, Writer clean)
    {
        var character = text[index];
        switch (character)
        {
            case '\\' when index + 1 < text.Length:
                return Escape(text, index, clean);
            case '&':
                return Entity(text, index, clean);
            case '<':
                return Markup(text, index, clean);
            case ']' when IsLink(text, index):
                var close = text.IndexOf(')', index, Math.Min(LongestMarkup * 2, text.Length - index));
                return close < 0 ? Plain(character, index, clean) : close + 1;
            case '*' when index + 1 < text.Length && text[index + 1] == '*':
                return index + 2;
            case '\u2026':
                clean.Append("...");
                return index + 1;
            default:
                return Plain(character, index, clean);
        }
    }

    private static int Plain(char character, int index, Writer clean)
    {
        clean.Append(Typography(character));
        return index + 1;
    }

    private static char Typography(char character) => character switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u2032' or '\u00B4' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' or '`' or '\u300C' or '\u300D' => '"',
        '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\uFEFF' or '\u2060' => '\0',
        '\u2010' or '\u2011' => '-',
        '\uFF1A' => ':',
        _ => character,
    };

    private static int Escape(string text, int index, Writer clean)
    {
        switch (text[index + 1])
        {
            case 'n' or 'r':
                clean.Append(text[index + 1] == 'n' ? '\n' : '\r');
                return index + 2;
            case 't':
                clean.Append(' ');
                return index + 2;
            case '\\' when index + 2 < text.Length && text[index + 2] == 'u' && TryHex(text, index + 3, 4, out var doubled):
                clean.Append(Typography((char)doubled));
                return index + 7;
            case '\\' when index + 2 < text.Length && text[index + 2] is 'n' or 'r':
                clean.Append(text[index + 2] == 'n' ? '\n' : '\r');
                return index + 3;
            case '"' or '\'' or '/' or '\\':
                clean.Append(text[index + 1]);
                return index + 2;
            case 'u' when TryHex(text, index + 2, 4, out var code):
                clean.Append(Typography((char)code));
                return index + 6;
            default:
                clean.Append('\\');
                return index + 1;
        }
    }

    private static int Entity(string text, int index, Writer clean)
    {
        var end = text.IndexOf(';', index, Math.Min(9, text.Length - index));
        if (end < 0)
        {
            return Plain('&', index, clean);
        }

        var name = text.Substring(index + 1, end - index - 1);
        char? character = name switch
        {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" or "rsquo" or "lsquo" => '\'',
            "nbsp" => ' ',
            _ when name.StartsWith("#x", StringComparison.OrdinalIgnoreCase) && TryHex(name, 2, name.Length - 2, out var code) => (char)code,
            _ when name.StartsWith('#') && int.TryParse(name.TrimStart('#'), out var number) && number is > 0 and < 0xD800 => (char)number,
            _ => null,
        };
        if (character is null)
        {
            return Plain('&', index, clean);
        }

        clean.Append(Typography(character.Value));
        return end + 1;
    }

    private static int Markup(string text, int index, Writer clean)
    {
        var nameStart = index + 1 < text.Length && text[index + 1] == '/' ? index + 2 : index + 1;
        var nameEnd = nameStart;
        while (nameEnd < text.Length && nameEnd - nameStart < 24 && (char.IsLetterOrDigit(text[nameEnd]) || text[nameEnd] is '-' or ':'))
        {
            nameEnd++;
        }

        var hasName = nameEnd > nameStart && char.IsLetter(text[nameStart]) && nameEnd < text.Length;
        if (!hasName || !(text[nameEnd] is '>' or '/' || (text[nameEnd] is ' ' or '\n' or '\r' or '\t' && HtmlNames.Contains(text.Substring(nameStart, nameEnd - nameStart)))))
        {
            return Plain('<', index, clean);
        }

        var close = text.IndexOf('>', nameEnd, Math.Min(LongestMarkup, text.Length - nameEnd));
        if (close < 0)
        {
            return Plain('<', index, clean);
        }

        var name = text.Substring(nameStart, nameEnd - nameStart);
        var isBreakDoubled = close + 1 < text.Length && text[close + 1] is '\n' or '\r';
        clean.Append(HtmlNames.BreaksLine(name) ? isBreakDoubled ? '\r' : '\n' : HtmlNames.Contains(name) ? '\0' : ' ');
        return close + 1;
    }

    private static bool IsLink(string text, int index) =>
        index + 5 < text.Length && text[index + 1] == '(' && string.CompareOrdinal(text, index + 2, "http", 0, 4) == 0;

    private static bool TryHex(string text, int start, int length, out int code)
    {
        code = 0;
        if (length is < 1 or > 4 || start + length > text.Length)
        {
            return false;
        }

        for (var index = start; index < start + length; index++)
        {
            var digit = HexDigits.Value(text[index]);
            if (digit < 0)
            {
                return false;
            }

            code = (code << 4) | digit;
        }

        return true;
    }

    /// <summary>Folds white space, drops quote marks at the start of lines and the repeated codes of multi-line replies.</summary>
    private sealed class Writer(int capacity)
    {
        private readonly StringBuilder _clean = new(capacity);
        private int _lineBreaks;
        private bool _isBlankPending;
        private bool _isAtLineStart = true;

        public void Append(string text)
        {
            foreach (var character in text)
            {
                Append(character);
            }
        }

        public void Append(char character)
        {
            if (character is '\0')
            {
                return;
            }

            if (character is '\n' or '\r')
            {
                _lineBreaks += character == '\n' ? 1 : 0;
                _isBlankPending = true;
                _isAtLineStart = true;
                return;
            }

            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                _isBlankPending = true;
                return;
            }

            if (_isAtLineStart && character is '>' or '#' or '/' or '|' or '*' or '\u2514' or '\u2500' or '\u2502')
            {
                return;
            }

            if (_isBlankPending && _clean.Length > 0)
            {
                _clean.Append(_lineBreaks > 1 ? EmptyLine : _lineBreaks == 1 ? '\n' : ' ');
            }

            (_lineBreaks, _isBlankPending, _isAtLineStart) = (0, false, false);
            _clean.Append(character);
        }

        public override string ToString() => ContinuedReplies.Join(_clean.ToString());
    }
}
