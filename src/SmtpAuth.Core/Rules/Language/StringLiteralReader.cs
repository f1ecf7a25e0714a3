using System.Text;

namespace SmtpAuth.Rules.Language;

// String and bytes literals: raw or with escapes, one line or triple-quoted.
internal static class StringLiteralReader
{
    public static bool StartsAt(string source, int position)
    {
        for (var i = position; i < source.Length && i - position <= 2; i++)
        {
            if (source[i] is '"' or '\'')
            {
                return i > position;
            }

            if (source[i] is not ('r' or 'R' or 'b' or 'B'))
            {
                return false;
            }
        }

        return false;
    }

    public static CelValue Read(string source, ref int position)
    {
        var start = position;
        bool raw = false, bytes = false;
        while (source[position] is not ('"' or '\''))
        {
            var isRaw = source[position] is 'r' or 'R';
            if (isRaw ? raw : bytes)
            {
                throw Lexer.Wrong(source, start, position + 1, $"The prefix '{source[position]}' is given twice.");
            }

            raw |= isRaw;
            bytes |= !isRaw;
            position++;
        }

        var quote = source[position];
        var triple = position + 2 < source.Length && source[position + 1] == quote && source[position + 2] == quote;
        position += triple ? 3 : 1;
        var text = new StringBuilder();
        var octets = bytes ? new List<byte>() : null;
        while (!AtClosing(source, position, quote, triple))
        {
            if (position >= source.Length || (!triple && source[position] is '\n' or '\r'))
            {
                throw Lexer.Wrong(source, start, position, $"The string has no closing {(triple ? new string(quote, 3) : quote.ToString())}.");
            }

            if (source[position] == '\\' && !raw)
            {
                ReadEscape(source, ref position, text, octets);
            }
            else
            {
                ReadPlain(source, ref position, text);
            }

            FlushTo(octets, text);
        }

        position += triple ? 3 : 1;
        return octets is null ? CelValue.From(text.ToString()) : CelValue.From(octets.ToArray());
    }

    private static bool AtClosing(string source, int position, char quote, bool triple) => position < source.Length && source[position] == quote
        && (!triple || (position + 2 < source.Length && source[position + 1] == quote && source[position + 2] == quote));

    private static void ReadPlain(string source, ref int position, StringBuilder text)
    {
        var current = source[position++];
        if (current == '\r')
        {
            // A line ends the same whatever the file it stands in.
            position += position < source.Length && source[position] == '\n' ? 1 : 0;
            current = '\n';
        }

        text.Append(current);
        if (char.IsHighSurrogate(current) && position < source.Length && char.IsLowSurrogate(source[position]))
        {
            text.Append(source[position++]);
        }
    }

    private static void FlushTo(List<byte>? octets, StringBuilder text)
    {
        if (octets is not null && text.Length > 0)
        {
            octets.AddRange(Encoding.UTF8.GetBytes(text.ToString()));
            text.Clear();
        }
    }

    private static void ReadEscape(string source, ref int position, StringBuilder text, List<byte>? octets)
    {
        var start = position++;
        var letter = position < source.Length ? source[position++] : '\0';
        switch (letter)
        {
            case 'a':
                text.Append('\a');
                break;
            case 'b':
                text.Append('\b');
                break;
            case 'f':
                text.Append('\f');
                break;
            case 'n':
                text.Append('\n');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 't':
                text.Append('\t');
                break;
            case 'v':
                text.Append('\v');
                break;
            case '\\' or '\'' or '"' or '`' or '?':
                text.Append(letter);
                break;
            case 'x' or 'X':
                AppendCode(source, start, position, Number(source, start, ref position, 2, 16), text, octets);
                break;
            case 'u' or 'U' when octets is null:
                AppendCode(source, start, position, Number(source, start, ref position, letter == 'u' ? 4 : 8, 16), text, null);
                break;
            case >= '0' and <= '3':
                position--;
                AppendCode(source, start, position, Number(source, start, ref position, 3, 8), text, octets);
                break;
            default:
                throw Lexer.Wrong(source, start, position, "Unknown escape sequence. A backslash is written '\\\\', or the string made raw: r'…'.");
        }
    }

    private static long Number(string source, int start, ref int position, int digits, int radix)
    {
        long number = 0;
        for (var i = 0; i < digits; i++, position++)
        {
            var digit = position < source.Length ? Digit(source[position]) : -1;
            if (digit < 0 || digit >= radix)
            {
                throw Lexer.Wrong(source, start, position, $"The escape sequence takes {digits} {(radix == 8 ? "octal" : "hexadecimal")} digits.");
            }

            number = (number * radix) + digit;
        }

        return number;
    }

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private static void AppendCode(string source, int start, int end, long code, StringBuilder text, List<byte>? octets)
    {
        if (octets is not null)
        {
            octets.Add((byte)code);
            return;
        }

        if (code is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            throw Lexer.Wrong(source, start, end, "The escape sequence is not a Unicode code point.");
        }

        text.Append(char.ConvertFromUtf32((int)code));
    }
}
