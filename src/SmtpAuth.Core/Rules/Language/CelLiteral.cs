using System.Globalization;
using System.Text;

namespace SmtpAuth.Rules.Language;

// Values written as the expressions that would make them.
internal static class CelLiteral
{
    private const int MaximumLength = 100_000;
    private const int ShortLength = 80;

    public static string Write(CelValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    public static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length + 2);
        Quote(builder, text);
        return builder.ToString();
    }

    // Text from outside in a message: enough to recognize it, not all of it.
    public static string Shorten(string text) => text.Length <= ShortLength ? text : $"{text.Substring(0, ShortLength)}…";

    public static string KindName(CelValue value) => value.Kind switch
    {
        CelKind.Timestamp => "timestamp",
        CelKind.Duration => "duration",
        _ => CelRuntimeType.Of(value).Name,
    };

    // The shortest digits that read back as the same double, without exponent where that is readable.
    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "+Inf" : "-Inf";
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        if (exponent < 0)
        {
            return text;
        }

        var digits = text.Substring(exponent + 1);
        var power = int.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (power is > -7 and < 21)
        {
            return value.ToString("0.####################", CultureInfo.InvariantCulture) is var plain
                && double.Parse(plain, CultureInfo.InvariantCulture).Equals(value)
                ? plain
                : text;
        }

        return $"{text.Substring(0, exponent)}e{(power < 0 ? "-" : "+")}{Math.Abs(power).ToString("00", CultureInfo.InvariantCulture)}";
    }

    public static void Write(StringBuilder text, CelValue value)
    {
        if (text.Length > MaximumLength)
        {
            text.Append('…');
            return;
        }

        switch (value.Kind)
        {
            case CelKind.Unknown:
                text.Append("unknown (").Append(value.AsUnknown()).Append(')');
                break;
            case CelKind.Error:
                text.Append("error (").Append(value.AsError()).Append(')');
                break;
            case CelKind.Null:
                text.Append("null");
                break;
            case CelKind.Bool:
                text.Append(value.BoolBits ? "true" : "false");
                break;
            case CelKind.Int:
                text.Append(value.Bits.ToString(CultureInfo.InvariantCulture));
                break;
            case CelKind.Uint:
                text.Append(value.UintBits.ToString(CultureInfo.InvariantCulture)).Append('u');
                break;
            case CelKind.Double:
                WriteDouble(text, value.DoubleBits);
                break;
            case CelKind.String:
                Quote(text, value.StringReference);
                break;
            case CelKind.Bytes:
                WriteBytes(text, (byte[])value.Reference!);
                break;
            case CelKind.Timestamp:
                text.Append("timestamp(\"").Append(CelTime.TimestampText(value)).Append("\")");
                break;
            case CelKind.Duration:
                text.Append("duration(\"").Append(CelTime.DurationText(value)).Append("\")");
                break;
            case CelKind.List:
                WriteList(text, value.ListReference);
                break;
            case CelKind.Map:
                WriteMap(text, value.MapReference);
                break;
            case CelKind.Type:
                text.Append(((CelType)value.Reference!).Name);
                break;
            default:
                WriteOptional(text, value);
                break;
        }
    }

    private static void WriteDouble(StringBuilder text, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            text.Append("double(\"").Append(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity").Append("\")");
            return;
        }

        var number = Number(value);
        text.Append(number);
        if (number.IndexOf('.') < 0 && number.IndexOf('e') < 0 && number.IndexOf('E') < 0)
        {
            text.Append(".0");
        }
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            switch (character)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                default:
                    if (char.IsControl(character))
                    {
                        text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
                    }
                    else
                    {
                        text.Append(character);
                    }

                    break;
            }
        }

        text.Append('"');
    }

    private static void WriteBytes(StringBuilder text, byte[] octets)
    {
        text.Append("b\"");
        foreach (var octet in octets)
        {
            if (octet is >= 0x20 and < 0x7f and not (byte)'"' and not (byte)'\\')
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append("\\x").Append(octet.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        text.Append('"');
    }

    private static void WriteList(StringBuilder text, CelList list)
    {
        text.Append('[');
        for (var i = 0; i < list.Count && text.Length <= MaximumLength; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(text, list.Items[i]);
        }

        text.Append(']');
    }

    private static void WriteMap(StringBuilder text, CelMap map)
    {
        text.Append('{');
        for (var i = 0; i < map.Count && text.Length <= MaximumLength; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(text, map[i].Key);
            text.Append(": ");
            Write(text, map[i].Value);
        }

        text.Append('}');
    }

    private static void WriteOptional(StringBuilder text, CelValue value)
    {
        if (value.TryGetOptional(out var held))
        {
            text.Append("optional.of(");
            Write(text, held);
            text.Append(')');
        }
        else
        {
            text.Append("optional.none()");
        }
    }
}
