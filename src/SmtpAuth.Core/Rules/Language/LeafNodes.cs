namespace SmtpAuth.Rules.Language;

internal sealed class ConstantNode(int start, int end, CelValue value) : Node(start, end)
{
    public CelValue Value { get; } = value;

    public override IReadOnlyList<Node> Children => [];

    protected override CelValue Compute(Evaluation evaluation) => Value;
}

internal sealed class VariableNode(int start, int end, CelVariable variable) : Node(start, end)
{
    public CelValue Unknown { get; } = variable.Unknown;

    public string Name { get; } = variable.Name;

    public int Slot { get; } = variable.Slot;

    public override IReadOnlyList<Node> Children => [];

    protected override CelValue Compute(Evaluation evaluation) => evaluation.Read(this);
}

internal sealed class LocalNode(int start, int end, string name, int index) : Node(start, end)
{
    public string Name { get; } = name;

    public int Index { get; } = index;

    public override IReadOnlyList<Node> Children => [];

    protected override CelValue Compute(Evaluation evaluation) => evaluation.Locals[Index];
}

// has(mailbox.address) where mailbox.address is a fact of its own: known means present.
internal sealed class FactPresenceNode(int start, int end, VariableNode fact) : Node(start, end)
{
    public VariableNode Fact { get; } = fact;

    public override IReadOnlyList<Node> Children => [Fact];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var value = Fact.Evaluate(evaluation);
        return value.IsAbnormal ? value : CelValue.True;
    }
}
