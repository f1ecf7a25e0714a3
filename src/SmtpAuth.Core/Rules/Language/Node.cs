namespace SmtpAuth.Rules.Language;

// An expression whose names are resolved, ready to be evaluated. Immutable and shared between threads.
internal abstract class Node(int start, int end)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    public CelType Type { get; set; } = CelType.Dyn;

    public abstract IReadOnlyList<Node> Children { get; }

    // How many operators and operands, to charge for a body that is repeated.
    public int Size => _size == 0 ? _size = 1 + Children.Sum(static child => child.Size) : _size;

    private int _size;

    // Where its value is kept during the evaluation of a set of conditions; -1 for what occurs once.
    public int SharedIndex { get; set; } = -1;

    public CelValue Evaluate(Evaluation evaluation) => SharedIndex >= 0 && evaluation.Shares ? EvaluateShared(evaluation) : Compute(evaluation);

    protected abstract CelValue Compute(Evaluation evaluation);

    private CelValue EvaluateShared(Evaluation evaluation)
    {
        if (!evaluation.TryShared(SharedIndex, out var value))
        {
            value = Compute(evaluation);
            if (!evaluation.IsExhausted)
            {
                evaluation.KeepShared(SharedIndex, value);
            }
        }

        return value;
    }
}
