namespace SmtpAuth.Rules.Language;

// The scratch of one evaluation: where facts come from, the variables of comprehensions, and what is left of the budget.
internal sealed class Evaluation
{
    [ThreadStatic]
    private static Evaluation? _spare;

    private CelValue[] _stack = new CelValue[32];
    private int _top;
    private long _budget;
    private CelLimits _limits = CelLimits.Default;
    private ICelBindings _bindings = CelBindings.Empty;

    public CelValue[] Locals { get; private set; } = new CelValue[8];

    // Sticky: an evaluation that ran out must not be saved by an || that absorbs errors.
    public bool IsExhausted { get; private set; }

    public CelLimits Limits => _limits;

    public static Evaluation Rent(ICelBindings bindings, CelLimits limits, int locals)
    {
        var evaluation = _spare ?? new Evaluation();
        _spare = null;
        evaluation._bindings = bindings;
        evaluation._limits = limits;
        evaluation._budget = limits.Cost;
        evaluation.IsExhausted = false;
        if (evaluation.Locals.Length < locals)
        {
            evaluation.Locals = new CelValue[locals];
        }

        return evaluation;
    }

    public void Return()
    {
        Array.Clear(Locals, 0, Locals.Length);
        Array.Clear(_stack, 0, _stack.Length);
        _top = 0;
        _bindings = CelBindings.Empty;
        _spare = this;
    }

    public CelValue Exhausted() => CelValue.Error($"the evaluation took more than {_limits.Cost} steps and was stopped");

    public bool Charge(long cost)
    {
        _budget -= cost;
        if (_budget >= 0)
        {
            return true;
        }

        _budget = 0;
        IsExhausted = true;
        return false;
    }

    public bool TryRead(string name, out CelValue value) => _bindings.TryGet(name, out value);

    public int Push(int count)
    {
        var start = _top;
        _top += count;
        if (_top > _stack.Length)
        {
            Array.Resize(ref _stack, Math.Max(_top, _stack.Length * 2));
        }

        return start;
    }

    public void Store(int position, CelValue value) => _stack[position] = value;

    public ReadOnlySpan<CelValue> Slice(int start, int count) => new(_stack, start, count);

    public void Pop(int start) => _top = start;

    public bool Fits(long weight) => weight <= _limits.ValueSize;

    public CelValue TooLarge() => CelValue.Error($"the value is larger than {_limits.ValueSize} parts");

    public CelValue List(CelValue[] items)
    {
        var list = new CelList(items);
        return Charge(items.Length) && Fits(list.Weight) ? CelValue.FromList(list) : TooLarge();
    }

    public CelValue Text(string text) => Charge(text.Length / 16) && Fits(text.Length / 16) ? CelValue.From(text) : TooLarge();
}
