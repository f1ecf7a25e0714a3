namespace SmtpAuth.Rules.Language;

internal sealed class FieldNode(int start, int end, Node operand, string field, bool isOptional) : Node(start, end)
{
    private readonly CelValue _key = CelValue.From(field);

    public Node Operand { get; } = operand;

    public string Field { get; } = field;

    public bool IsOptional { get; } = isOptional;

    public override IReadOnlyList<Node> Children => [Operand];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var operand = Operand.Evaluate(evaluation);
        if (operand.Kind == CelKind.Map && !IsOptional)
        {
            return operand.MapReference.TryGet(Field, out var value) ? value : Access.NoSuchKey(_key);
        }

        return operand.Kind is CelKind.Map or CelKind.Optional or CelKind.Unknown or CelKind.Error
            ? Access.Get(operand, _key, IsOptional)
            : CelValue.Error($"type '{CelLiteral.KindName(operand)}' does not support field selection; no such key: '{Field}'");
    }
}

internal sealed class PresenceNode(int start, int end, Node operand, string field) : Node(start, end)
{
    public Node Operand { get; } = operand;

    public string Field { get; } = field;

    public override IReadOnlyList<Node> Children => [Operand];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var operand = Operand.Evaluate(evaluation);
        if (operand.Kind == CelKind.Optional)
        {
            if (!operand.TryGetOptional(out operand))
            {
                return CelValue.False;
            }
        }

        return operand.Kind switch
        {
            CelKind.Unknown or CelKind.Error => operand,
            CelKind.Map => !operand.MapReference.TryGet(Field, out var value) ? CelValue.False
                : value.IsUnknown ? value : CelValue.True,
            _ => CelValue.Error($"type '{CelLiteral.KindName(operand)}' does not support field selection; no such key: '{Field}'"),
        };
    }
}

internal sealed class IndexNode(int start, int end, Node operand, Node index, bool isOptional) : Node(start, end)
{
    public Node Operand { get; } = operand;

    public Node Index { get; } = index;

    public bool IsOptional { get; } = isOptional;

    public override IReadOnlyList<Node> Children => [Operand, Index];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var operand = Operand.Evaluate(evaluation);
        var index = Index.Evaluate(evaluation);
        return Strict.TryCombine(operand, index, out var abnormal) ? abnormal : Access.Get(operand, index, IsOptional);
    }
}

internal static class Access
{
    public static CelValue NoSuchKey(CelValue key) => CelValue.Error($"no such key: {key}");

    // An optional operand makes the whole access optional: what is not there is none, not an error.
    public static CelValue Get(CelValue operand, CelValue key, bool isOptional)
    {
        if (operand.IsAbnormal)
        {
            return operand;
        }

        if (operand.Kind == CelKind.Optional)
        {
            if (!operand.TryGetOptional(out operand))
            {
                return CelValue.OptionalNone();
            }

            isOptional = true;
        }

        if (operand.Kind == CelKind.Map)
        {
            return operand.MapReference.TryGet(key, out var value) ? Found(value, isOptional)
                : isOptional ? CelValue.OptionalNone() : NoSuchKey(key);
        }

        if (operand.Kind != CelKind.List)
        {
            return CelValue.Error($"no such overload: {CelLiteral.KindName(operand)} has no elements (no such key: {key})");
        }

        if (!TryIndex(key, out var index))
        {
            return CelValue.Error($"invalid_argument: a list is indexed by whole numbers, not {CelLiteral.KindName(key)} {key}");
        }

        var list = operand.ListReference;
        return index >= 0 && index < list.Count ? Found(list.Items[index], isOptional)
            : isOptional ? CelValue.OptionalNone()
            : CelValue.Error($"invalid_argument: index {key} out of bounds of a list of {list.Count}");
    }

    private static CelValue Found(CelValue value, bool isOptional) => isOptional ? CelValue.OptionalOf(value) : value;

    private static bool TryIndex(CelValue key, out long index)
    {
        switch (key.Kind)
        {
            case CelKind.Int:
                index = key.Bits;
                return true;
            case CelKind.Uint:
                index = key.UintBits > int.MaxValue ? int.MaxValue : key.Bits;
                return true;
            case CelKind.Double when Math.Floor(key.DoubleBits) == key.DoubleBits && Math.Abs(key.DoubleBits) < int.MaxValue:
                index = (long)key.DoubleBits;
                return true;
            default:
                index = 0;
                return false;
        }
    }
}

internal static class Strict
{
    // Unknown wins over error: whether there is an error cannot be said before everything is known.
    public static bool TryCombine(CelValue left, CelValue right, out CelValue abnormal)
    {
        if (!left.IsAbnormal && !right.IsAbnormal)
        {
            abnormal = default;
            return false;
        }

        abnormal = left.IsUnknown && right.IsUnknown ? CelValue.Unknown(left.AsUnknown().Union(right.AsUnknown()))
            : left.IsUnknown ? left
            : right.IsUnknown ? right
            : left.IsError ? left : right;
        return true;
    }
}
