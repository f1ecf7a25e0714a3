using System.Globalization;

namespace SmtpAuth.Rules.Language;

// Cuts an expression into tokens, as section "Syntax" of the language definition asks.
internal sealed class Lexer(string source)
{
    private static readonly HashSet<string> Keywords = new(["true", "false", "null", "in"], StringComparer.Ordinal);

    private int _position;

    public static SyntaxException Wrong(string source, int start, int end, string message) =>
        new(CelDiagnostic.At(CelSeverity.Error, source, start, end, message));

    public Token Next()
    {
        SkipSpaceAndComments();
        if (_position >= source.Length)
        {
            return new(TokenKind.End, source.Length, source.Length, "the end");
        }

        var start = _position;
        var current = source[start];
        if (IsIdentifierStart(current))
        {
            return StringLiteralReader.StartsAt(source, start) ? ReadString() : ReadIdentifier();
        }

        if (IsDigit(current) || (current == '.' && IsDigit(Peek(1))))
        {
            return ReadNumber();
        }

        return current switch
        {
            '"' or '\'' => ReadString(),
            '`' => ReadQuotedIdentifier(),
            _ => ReadOperator(),
        };
    }

    private static bool IsIdentifierStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsHexDigit(char c) => IsDigit(c) || c is (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private char Peek(int ahead) => _position + ahead < source.Length ? source[_position + ahead] : '\0';

    private void SkipSpaceAndComments()
    {
        while (_position < source.Length)
        {
            if (source[_position] is ' ' or '\t' or '\n' or '\f' or '\r')
            {
                _position++;
            }
            else if (source[_position] == '/' && Peek(1) == '/')
            {
                var end = source.IndexOf('\n', _position);
                _position = end < 0 ? source.Length : end + 1;
            }
            else
            {
                return;
            }
        }
    }

    private Token ReadIdentifier()
    {
        var start = _position;
        while (IsIdentifierStart(Peek(0)) || IsDigit(Peek(0)))
        {
            _position++;
        }

        var text = source.Substring(start, _position - start);
        return new(Keywords.Contains(text) ? TokenKind.Keyword : TokenKind.Identifier, start, _position, text);
    }

    private Token ReadQuotedIdentifier()
    {
        var start = _position++;
        while (IsIdentifierStart(Peek(0)) || IsDigit(Peek(0)) || Peek(0) is '.' or '-' or '/' or ' ')
        {
            _position++;
        }

        if (Peek(0) != '`' || _position == start + 1)
        {
            throw Wrong(source, start, _position, "Found '`'; expected a field name of letters, digits, '_', '.', '-', '/' or spaces, then '`'.");
        }

        _position++;
        return new(TokenKind.QuotedIdentifier, start, _position, source.Substring(start + 1, _position - start - 2));
    }

    private Token ReadString()
    {
        var start = _position;
        var value = StringLiteralReader.Read(source, ref _position);
        return new(TokenKind.Literal, start, _position, "literal", value);
    }

    private Token ReadNumber()
    {
        var start = _position;
        if (Peek(0) == '0' && Peek(1) is 'x' or 'X' && IsHexDigit(Peek(2)))
        {
            _position += 2;
            while (IsHexDigit(Peek(0)))
            {
                _position++;
            }

            return Integer(start, source.Substring(start + 2, _position - start - 2), NumberStyles.AllowHexSpecifier);
        }

        SkipDigits();
        var isDouble = false;
        if (Peek(0) == '.' && IsDigit(Peek(1)))
        {
            isDouble = true;
            _position++;
            SkipDigits();
        }

        if (Peek(0) is 'e' or 'E' && (IsDigit(Peek(1)) || (Peek(1) is '+' or '-' && IsDigit(Peek(2)))))
        {
            isDouble = true;
            _position += 2;
            SkipDigits();
        }

        var text = source.Substring(start, _position - start);
        return isDouble
            ? new(TokenKind.Literal, start, _position, "literal", CelValue.From(CelNumberText.ParseDouble(text)))
            : Integer(start, text, NumberStyles.None);
    }

    private void SkipDigits()
    {
        while (IsDigit(Peek(0)))
        {
            _position++;
        }
    }

    // The magnitude of an int stays unsigned: the parser knows whether a minus stands before it.
    private Token Integer(int start, string digits, NumberStyles style)
    {
        var isUint = Peek(0) is 'u' or 'U';
        _position += isUint ? 1 : 0;
        if (!ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var magnitude))
        {
            throw Wrong(source, start, _position, "The number does not fit into 64 bits.");
        }

        return new(TokenKind.Literal, start, _position, isUint ? "uint" : "int", CelValue.From(magnitude));
    }

    private Token ReadOperator()
    {
        var start = _position;
        var two = _position + 1 < source.Length ? source.Substring(_position, 2) : "";
        var text = two is "&&" or "||" or "==" or "!=" or "<=" or ">=" ? two : OneCharacter();
        _position += text.Length;
        return new(TokenKind.Operator, start, _position, text);
    }

    private string OneCharacter() => source[_position] switch
    {
        '(' => "(",
        ')' => ")",
        '[' => "[",
        ']' => "]",
        '{' => "{",
        '}' => "}",
        '.' => ".",
        ',' => ",",
        ':' => ":",
        '?' => "?",
        '+' => "+",
        '-' => "-",
        '*' => "*",
        '/' => "/",
        '%' => "%",
        '<' => "<",
        '>' => ">",
        '!' => "!",
        '=' => throw Wrong(source, _position, _position + 1, "Found '='; equality is written '=='."),
        '&' or '|' => throw Wrong(source, _position, _position + 1, $"Found '{source[_position]}'; expected '{source[_position]}{source[_position]}'."),
        var other => throw Wrong(source, _position, _position + 1, $"Found {CelLiteral.Quote(other.ToString())}, which begins nothing in an expression."),
    };
}
