namespace SmtpAuth.Rules.Language;

// The math extension, and base64 of the encoders extension.
internal static class MathFunctions
{
    private const string AnyNumber = "(int)->int; (uint)->uint; (double)->double";
    private const string TwoWhole = "(int, int)->int; (uint, uint)->uint";

    public static IEnumerable<Function> Make() =>
    [
        Extreme("math.greatest", 1),
        Extreme("math.least", -1),
        OfDouble("math.ceil", Math.Ceiling),
        OfDouble("math.floor", Math.Floor),
        OfDouble("math.trunc", Math.Truncate),
        OfDouble("math.round", static x => Math.Round(x, MidpointRounding.AwayFromZero)),
        new("math.sqrt", "(int)->double; (uint)->double; (double)->double", static (a, _) => CelNumber.IsNumber(a[0].Kind)
            ? CelValue.From(Math.Sqrt(ToDouble(a[0])))
            : Functions.NoOverload("math.sqrt", a[0])),
        new("math.abs", AnyNumber, Abs),
        new("math.sign", AnyNumber, Sign),
        Test("math.isNaN", double.IsNaN),
        Test("math.isInf", double.IsInfinity),
        Test("math.isFinite", static x => !double.IsNaN(x) && !double.IsInfinity(x)),
        Bits("math.bitAnd", static (x, y) => x & y),
        Bits("math.bitOr", static (x, y) => x | y),
        Bits("math.bitXor", static (x, y) => x ^ y),
        new("math.bitNot", "(int)->int; (uint)->uint", static (a, _) => a[0].Kind switch
        {
            CelKind.Int => CelValue.From(~a[0].Bits),
            CelKind.Uint => CelValue.From(~a[0].UintBits),
            _ => Functions.NoOverload("math.bitNot", a[0]),
        }),
        Shift("math.bitShiftLeft", static (x, n) => n >= 64 ? 0 : x << n),
        Shift("math.bitShiftRight", static (x, n) => n >= 64 ? 0 : x >> n),
        new("base64.encode", "(bytes)->string", static (a, e) => a[0].Kind == CelKind.Bytes
            ? e.Text(Convert.ToBase64String((byte[])a[0].Reference!))
            : Functions.NoOverload("base64.encode", a[0])),
        new("base64.decode", "(string)->bytes", Decode),
    ];

    private static double ToDouble(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.Bits,
        CelKind.Uint => value.UintBits,
        _ => value.DoubleBits,
    };

    private static Function Extreme(string name, int sign) => Function.OfNumbers(name, (arguments, evaluation) =>
    {
        if (arguments.Length == 1 && arguments[0].Kind == CelKind.List)
        {
            arguments = arguments[0].ListReference.Items;
        }

        if (arguments.Length == 0)
        {
            return CelValue.Error($"{name} of an empty list: there is no number");
        }

        evaluation.Charge(arguments.Length);
        var best = arguments[0];
        foreach (var argument in arguments)
        {
            if (!CelNumber.IsNumber(argument.Kind))
            {
                return Functions.NoOverload(name, argument);
            }

            var order = CelNumber.Compare(argument, best);
            best = order != CelNumber.Unordered && order * sign > 0 ? argument : best;
        }

        return best;
    });

    private static Function OfDouble(string name, Func<double, double> body) => new(name, "(double)->double", (arguments, _) =>
        arguments[0].Kind == CelKind.Double ? CelValue.From(body(arguments[0].DoubleBits)) : Functions.NoOverload(name, arguments[0]));

    private static Function Test(string name, Func<double, bool> test) => new(name, "(double)->bool", (arguments, _) =>
        arguments[0].Kind == CelKind.Double ? CelValue.From(test(arguments[0].DoubleBits)) : Functions.NoOverload(name, arguments[0]));

    private static Function Bits(string name, Func<ulong, ulong, ulong> body) => new(name, TwoWhole, (arguments, _) =>
    {
        var kind = arguments[0].Kind;
        return kind != arguments[1].Kind || kind is not (CelKind.Int or CelKind.Uint)
            ? Functions.NoOverload(name, arguments[0], arguments[1])
            : Whole(kind, body(arguments[0].UintBits, arguments[1].UintBits));
    });

    private static Function Shift(string name, Func<ulong, int, ulong> body) => new(name, "(int, int)->int; (uint, int)->uint", (arguments, _) =>
    {
        var (value, count) = (arguments[0], arguments[1]);
        if (value.Kind is not (CelKind.Int or CelKind.Uint) || count.Kind != CelKind.Int)
        {
            return Functions.NoOverload(name, value, count);
        }

        return count.Bits < 0
            ? CelValue.Error($"{name} by a negative offset: {count.Bits}")
            : Whole(value.Kind, body(value.UintBits, (int)Math.Min(count.Bits, 64)));
    });

    private static CelValue Whole(CelKind kind, ulong bits) => kind == CelKind.Int ? CelValue.From(unchecked((long)bits)) : CelValue.From(bits);

    private static CelValue Abs(ReadOnlySpan<CelValue> arguments, Evaluation evaluation) => arguments[0].Kind switch
    {
        CelKind.Int => arguments[0].Bits < 0 ? Arithmetic.Negate(arguments[0]) : arguments[0],
        CelKind.Uint => arguments[0],
        CelKind.Double => CelValue.From(Math.Abs(arguments[0].DoubleBits)),
        _ => Functions.NoOverload("math.abs", arguments[0]),
    };

    private static CelValue Sign(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        var value = arguments[0];
        return value.Kind switch
        {
            CelKind.Int => CelValue.From((long)Math.Sign(value.Bits)),
            CelKind.Uint => CelValue.From(value.Bits == 0 ? 0UL : 1UL),
            CelKind.Double => double.IsNaN(value.DoubleBits) ? value : CelValue.From((double)Math.Sign(value.DoubleBits)),
            _ => Functions.NoOverload("math.sign", value),
        };
    }

    private static CelValue Decode(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        if (arguments[0].Kind != CelKind.String)
        {
            return Functions.NoOverload("base64.decode", arguments[0]);
        }

        var text = arguments[0].StringReference.TrimEnd('=');
        evaluation.Charge(text.Length / 16);
        try
        {
            return CelValue.From(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            return CelValue.Error($"{CelLiteral.Quote(CelLiteral.Shorten(text))} is not base64");
        }
    }
}
