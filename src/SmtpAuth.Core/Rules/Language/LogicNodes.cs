namespace SmtpAuth.Rules.Language;

// && and ||: an operand that decides the result decides it whatever the others are, errors and unknown included.
internal sealed class LogicNode(int start, int end, bool isOr, Node[] operands) : Node(start, end)
{
    public bool IsOr { get; } = isOr;

    public Node[] Operands { get; } = operands;

    public override IReadOnlyList<Node> Children => Operands;

    protected override CelValue Compute(Evaluation evaluation)
    {
        var unknown = default(UnknownCollector);
        var error = CelValue.Null;
        foreach (var operand in Operands)
        {
            var value = operand.Evaluate(evaluation);
            switch (value.Kind)
            {
                case CelKind.Bool:
                    if (value.BoolBits == IsOr)
                    {
                        return value;
                    }

                    break;
                case CelKind.Unknown:
                    unknown.Add(value);
                    break;
                default:
                    error = error.IsError ? error : value.IsError ? value : Functions.NoOverload(IsOr ? "||" : "&&", value);
                    break;
            }
        }

        return unknown.Any ? unknown.ToValue() : error.IsError ? error : CelValue.From(!IsOr);
    }
}

internal sealed class ConditionalNode(int start, int end, Node condition, Node whenTrue, Node whenFalse) : Node(start, end)
{
    public Node Condition { get; } = condition;

    public Node WhenTrue { get; } = whenTrue;

    public Node WhenFalse { get; } = whenFalse;

    public override IReadOnlyList<Node> Children => [Condition, WhenTrue, WhenFalse];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var condition = Condition.Evaluate(evaluation);
        return condition.Kind switch
        {
            CelKind.Bool => (condition.BoolBits ? WhenTrue : WhenFalse).Evaluate(evaluation),
            CelKind.Unknown or CelKind.Error => condition,
            _ => Functions.NoOverload("?:", condition),
        };
    }
}

internal sealed class UnaryNode(int start, int end, bool isNot, Node operand) : Node(start, end)
{
    public bool IsNot { get; } = isNot;

    public Node Operand { get; } = operand;

    public override IReadOnlyList<Node> Children => [Operand];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var value = Operand.Evaluate(evaluation);
        return value.IsAbnormal ? value
            : IsNot ? value.Kind == CelKind.Bool ? CelValue.From(!value.BoolBits) : Functions.NoOverload("!", value)
            : Arithmetic.Negate(value);
    }
}

internal sealed class BinaryNode(int start, int end, BinaryOperator @operator, Node left, Node right) : Node(start, end)
{
    public BinaryOperator Operator { get; } = @operator;

    public Node Left { get; } = left;

    public Node Right { get; } = right;

    public override IReadOnlyList<Node> Children => [Left, Right];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var left = Left.Evaluate(evaluation);
        var right = Right.Evaluate(evaluation);
        return Strict.TryCombine(left, right, out var abnormal) ? abnormal : Operators.Apply(Operator, left, right, evaluation);
    }
}
