using System.Text;

namespace SmtpAuth.Replies;

/// <summary>Quoted-printable, as bounces carry it (RFC 2045, section 6.7).</summary>
internal static class QuotedPrintable
{
    private const int FullLine = 70;

    /// <summary>Says whether a text looks encoded: a soft line break, or an encoded equals sign.</summary>
    public static bool IsLikely(string text)
    {
        var lineStart = 0;
        for (var index = text.IndexOf('='); index >= 0 && index + 1 < text.Length; index = text.IndexOf('=', index + 1))
        {
            var isAtEnd = (text[index + 1] == '\n' || (text[index + 1] == '\r' && index + 2 < text.Length && text[index + 2] == '\n'));
            if (isAtEnd)
            {
                // Code may end a line in "x =": only a full line makes that a soft break.
                lineStart = text.LastIndexOf('\n', index, index - lineStart + 1) is >= 0 and var before ? before + 1 : lineStart;
                isAtEnd = index > 0 && text[index - 1] != '=' && (!char.IsWhiteSpace(text[index - 1]) || index - lineStart >= FullLine);
            }

            if (isAtEnd || string.CompareOrdinal(text, index, "=3D", 0, 3) == 0)
            {
                return true;
            }
        }

        return false;
    }

    public static string Decode(string text)
    {
        var decoded = new StringBuilder(text.Length);
        var bytes = new List<byte>();
        for (var index = 0; index < text.Length;)
        {
            if (text[index] == '=' && TryByte(text, index, out var value))
            {
                bytes.Add(value);
                index += 3;
                continue;
            }

            Flush(bytes, decoded);
            if (text[index] == '=' && index + 1 < text.Length && text[index + 1] is '\n' or '\r')
            {
                index += text[index + 1] == '\r' && index + 2 < text.Length && text[index + 2] == '\n' ? 3 : 2;
                continue;
            }

            decoded.Append(text[index++]);
        }

        Flush(bytes, decoded);
        return decoded.ToString();
    }

    private static bool TryByte(string text, int index, out byte value)
    {
        value = 0;
        if (index + 2 >= text.Length || HexDigits.Value(text[index + 1]) < 0 || HexDigits.Value(text[index + 2]) < 0
            || char.IsLower(text[index + 1]) || char.IsLower(text[index + 2]))
        {
            return false;
        }

        value = (byte)((HexDigits.Value(text[index + 1]) << 4) | HexDigits.Value(text[index + 2]));
        return true;
    }

    private static void Flush(List<byte> bytes, StringBuilder decoded)
    {
        if (bytes.Count > 0)
        {
            decoded.Append(Encoding.UTF8.GetString([.. bytes]));
            bytes.Clear();
        }
    }
}
