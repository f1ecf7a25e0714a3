using System.Globalization;
using System.Text;

namespace SmtpAuth.Rules.Language;

// The functions of the language definition's standard library, without those of time.
internal static class CoreFunctions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    public static IEnumerable<Function> Make() =>
    [
        new("size", "(string)->int; (bytes)->int; (list(A))->int; (map(A, B))->int; .(string)->int; .(bytes)->int; .(list(A))->int; .(map(A, B))->int", Size, true),
        new("startsWith", ".(string, string)->bool", static (a, e) => Test("startsWith", a, e, static (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
        new("endsWith", ".(string, string)->bool", static (a, e) => Test("endsWith", a, e, static (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
        new("contains", ".(string, string)->bool", static (a, e) => Test("contains", a, e, static (text, part) => text.Contains(part, StringComparison.Ordinal))),
        new("type", "(A)->type(A)", static (a, _) => CelValue.From(CelRuntimeType.Of(a[0])), true),
        new("dyn", "(A)->dyn", static (a, _) => a[0], true),
        new("bool", "(bool)->bool; (string)->bool", Bool),
        new("int", "(int)->int; (uint)->int; (double)->int; (string)->int; (timestamp)->int", Int),
        new("uint", "(uint)->uint; (int)->uint; (double)->uint; (string)->uint", Uint),
        new("double", "(double)->double; (int)->double; (uint)->double; (string)->double", Double),
        new("string", "(string)->string; (bool)->string; (int)->string; (uint)->string; (double)->string; (bytes)->string; (timestamp)->string; (duration)->string", Text),
        new("bytes", "(bytes)->bytes; (string)->bytes", Bytes),
    ];

    private static CelValue Size(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var value = arguments[0];
        switch (value.Kind)
        {
            case CelKind.String:
                evaluation.Charge(value.StringReference.Length / 16);
                return CelValue.From((long)CelString.CountCodePoints(value.StringReference));
            case CelKind.Bytes:
                return CelValue.From((long)((byte[])value.Reference!).Length);
            case CelKind.List:
                return CelValue.From((long)value.ListReference.Count);
            case CelKind.Map:
                return CelValue.From((long)value.MapReference.Count);
            default:
                return Functions.NoOverload("size", value);
        }
    }

    private static CelValue Test(string name, ReadOnlySpan<CelValue> arguments, Evaluation evaluation, Func<string, string, bool> test)
    {
        if (arguments[0].Kind != CelKind.String || arguments[1].Kind != CelKind.String)
        {
            return Functions.NoOverload(name, arguments[0], arguments[1]);
        }

        // A search may look at the part again at every position of the text.
        var (text, part) = (arguments[0].StringReference.Length, arguments[1].StringReference.Length);
        if (!evaluation.Charge((text / 16) + ((long)text * part / 1024)))
        {
            return evaluation.Exhausted();
        }

        return CelValue.From(test(arguments[0].StringReference, arguments[1].StringReference));
    }

    private static CelValue Bool(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Bool => value,
            CelKind.String => value.StringReference switch
            {
                "true" or "True" or "TRUE" or "t" or "1" => CelValue.True,
                "false" or "False" or "FALSE" or "f" or "0" => CelValue.False,
                var text => NotA("bool", text),
            },
            _ => Functions.NoOverload("bool", value),
        };
    }

    private static CelValue Int(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Int => value,
            CelKind.Uint => value.Bits < 0 ? OutOfRange("int") : CelValue.From(value.Bits),
            CelKind.Double => value.DoubleBits is > -9223372036854775808.0 and < 9223372036854775808.0
                ? CelValue.From((long)value.DoubleBits)
                : OutOfRange("int"),
            CelKind.String => long.TryParse(value.StringReference, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? CelValue.From(number)
                : NotA("int", value.StringReference),
            CelKind.Timestamp => CelValue.From(value.Bits),
            _ => Functions.NoOverload("int", value),
        };
    }

    private static CelValue Uint(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Uint => value,
            CelKind.Int => value.Bits < 0 ? OutOfRange("uint") : CelValue.From((ulong)value.Bits),
            CelKind.Double => value.DoubleBits is >= 0 and < 18446744073709551616.0
                ? CelValue.From((ulong)value.DoubleBits)
                : OutOfRange("uint"),
            CelKind.String => ulong.TryParse(value.StringReference, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? CelValue.From(number)
                : NotA("uint", value.StringReference),
            _ => Functions.NoOverload("uint", value),
        };
    }

    private static CelValue Double(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Double => value,
            CelKind.Int => CelValue.From((double)value.Bits),
            CelKind.Uint => CelValue.From((double)value.UintBits),
            CelKind.String => CelNumberText.TryParseDouble(value.StringReference, out var number)
                ? CelValue.From(number)
                : NotA("double", value.StringReference),
            _ => Functions.NoOverload("double", value),
        };
    }

    private static CelValue Text(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.String => value,
            CelKind.Bool => CelValue.From(value.BoolBits ? "true" : "false"),
            CelKind.Int => CelValue.From(value.Bits.ToString(CultureInfo.InvariantCulture)),
            CelKind.Uint => CelValue.From(value.UintBits.ToString(CultureInfo.InvariantCulture)),
            CelKind.Double => CelValue.From(CelLiteral.Number(value.DoubleBits)),
            CelKind.Bytes => Decode((byte[])value.Reference!, evaluation),
            CelKind.Timestamp => CelValue.From(CelTime.TimestampText(value)),
            CelKind.Duration => CelValue.From(CelTime.DurationText(value)),
            _ => Functions.NoOverload("string", value),
        };
    }

    private static CelValue Decode(byte[] octets, Evaluation evaluation)
    {
        try
        {
            return evaluation.Text(StrictUtf8.GetString(octets));
        }
        catch (ArgumentException)
        {
            return CelValue.Error("invalid UTF-8 in bytes, so there is no string for them");
        }
    }

    private static CelValue Bytes(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var value = arguments[0];
        if (value.Kind != CelKind.String)
        {
            return value.Kind == CelKind.Bytes ? value : Functions.NoOverload("bytes", value);
        }

        evaluation.Charge(value.StringReference.Length / 16);
        return CelValue.From(Encoding.UTF8.GetBytes(value.StringReference));
    }

    private static CelValue OutOfRange(string type) => CelValue.Error($"range error: the number does not fit into {type}");

    private static CelValue NotA(string type, string text) =>
        CelValue.Error($"type conversion error: {CelLiteral.Quote(CelLiteral.Shorten(text))} is not a {type}");
}
