using System.Globalization;
using System.Numerics;
using System.Text;

namespace SmtpAuth.Rules.Language;

// x.format([…]): %s %d %f %e %b %o %x %X, with a precision such as %.3f.
internal static class StringFormat
{
    private const int DefaultPrecision = 6;
    private const int MaximumPrecision = 1000;

    public static CelValue Format(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        if (arguments[0].Kind != CelKind.String || arguments[1].Kind != CelKind.List)
        {
            return Functions.NoOverload("format", arguments[0], arguments[1]);
        }

        var format = arguments[0].StringReference;
        var values = arguments[1].ListReference.Items;
        var result = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            if (++i < format.Length && format[i] == '%')
            {
                result.Append('%');
                continue;
            }

            var precision = ReadPrecision(format, ref i);
            if (precision is < -1 or > MaximumPrecision || i >= format.Length)
            {
                return CelValue.Error("could not parse formatting clause: expected a letter, possibly after a precision such as .3");
            }

            if (next >= values.Length)
            {
                return CelValue.Error($"index {next} out of range: the format asks for more values than there are");
            }

            var text = Clause(format[i], precision, values[next++], evaluation);
            if (text.Kind != CelKind.String)
            {
                return text;
            }

            result.Append(text.StringReference);
            if (!evaluation.Charge(1 + (text.StringReference.Length / 16)) || !evaluation.Fits(result.Length / 16))
            {
                return evaluation.TooLarge();
            }
        }

        return evaluation.Text(result.ToString());
    }

    // -1 where there is none.
    private static int ReadPrecision(string format, ref int position)
    {
        if (position >= format.Length || format[position] != '.')
        {
            return -1;
        }

        var precision = 0;
        while (++position < format.Length && format[position] is >= '0' and <= '9')
        {
            precision = Math.Min((precision * 10) + (format[position] - '0'), MaximumPrecision + 1);
        }

        return precision;
    }

    private static CelValue Clause(char letter, int precision, CelValue value, Evaluation evaluation) => letter switch
    {
        's' => Text(value, evaluation),
        'd' => value.Kind switch
        {
            CelKind.Int => CelValue.From(value.Bits.ToString(CultureInfo.InvariantCulture)),
            CelKind.Uint => CelValue.From(value.UintBits.ToString(CultureInfo.InvariantCulture)),
            CelKind.Double when IsSpecial(value.DoubleBits) => CelValue.From(Special(value.DoubleBits)),
            CelKind.Double => CelValue.From(CelLiteral.Number(value.DoubleBits)),
            _ => Refused("decimal clause can only be used on integers", value),
        },
        'f' or 'e' => Real(letter, precision < 0 ? DefaultPrecision : precision, value),
        'b' => value.Kind switch
        {
            CelKind.Bool => CelValue.From(value.BoolBits ? "1" : "0"),
            CelKind.Int or CelKind.Uint => Whole(value, 2, false),
            _ => Refused("only integers and bools can be formatted as binary", value),
        },
        'o' => value.Kind is CelKind.Int or CelKind.Uint ? Whole(value, 8, false) : Refused("octal clause can only be used on integers", value),
        'x' or 'X' => value.Kind switch
        {
            CelKind.Int or CelKind.Uint => Whole(value, 16, letter == 'X'),
            CelKind.String => Octets(Encoding.UTF8.GetBytes(value.StringReference), letter, evaluation),
            CelKind.Bytes => Octets((byte[])value.Reference!, letter, evaluation),
            _ => Refused("only integers, byte buffers, and strings can be formatted as hex", value),
        },
        _ => CelValue.Error($"could not parse formatting clause: unrecognized formatting clause {CelLiteral.Quote(letter.ToString())}"),
    };

    private static CelValue Refused(string why, CelValue value) =>
        CelValue.Error($"error during formatting: {why}, was given {CelLiteral.KindName(value)}");

    private static bool IsSpecial(double value) => double.IsNaN(value) || double.IsInfinity(value);

    private static string Special(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static CelValue Real(char letter, int precision, CelValue value)
    {
        if (!CelNumber.IsNumber(value.Kind))
        {
            return Refused(letter == 'e' ? "scientific clause can only be used on doubles" : "fixed-point clause can only be used on doubles", value);
        }

        if (value.Kind == CelKind.Double && IsSpecial(value.DoubleBits))
        {
            return CelValue.From(Special(value.DoubleBits));
        }

        var exact = value.Kind switch
        {
            CelKind.Int => ExactDecimal.Of(value.Bits),
            CelKind.Uint => ExactDecimal.Of(value.UintBits),
            _ => ExactDecimal.Of(value.DoubleBits),
        };
        return CelValue.From(letter == 'e' ? exact.ToScientific(precision) : exact.ToFixed(precision));
    }

    private static CelValue Whole(CelValue value, int radix, bool upper)
    {
        var isNegative = value.Kind == CelKind.Int && value.Bits < 0;
        var magnitude = isNegative ? unchecked(0UL - value.UintBits) : value.UintBits;
        var digits = new StringBuilder();
        do
        {
            var digit = (int)(magnitude % (ulong)radix);
            digits.Insert(0, (upper ? "0123456789ABCDEF" : "0123456789abcdef")[digit]);
            magnitude /= (ulong)radix;
        }
        while (magnitude != 0);

        return CelValue.From((isNegative ? "-" : "") + digits);
    }

    private static CelValue Octets(byte[] octets, char letter, Evaluation evaluation)
    {
        if (!evaluation.Fits(octets.Length / 8) || !evaluation.Charge(octets.Length / 8))
        {
            return evaluation.TooLarge();
        }

        var result = new StringBuilder(octets.Length * 2);
        foreach (var octet in octets)
        {
            result.Append(octet.ToString(letter == 'X' ? "X2" : "x2", CultureInfo.InvariantCulture));
        }

        return CelValue.From(result.ToString());
    }

    private static CelValue Text(CelValue value, Evaluation evaluation)
    {
        var result = new StringBuilder();
        var problem = Append(result, value, evaluation);
        return problem.IsError ? problem : CelValue.From(result.ToString());
    }

    private static CelValue Append(StringBuilder result, CelValue value, Evaluation evaluation)
    {
        if (!evaluation.Charge(1) || !evaluation.Fits(result.Length / 16))
        {
            return evaluation.TooLarge();
        }

        switch (value.Kind)
        {
            case CelKind.String:
                result.Append(value.StringReference);
                break;
            case CelKind.Bytes:
                result.Append(Encoding.UTF8.GetString((byte[])value.Reference!));
                break;
            case CelKind.Uint:
                result.Append(value.UintBits.ToString(CultureInfo.InvariantCulture));
                break;
            case CelKind.Double:
                result.Append(IsSpecial(value.DoubleBits) ? Special(value.DoubleBits) : CelLiteral.Number(value.DoubleBits));
                break;
            case CelKind.Timestamp:
                result.Append(CelTime.TimestampText(value));
                break;
            case CelKind.Duration:
                result.Append(CelTime.DurationText(value));
                break;
            case CelKind.List:
                return AppendList(result, value.ListReference, evaluation);
            case CelKind.Map:
                return AppendMap(result, value.MapReference, evaluation);
            case CelKind.Null or CelKind.Bool or CelKind.Int or CelKind.Type:
                result.Append(CelLiteral.Write(value));
                break;
            default:
                return Refused("string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps", value);
        }

        return CelValue.Null;
    }

    private static CelValue AppendList(StringBuilder result, CelList list, Evaluation evaluation)
    {
        result.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            result.Append(i == 0 ? "" : ", ");
            var problem = Append(result, list.Items[i], evaluation);
            if (problem.IsError)
            {
                return problem;
            }
        }

        result.Append(']');
        return CelValue.Null;
    }

    // Entries in the order of their keys as text, so that the result does not depend on how the map was made.
    private static CelValue AppendMap(StringBuilder result, CelMap map, Evaluation evaluation)
    {
        var entries = new List<KeyValuePair<string, CelValue>>(map.Count);
        foreach (var entry in map)
        {
            var key = Text(entry.Key, evaluation);
            if (key.IsError)
            {
                return key;
            }

            entries.Add(new(key.StringReference, entry.Value));
        }

        entries.Sort(static (left, right) => CelString.Compare(left.Key, right.Key));
        result.Append('{');
        for (var i = 0; i < entries.Count; i++)
        {
            result.Append(i == 0 ? "" : ", ").Append(entries[i].Key).Append(": ");
            var problem = Append(result, entries[i].Value, evaluation);
            if (problem.IsError)
            {
                return problem;
            }
        }

        result.Append('}');
        return CelValue.Null;
    }

    // A double is a whole number times a power of two, so its decimal digits are finite and .NET Framework's 15 are too few.
    private readonly struct ExactDecimal
    {
        private readonly bool _isNegative;
        private readonly BigInteger _numerator;
        private readonly BigInteger _denominator;

        private ExactDecimal(bool isNegative, BigInteger numerator, BigInteger denominator)
        {
            _isNegative = isNegative;
            _numerator = numerator;
            _denominator = denominator;
        }

        public static ExactDecimal Of(long value) => new(value < 0, BigInteger.Abs(value), BigInteger.One);

        public static ExactDecimal Of(ulong value) => new(false, value, BigInteger.One);

        public static ExactDecimal Of(double value)
        {
            var bits = BitConverter.DoubleToInt64Bits(value);
            var exponent = (int)((bits >> 52) & 0x7FF);
            var mantissa = bits & 0xFFFFFFFFFFFFF;
            mantissa = exponent == 0 ? mantissa : mantissa | (1L << 52);
            var power = Math.Max(exponent, 1) - 1075;
            return power >= 0
                ? new(bits < 0, (BigInteger)mantissa << power, BigInteger.One)
                : new(bits < 0, mantissa, BigInteger.One << -power);
        }

        public string ToFixed(int precision)
        {
            var digits = Round(_numerator * BigInteger.Pow(10, precision), _denominator).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
            var whole = digits.Substring(0, digits.Length - precision);
            var fraction = digits.Substring(whole.Length);
            return $"{(_isNegative ? "-" : "")}{whole}{(precision == 0 ? "" : ".")}{fraction}";
        }

        public string ToScientific(int precision)
        {
            if (_numerator.IsZero)
            {
                return $"{(_isNegative ? "-" : "")}0{(precision == 0 ? "" : "." + new string('0', precision))}e+00";
            }

            var exponent = (int)Math.Floor(BigInteger.Log10(_numerator) - BigInteger.Log10(_denominator));
            var digits = Digits(exponent, precision);
            if (digits.Length > precision + 1)
            {
                digits = Digits(++exponent, precision);
            }
            else if (digits.Length < precision + 1)
            {
                digits = Digits(--exponent, precision);
            }

            var fraction = digits.Substring(1);
            return $"{(_isNegative ? "-" : "")}{digits[0]}{(precision == 0 ? "" : ".")}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        }

        private static BigInteger Round(BigInteger numerator, BigInteger denominator)
        {
            var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
            var half = (remainder * 2).CompareTo(denominator);
            return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
        }

        private string Digits(int exponent, int precision)
        {
            var shift = precision - exponent;
            var scaled = shift >= 0
                ? Round(_numerator * BigInteger.Pow(10, shift), _denominator)
                : Round(_numerator, _denominator * BigInteger.Pow(10, -shift));
            return scaled.ToString(CultureInfo.InvariantCulture);
        }
    }
}
