namespace SmtpAuth.Rules.Language;

// Recursive descent with precedence climbing, so that a pair of parentheses costs few stack frames.
internal sealed class Parser
{
    private static readonly HashSet<string> Reserved = new(
        [
            "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
            "namespace", "return", "var", "void", "while",
        ],
        StringComparer.Ordinal);

    private readonly string _source;
    private readonly CelLimits _limits;
    private readonly Lexer _lexer;
    private Token _token;
    private int _previousEnd;
    private int _depth;
    private int _prefixes;

    private Parser(string source, CelLimits limits)
    {
        _source = source;
        _limits = limits;
        _lexer = new Lexer(source);
        _token = _lexer.Next();
    }

    public static Syntax Parse(string source, CelLimits limits)
    {
        if (source.Length > limits.ExpressionLength)
        {
            throw Lexer.Wrong(source, 0, 0, $"The expression has {source.Length} characters; at most {limits.ExpressionLength} are allowed.");
        }

        var parser = new Parser(source, limits);
        var result = parser.ParseExpression();
        return parser._token.Kind == TokenKind.End ? result : throw parser.Unexpected("an operator or the end of the expression");
    }

    private static int Precedence(Token token) => token.Kind is not (TokenKind.Operator or TokenKind.Keyword) ? 0 : token.Text switch
    {
        "||" => 1,
        "&&" => 2,
        "<" or "<=" or ">" or ">=" or "==" or "!=" or "in" => 3,
        "+" or "-" => 4,
        "*" or "/" or "%" => 5,
        _ => 0,
    };

    private Syntax ParseExpression()
    {
        Enter(ref _depth);
        var condition = ParseBinary(1);
        if (!Accept("?"))
        {
            _depth--;
            return condition;
        }

        var whenTrue = ParseBinary(1);
        Expect(":");
        var whenFalse = ParseExpression();
        _depth--;
        return Call("_?_:_", condition.OuterStart, condition.End, condition, whenTrue, whenFalse);
    }

    private Syntax ParseBinary(int minimum)
    {
        var left = ParseUnary();
        for (var precedence = Precedence(_token); precedence >= minimum; precedence = Precedence(_token))
        {
            var @operator = _token;
            Advance();
            if (precedence <= 2)
            {
                left = ParseChain(left, @operator, precedence);
                continue;
            }

            var right = ParseBinary(precedence + 1);
            left = Call(@operator.Text == "in" ? "@in" : $"_{@operator.Text}_", left.OuterStart, @operator.Start, left, right);
        }

        return left;
    }

    // && and || are associative, and a long policy must not become a deep tree.
    private CallSyntax ParseChain(Syntax first, Token @operator, int precedence)
    {
        var parts = new List<Syntax> { first };
        do
        {
            parts.Add(ParseBinary(precedence + 1));
        }
        while (Accept(@operator.Text));

        return Call($"_{@operator.Text}_", first.OuterStart, @operator.Start, [.. parts]);
    }

    private Syntax ParseUnary()
    {
        if (!_token.Is("!") && !_token.Is("-"))
        {
            return ParseMember(ParsePrimary());
        }

        Enter(ref _prefixes);
        var @operator = _token;
        Advance();
        Syntax result;
        if (@operator.Text == "-" && _token is { Kind: TokenKind.Literal, Text: "int" or "literal" } && _token.Value.Kind is CelKind.Uint or CelKind.Double)
        {
            result = ParseMember(Negative(@operator.Start));
        }
        else
        {
            var operand = ParseUnary();
            result = Call(@operator.Text == "!" ? "!_" : "-_", @operator.Start, @operator.Start, operand);
        }

        _prefixes--;
        return result;
    }

    private LiteralSyntax Negative(int start)
    {
        var token = _token;
        Advance();
        if (token.Value.Kind == CelKind.Double)
        {
            return new(start, token.End, CelValue.From(-token.Value.DoubleBits));
        }

        return token.Value.UintBits <= 1UL << 63
            ? new(start, token.End, CelValue.From(unchecked(-(long)token.Value.UintBits)))
            : throw Lexer.Wrong(_source, start, token.End, "The number does not fit into 64 bits.");
    }

    private Syntax ParseMember(Syntax operand)
    {
        while (true)
        {
            if (Accept("."))
            {
                operand = ParseSelector(operand);
            }
            else if (_token.Is("["))
            {
                var start = _token.Start;
                Advance();
                var isOptional = Accept("?");
                var index = ParseExpression();
                Expect("]");
                operand = Call(isOptional ? "_[?_]" : "_[_]", operand.OuterStart, start, operand, index);
            }
            else if (_token.Is("{") && QualifiedName(operand) is { } name)
            {
                SkipMessage();
                operand = new MessageSyntax(operand.Start, _previousEnd, name);
            }
            else
            {
                return operand;
            }
        }
    }

    private Syntax ParseSelector(Syntax operand)
    {
        var isOptional = Accept("?");
        var name = _token;
        if (name.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier))
        {
            throw Unexpected("a field name");
        }

        Advance();
        if (_token.Is("(") && !isOptional && name.Kind == TokenKind.Identifier)
        {
            var arguments = ParseArguments();
            return Checked(Macros.Expand(_source, operand, name, arguments, _previousEnd)
                ?? new CallSyntax(operand.OuterStart, _previousEnd, name.Text, name.Start, operand, arguments));
        }

        return Checked(new SelectSyntax(name.End, operand, name.Text, name.Start, isOptional, name.Kind == TokenKind.QuotedIdentifier));
    }

    private Syntax ParsePrimary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Literal:
                Advance();
                return Literal(token);
            case TokenKind.Identifier:
                return ParseName(token.Start, false);
            case TokenKind.Keyword when token.Text != "in":
                Advance();
                return new LiteralSyntax(token.Start, token.End, token.Text == "null" ? CelValue.Null : CelValue.From(token.Text == "true"));
            case TokenKind.Operator when token.Text == ".":
                Advance();
                return _token.Kind == TokenKind.Identifier ? ParseName(token.Start, true) : throw Unexpected("a name");
            case TokenKind.Operator when token.Text == "(":
                Advance();
                var inner = ParseExpression();
                Expect(")");
                inner.OuterStart = token.Start;
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return ParseList();
            case TokenKind.Operator when token.Text == "{":
                return ParseMap();
            default:
                throw Unexpected("a value, a fact name or '('");
        }
    }

    private LiteralSyntax Literal(Token token)
    {
        if (token.Text != "int")
        {
            return new(token.Start, token.End, token.Value);
        }

        return token.Value.UintBits <= long.MaxValue
            ? new(token.Start, token.End, CelValue.From((long)token.Value.UintBits))
            : throw Lexer.Wrong(_source, token.Start, token.End, "The number does not fit into a signed 64-bit int; an unsigned one ends in 'u'.");
    }

    private Syntax ParseName(int start, bool isAbsolute)
    {
        var name = _token;
        if (Reserved.Contains(name.Text))
        {
            throw Lexer.Wrong(_source, name.Start, name.End, $"'{name.Text}' is a reserved word and names nothing.");
        }

        Advance();
        if (!_token.Is("("))
        {
            return new IdentifierSyntax(start, name.End, name.Text, isAbsolute);
        }

        var arguments = ParseArguments();
        return Checked(Macros.Expand(_source, null, name, arguments, _previousEnd)
            ?? new CallSyntax(start, _previousEnd, (isAbsolute ? "." : "") + name.Text, name.Start, null, arguments));
    }

    private Syntax[] ParseArguments()
    {
        Expect("(");
        var arguments = new List<Syntax>();
        if (!_token.Is(")"))
        {
            do
            {
                arguments.Add(ParseExpression());
            }
            while (Accept(","));
        }

        Expect(")");
        return [.. arguments];
    }

    private ListSyntax ParseList()
    {
        var start = _token.Start;
        Advance();
        var items = new List<Syntax>();
        var isOptional = new List<bool>();
        while (!_token.Is("]"))
        {
            isOptional.Add(Accept("?"));
            items.Add(ParseExpression());
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("]");
        return Checked(new ListSyntax(start, _previousEnd, [.. items], [.. isOptional]));
    }

    private MapSyntax ParseMap()
    {
        var start = _token.Start;
        Advance();
        var keys = new List<Syntax>();
        var values = new List<Syntax>();
        var isOptional = new List<bool>();
        while (!_token.Is("}"))
        {
            isOptional.Add(Accept("?"));
            keys.Add(ParseExpression());
            Expect(":");
            values.Add(ParseExpression());
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("}");
        return Checked(new MapSyntax(start, _previousEnd, [.. keys], [.. values], [.. isOptional]));
    }

    // Message construction is parsed, so that the binder can say why it has no meaning here.
    private void SkipMessage()
    {
        Expect("{");
        while (!_token.Is("}"))
        {
            _ = Accept("?");
            if (_token.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier))
            {
                throw Unexpected("a field name");
            }

            Advance();
            Expect(":");
            _ = ParseExpression();
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("}");
    }

    private static string? QualifiedName(Syntax syntax) => syntax switch
    {
        IdentifierSyntax name => name.Name,
        SelectSyntax { IsOptional: false, IsQuoted: false } select when QualifiedName(select.Operand) is { } prefix => $"{prefix}.{select.Field}",
        _ => null,
    };

    private CallSyntax Call(string function, int start, int nameStart, params Syntax[] arguments) =>
        Checked(new CallSyntax(start, _previousEnd, function, nameStart, null, arguments));

    private T Checked<T>(T syntax)
        where T : Syntax => syntax.Depth <= _limits.Depth ? syntax : throw TooDeep(syntax.Start);

    private void Enter(ref int depth)
    {
        if (++depth > _limits.Depth)
        {
            throw TooDeep(_token.Start);
        }
    }

    private SyntaxException TooDeep(int start) =>
        Lexer.Wrong(_source, start, start, $"The expression is nested deeper than {_limits.Depth} levels.");

    private void Advance()
    {
        _previousEnd = _token.End;
        _token = _lexer.Next();
    }

    private bool Accept(string text)
    {
        if (!_token.Is(text))
        {
            return false;
        }

        Advance();
        return true;
    }

    private void Expect(string text)
    {
        if (!Accept(text))
        {
            throw Unexpected($"'{text}'");
        }
    }

    private SyntaxException Unexpected(string expected) => _token.Kind == TokenKind.End
        ? Lexer.Wrong(_source, _source.Length, _source.Length, $"The expression ends too early; expected {expected}.")
        : Lexer.Wrong(_source, _token.Start, _token.End, $"Found '{CelLiteral.Shorten(_source.Substring(_token.Start, _token.End - _token.Start))}'; expected {expected}.");
}
