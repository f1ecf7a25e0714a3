namespace SmtpAuth.Rules.Language;

internal sealed class CallNode(int start, int end, Function function, bool isMember, Node[] arguments) : Node(start, end)
{
    public Function Function { get; } = function;

    public bool IsMember { get; } = isMember;

    public Node[] Arguments { get; } = arguments;

    public override IReadOnlyList<Node> Children => Arguments;

    protected override CelValue Compute(Evaluation evaluation)
    {
        var start = evaluation.Push(Arguments.Length);
        var outcome = default(Outcome);
        for (var i = 0; i < Arguments.Length; i++)
        {
            var value = outcome.Note(Arguments[i].Evaluate(evaluation));
            evaluation.Store(start + i, value);
            if (!Function.AcceptsUnknownParts && CelWeight.HasUnknown(value) && !value.IsUnknown)
            {
                var parts = default(UnknownCollector);
                parts.AddNested(value);
                outcome.Note(parts.ToValue());
            }
        }

        var result = outcome.IsAbnormal
            ? outcome.ToValue()
            : Function.Body(evaluation.Slice(start, Arguments.Length), evaluation);
        evaluation.Pop(start);
        return result;
    }
}

// What the checker would have refused, where checking is off: an error when, and only when, it is reached.
internal sealed class FaultNode(int start, int end, string message, Node[] children) : Node(start, end)
{
    private readonly CelValue _error = CelValue.Error(message);

    public override IReadOnlyList<Node> Children => children;

    protected override CelValue Compute(Evaluation evaluation)
    {
        var outcome = default(Outcome);
        foreach (var child in children)
        {
            outcome.Note(child.Evaluate(evaluation));
        }

        return outcome.IsAbnormal && outcome.ToValue().IsUnknown ? outcome.ToValue() : _error;
    }
}
