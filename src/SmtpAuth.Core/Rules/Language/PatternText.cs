namespace SmtpAuth.Rules.Language;

// The letters of a pattern, shared by what stands inside and outside of brackets.
internal static class PatternText
{
    private const int EveryCategory = 0x3FFFFFFF;

    // Two letters per general category, in the order of System.Globalization.UnicodeCategory.
    private const string Categories = "LuLlLtLmLoMnMcMeNdNlNoZsZlZpCcCfCsCoPcPdPsPePiPfPoSmScSkSo";

    // A category such as Lu, or a letter for all that begin with it; 0 where there is none.
    private static int CategoryMask(string name)
    {
        var mask = name == "Any" ? EveryCategory : 0;
        for (var i = 0; name.Length is 1 or 2 && i < Categories.Length; i += 2)
        {
            mask |= string.CompareOrdinal(Categories, i, name, 0, name.Length) == 0 ? 1 << (i / 2) : 0;
        }

        return mask;
    }

    public static int CodePointAt(string text, ref int position)
    {
        var c = text[position++];
        return char.IsHighSurrogate(c) && position < text.Length && char.IsLowSurrogate(text[position])
            ? char.ConvertToUtf32(c, text[position++])
            : c;
    }

    public static void AddRanges(PatternSet.Builder set, bool isNegated, (int Low, int High)[] ranges)
    {
        if (isNegated)
        {
            set.AddOthers(ranges);
            return;
        }

        foreach (var (low, high) in ranges)
        {
            set.Add(low, high);
        }
    }

    // \d \s \w and their opposites, \p{…} and \P{…}.
    public static bool TryReadClass(string pattern, ref int position, PatternSet.Builder set)
    {
        if (position + 1 >= pattern.Length)
        {
            return false;
        }

        var letter = pattern[position + 1];
        switch (letter)
        {
            case 'd' or 'D':
                AddRanges(set, letter == 'D', [('0', '9')]);
                break;
            case 's' or 'S':
                AddRanges(set, letter == 'S', [('\t', '\n'), ('\f', '\r'), (' ', ' ')]);
                break;
            case 'w' or 'W':
                AddRanges(set, letter == 'W', [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);
                break;
            case 'p' or 'P':
                position += 2;
                ReadProperty(pattern, ref position, letter == 'P', set);
                return true;
            default:
                return false;
        }

        position += 2;
        return true;
    }

    public static int ReadEscapedCodePoint(string pattern, ref int position)
    {
        var start = position++;
        if (position >= pattern.Length)
        {
            throw new PatternException("trailing \\ at the end");
        }

        var c = pattern[position++];
        switch (c)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'x':
                return ReadHexadecimal(pattern, ref position, start);
            case >= '0' and <= '7' when c == '0' || (position < pattern.Length && pattern[position] is >= '0' and <= '7'):
                return ReadOctal(pattern, ref position, c - '0');
            case var _ when c < 0x80 && !char.IsLetterOrDigit(c):
                return c;
            default:
                throw new PatternException($"invalid escape sequence \\{c} at position {start + 1}");
        }
    }

    private static int ReadOctal(string pattern, ref int position, int value)
    {
        for (var i = 1; i < 3 && position < pattern.Length && pattern[position] is >= '0' and <= '7'; i++)
        {
            value = (value * 8) + (pattern[position++] - '0');
        }

        return value;
    }

    private static int ReadHexadecimal(string pattern, ref int position, int start)
    {
        var isBraced = position < pattern.Length && pattern[position] == '{';
        position += isBraced ? 1 : 0;
        var value = 0;
        var digits = 0;
        while (position < pattern.Length && HexadecimalDigit(pattern[position]) is >= 0 and var digit && digits < (isBraced ? 8 : 2))
        {
            value = (value << 4) | digit;
            digits++;
            position++;
        }

        var isClosed = !isBraced || (position < pattern.Length && pattern[position++] == '}');
        return isClosed && (isBraced ? digits > 0 : digits == 2) && value is >= 0 and <= 0x10FFFF
            ? value
            : throw new PatternException($"invalid escape sequence \\x at position {start + 1}");
    }

    private static int HexadecimalDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private static void ReadProperty(string pattern, ref int position, bool isNegated, PatternSet.Builder set)
    {
        var start = position;
        var end = position < pattern.Length && pattern[position] == '{' ? pattern.IndexOf('}', position) : position;
        if (position >= pattern.Length || end < 0)
        {
            throw new PatternException($"invalid character class \\p at position {start + 1}");
        }

        var name = end == position ? pattern.Substring(position, 1) : pattern.Substring(position + 1, end - position - 1);
        position = end + 1;
        if (name.Length > 0 && name[0] == '^')
        {
            isNegated = !isNegated;
            name = name.Substring(1);
        }

        if (CategoryMask(name) is not 0 and var mask)
        {
            set.Categories |= isNegated ? EveryCategory & ~mask : mask;
        }
        else if (PatternScripts.Find(name) is { } ranges)
        {
            AddRanges(set, isNegated, ranges);
        }
        else
        {
            throw new PatternException($"unknown character class \\p{{{CelLiteral.Shorten(name)}}} at position {start + 1}");
        }
    }
}
