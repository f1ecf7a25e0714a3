namespace SmtpAuth.Rules.Language;

// The optionals extension.
internal static class OptionalFunctions
{
    public static IEnumerable<Function> Make() =>
    [
        new("optional.of", "(A)->optional(A)", static (a, _) => CelValue.OptionalOf(a[0]), true),
        new("optional.none", "()->optional(A)", static (_, _) => CelValue.OptionalNone()),
        new("optional.ofNonZeroValue", "(A)->optional(A)", static (a, _) => IsZero(a[0]) ? CelValue.OptionalNone() : CelValue.OptionalOf(a[0]), true),
        new("optional.unwrap", "(list(optional(A)))->list(A)", Unwrap),
        new("unwrapOpt", ".(list(optional(A)))->list(A)", Unwrap),
        new("hasValue", ".(optional(A))->bool", HasValue, true),
        new("value", ".(optional(A))->A", Value, true),
        new("or", ".(optional(A), optional(A))->optional(A)", Or, true),
        new("orValue", ".(optional(A), A)->A", OrValue, true),
        new("first", ".(list(A))->optional(A)", static (a, _) => At(a[0], "first", static _ => 0), true),
        new("last", ".(list(A))->optional(A)", static (a, _) => At(a[0], "last", static count => count - 1), true),
    ];

    private static bool IsZero(CelValue value) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Duration => value.Bits == 0,
        CelKind.Double => value.DoubleBits == 0,
        CelKind.String => value.StringReference.Length == 0,
        CelKind.Bytes => ((byte[])value.Reference!).Length == 0,
        CelKind.List => value.ListReference.Count == 0,
        CelKind.Map => value.MapReference.Count == 0,
        CelKind.Optional => !value.TryGetOptional(out _),
        _ => false,
    };

    private static CelValue HasValue(ReadOnlySpan<CelValue> arguments, Evaluation evaluation) => arguments[0].Kind == CelKind.Optional
        ? CelValue.From(arguments[0].TryGetOptional(out _))
        : Functions.NoOverload("hasValue", arguments[0]);

    private static CelValue Value(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        if (arguments[0].Kind != CelKind.Optional)
        {
            return Functions.NoOverload("value", arguments[0]);
        }

        return arguments[0].TryGetOptional(out var held) ? held : CelValue.Error("optional.none() dereference: there is no value");
    }

    private static CelValue Or(ReadOnlySpan<CelValue> arguments, Evaluation evaluation) =>
        arguments[0].Kind != CelKind.Optional || arguments[1].Kind != CelKind.Optional
            ? Functions.NoOverload("or", arguments[0], arguments[1])
            : arguments[0].TryGetOptional(out _) ? arguments[0] : arguments[1];

    private static CelValue OrValue(ReadOnlySpan<CelValue> arguments, Evaluation evaluation) => arguments[0].Kind != CelKind.Optional
        ? Functions.NoOverload("orValue", arguments[0], arguments[1])
        : arguments[0].TryGetOptional(out var held) ? held : arguments[1];

    private static CelValue At(CelValue list, string name, Func<int, int> position)
    {
        if (list.Kind != CelKind.List)
        {
            return Functions.NoOverload(name, list);
        }

        var items = list.ListReference.Items;
        return items.Length == 0 ? CelValue.OptionalNone() : CelValue.OptionalOf(items[position(items.Length)]);
    }

    private static CelValue Unwrap(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        if (arguments[0].Kind != CelKind.List)
        {
            return Functions.NoOverload("unwrapOpt", arguments[0]);
        }

        var items = new List<CelValue>();
        foreach (var item in arguments[0].ListReference.Items)
        {
            if (item.Kind != CelKind.Optional)
            {
                return Functions.NoOverload("unwrapOpt", item);
            }

            if (item.TryGetOptional(out var held))
            {
                items.Add(held);
            }
        }

        return evaluation.List([.. items]);
    }
}
