namespace SmtpAuth.Rules.Language;

// What stands in brackets: [^a-z\d[:alpha:]\pL].
internal sealed class PatternClassParser(string pattern, bool ignoresCase)
{
    public PatternSet Parse(ref int position)
    {
        var start = position++;
        var set = new PatternSet.Builder { IgnoresCase = ignoresCase };
        if (position < pattern.Length && pattern[position] == '^')
        {
            set.IsNegated = true;
            position++;
        }

        for (var isFirst = true; ; isFirst = false)
        {
            if (position >= pattern.Length)
            {
                throw new PatternException($"missing closing ] of the class at position {start + 1}");
            }

            if (pattern[position] == ']' && !isFirst)
            {
                position++;
                return set.Build();
            }

            if (!TryReadNamed(ref position, set) && !(pattern[position] == '\\' && PatternText.TryReadClass(pattern, ref position, set)))
            {
                ReadRange(ref position, set);
            }
        }
    }

    private void ReadRange(ref int position, PatternSet.Builder set)
    {
        var start = position;
        var low = ReadOne(ref position);
        var high = low;
        if (position + 1 < pattern.Length && pattern[position] == '-' && pattern[position + 1] != ']')
        {
            position++;
            high = ReadOne(ref position);
        }

        if (high < low)
        {
            throw new PatternException($"invalid character class range at position {start + 1}");
        }

        set.Add(low, high);
    }

    private int ReadOne(ref int position) => position >= pattern.Length
        ? throw new PatternException("missing closing ]")
        : pattern[position] == '\\'
            ? PatternText.ReadEscapedCodePoint(pattern, ref position)
            : PatternText.CodePointAt(pattern, ref position);

    private bool TryReadNamed(ref int position, PatternSet.Builder set)
    {
        if (string.CompareOrdinal(pattern, position, "[:", 0, 2) != 0)
        {
            return false;
        }

        var end = pattern.IndexOf(":]", position, StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var name = pattern.Substring(position + 2, end - position - 2);
        var isNegated = name.Length > 0 && name[0] == '^';
        if (Named(isNegated ? name.Substring(1) : name) is not { } ranges)
        {
            throw new PatternException($"invalid character class [:{CelLiteral.Shorten(name)}:] at position {position + 1}");
        }

        PatternText.AddRanges(set, isNegated, ranges);
        position = end + 2;
        return true;
    }

    private static (int Low, int High)[]? Named(string name) => name switch
    {
        "alnum" => [('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => [('A', 'Z'), ('a', 'z')],
        "ascii" => [(0, 0x7F)],
        "blank" => [('\t', '\t'), (' ', ' ')],
        "cntrl" => [(0, 0x1F), (0x7F, 0x7F)],
        "digit" => [('0', '9')],
        "graph" => [('!', '~')],
        "lower" => [('a', 'z')],
        "print" => [(' ', '~')],
        "punct" => [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => [('\t', '\r'), (' ', ' ')],
        "upper" => [('A', 'Z')],
        "word" => [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        "xdigit" => [('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => null,
    };
}
