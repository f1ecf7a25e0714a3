namespace SmtpAuth.Rules.Language;

// RE2's syntax (github.com/google/re2/wiki/Syntax, as of 2026-11): no back references, no look-around.
internal sealed class PatternParser
{
    private const int MaximumDepth = 100;
    private const int MaximumRepeat = 1000;

    private readonly string _pattern;
    private int _position;
    private int _depth;
    private Flags _flags;

    private PatternParser(string pattern) => _pattern = pattern;

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        MultiLine = 2,
        DotAll = 4,
    }

    private bool AtEnd => _position >= _pattern.Length;

    private bool IgnoresCase => (_flags & Flags.IgnoreCase) != 0;

    public static PatternNode Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        var node = parser.ParseChoice();
        return parser.AtEnd ? node : throw parser.Wrong("unexpected )");
    }

    private PatternException Wrong(string message) => new($"{message} at position {Math.Min(_position, _pattern.Length) + 1}");

    private PatternNode ParseChoice()
    {
        if (++_depth > MaximumDepth)
        {
            throw Wrong("groups are nested too deep");
        }

        var branches = new List<PatternNode> { ParseSequence() };
        while (Accept('|'))
        {
            branches.Add(ParseSequence());
        }

        _depth--;
        return branches.Count == 1 ? branches[0] : new PatternNode.Choice(branches);
    }

    private PatternNode.Sequence ParseSequence()
    {
        var parts = new List<PatternNode>();
        while (!AtEnd && _pattern[_position] is not ('|' or ')'))
        {
            if (AcceptText("\\Q"))
            {
                ParseQuoted(parts);
            }
            else if (!AcceptText("\\E") && ParseAtom() is { } atom)
            {
                parts.Add(ParseRepeats(atom));
            }
        }

        return new(parts);
    }

    private void ParseQuoted(List<PatternNode> parts)
    {
        while (!AtEnd && !AcceptText("\\E"))
        {
            var literal = Literal(PatternText.CodePointAt(_pattern, ref _position));
            var isLast = AtEnd || string.CompareOrdinal(_pattern, _position, "\\E", 0, 2) == 0;
            if (isLast)
            {
                _ = AcceptText("\\E");
                parts.Add(ParseRepeats(literal));
                return;
            }

            parts.Add(literal);
        }
    }

    private PatternNode ParseRepeats(PatternNode atom)
    {
        var repeats = 0;
        while (!AtEnd)
        {
            int minimum, maximum;
            switch (_pattern[_position])
            {
                case '*':
                    (minimum, maximum) = (0, -1);
                    _position++;
                    break;
                case '+':
                    (minimum, maximum) = (1, -1);
                    _position++;
                    break;
                case '?':
                    (minimum, maximum) = (0, 1);
                    _position++;
                    break;
                case '{' when TryParseCount(out minimum, out maximum):
                    break;
                default:
                    return atom;
            }

            // Lazy or greedy: whether there is a match is the same.
            _ = Accept('?');
            if (++repeats > 1)
            {
                throw Wrong("invalid nested repetition operator");
            }

            atom = new PatternNode.Repeat(atom, minimum, maximum);
        }

        return atom;
    }

    // {n}, {n,} or {n,m}; anything else is a literal brace.
    private bool TryParseCount(out int minimum, out int maximum)
    {
        var start = _position++;
        minimum = maximum = 0;
        if (TryParseNumber(out minimum))
        {
            maximum = minimum;
            if (Accept(',') && !TryParseNumber(out maximum))
            {
                maximum = -1;
            }

            if (Accept('}'))
            {
                return minimum <= MaximumRepeat && maximum <= MaximumRepeat && (maximum < 0 || minimum <= maximum)
                    ? true
                    : throw Wrong($"bad repetition count: at most {MaximumRepeat}, the smaller first,");
            }
        }

        _position = start;
        return false;
    }

    private bool TryParseNumber(out int number)
    {
        var start = _position;
        number = 0;
        while (!AtEnd && _pattern[_position] is >= '0' and <= '9')
        {
            number = Math.Min((number * 10) + (_pattern[_position++] - '0'), MaximumRepeat + 1);
        }

        return _position > start;
    }

    private PatternNode? ParseAtom()
    {
        switch (_pattern[_position])
        {
            case '(':
                _position++;
                return ParseGroup();
            case '[':
                return new PatternNode.Characters(new PatternClassParser(_pattern, IgnoresCase).Parse(ref _position));
            case '.':
                _position++;
                return Dot();
            case '^':
                _position++;
                return new PatternNode.Assertion((_flags & Flags.MultiLine) != 0 ? PatternAssertion.LineStart : PatternAssertion.TextStart);
            case '$':
                _position++;
                return new PatternNode.Assertion((_flags & Flags.MultiLine) != 0 ? PatternAssertion.LineEnd : PatternAssertion.TextEnd);
            case '*' or '+' or '?':
                throw Wrong("missing argument to repetition operator");
            case '\\':
                return ParseEscape();
            default:
                return Literal(PatternText.CodePointAt(_pattern, ref _position));
        }
    }

    private PatternNode.Characters Literal(int codePoint) => new(PatternSet.Of(codePoint, IgnoresCase));

    private PatternNode.Characters Dot()
    {
        var set = new PatternSet.Builder();
        if ((_flags & Flags.DotAll) != 0)
        {
            set.Add(0, 0x10FFFF);
        }
        else
        {
            set.AddOthers(('\n', '\n'));
        }

        return new(set.Build());
    }

    private PatternNode? ParseGroup()
    {
        var outer = _flags;
        if (Accept('?'))
        {
            if (AcceptText("P<") || (Peek('<') && !PeekText("<=") && !PeekText("<!") && Accept('<')))
            {
                ParseGroupName();
            }
            else if (!ParseFlags())
            {
                // (?i) holds until the group around it ends.
                return null;
            }
        }

        var node = ParseChoice();
        if (!Accept(')'))
        {
            throw Wrong("missing closing )");
        }

        _flags = outer;
        return node;
    }

    private void ParseGroupName()
    {
        var start = _position;
        while (!AtEnd && (char.IsLetterOrDigit(_pattern[_position]) || _pattern[_position] == '_'))
        {
            _position++;
        }

        if (_position == start || !Accept('>'))
        {
            throw Wrong("invalid named capture");
        }
    }

    // True where a group follows, as in (?i:…); false where the flags hold for what comes after, as in (?i).
    private bool ParseFlags()
    {
        var isNegative = false;
        var isEmpty = true;
        while (!AtEnd)
        {
            var c = _pattern[_position++];
            switch (c)
            {
                case ':' when !isNegative || !isEmpty:
                    return true;
                case ')' when !isEmpty:
                    return false;
                case '-' when !isNegative:
                    isNegative = true;
                    isEmpty = true;
                    continue;
                case 'i' or 'm' or 's' or 'U':
                    var flag = c switch { 'i' => Flags.IgnoreCase, 'm' => Flags.MultiLine, 's' => Flags.DotAll, _ => Flags.None };
                    _flags = isNegative ? _flags & ~flag : _flags | flag;
                    isEmpty = false;
                    continue;
            }

            throw Wrong("invalid or unsupported group (?…");
        }

        throw Wrong("missing closing )");
    }

    private PatternNode ParseEscape()
    {
        if (_position + 1 >= _pattern.Length)
        {
            throw Wrong("trailing \\");
        }

        PatternAssertion? assertion = _pattern[_position + 1] switch
        {
            'A' => PatternAssertion.TextStart,
            'z' => PatternAssertion.TextEnd,
            'b' => PatternAssertion.WordBoundary,
            'B' => PatternAssertion.NotWordBoundary,
            _ => null,
        };
        if (assertion is { } kind)
        {
            _position += 2;
            return new PatternNode.Assertion(kind);
        }

        var set = new PatternSet.Builder { IgnoresCase = IgnoresCase };
        return PatternText.TryReadClass(_pattern, ref _position, set)
            ? new PatternNode.Characters(set.Build())
            : Literal(PatternText.ReadEscapedCodePoint(_pattern, ref _position));
    }

    private bool Peek(char c) => !AtEnd && _pattern[_position] == c;

    private bool PeekText(string text) => string.CompareOrdinal(_pattern, _position, text, 0, text.Length) == 0;

    private bool Accept(char c)
    {
        if (!Peek(c))
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool AcceptText(string text)
    {
        if (!PeekText(text))
        {
            return false;
        }

        _position += text.Length;
        return true;
    }
}
