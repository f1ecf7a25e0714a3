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

    public abstract CelValue Evaluate(Evaluation evaluation);
}
