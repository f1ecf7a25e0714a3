namespace SmtpAuth.Rules.Language;

// The scratch of one evaluation: where facts come from, the variables of comprehensions, and what is left of the budget.
internal sealed class Evaluation
{
    [ThreadStatic]
    private static Evaluation? _spare;

    private CelValue[] _stack = new CelValue[32];
    private int _top;
    private int _highest;
    private int _localCount;
    private long _budget;
    private CelLimits _limits = CelLimits.Default;
    private ICelBindings _bindings = CelBindings.Empty;
    private CelValue[]? _slots;
    private CelValue[] _shared = [];
    private bool[] _isShared = [];
    private int _sharedCount;

    public CelValue[] Locals { get; private set; } = new CelValue[8];

    // Sticky: an evaluation that ran out must not be saved by an || that absorbs errors.
    public bool IsExhausted { get; private set; }

    public CelLimits Limits => _limits;

    // Sub-expressions that occur more than once in a set of conditions keep their value for the rest of the evaluation.
    public bool Shares { get; private set; }

    public static Evaluation Rent(ICelBindings bindings, CelLimits limits, int locals)
    {
        var evaluation = _spare ?? new Evaluation();
        _spare = null;
        evaluation._bindings = bindings;
        evaluation._slots = (bindings as CelFrame)?.Slots;
        evaluation._limits = limits;
        evaluation._budget = limits.Cost;
        evaluation.IsExhausted = false;
        evaluation._localCount = locals;
        if (evaluation.Locals.Length < locals)
        {
            evaluation.Locals = new CelValue[locals];
        }

        return evaluation;
    }

    public void Return()
    {
        // What was used is let go of, so that a pooled evaluation keeps no facts alive.
        Array.Clear(Locals, 0, _localCount);
        Array.Clear(_stack, 0, _highest);
        _top = 0;
        _highest = 0;
        _bindings = CelBindings.Empty;
        _slots = null;
        if (Shares)
        {
            ForgetShared();
            Shares = false;
        }

        _spare = this;
    }

    public CelValue Exhausted() => CelValue.Error($"the evaluation took more than {_limits.Cost} steps and was stopped");

    // Each condition of a set has the whole budget, and the failure of one is not that of the next.
    public void Refill()
    {
        _budget = _limits.Cost;
        IsExhausted = false;
    }

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

    public CelValue Read(VariableNode fact)
    {
        if (_slots is not null)
        {
            var value = _slots[fact.Slot];
            return value.IsUnknown && value.Reference is null ? fact.Unknown : value;
        }

        return _bindings.TryGet(fact.Name, out var found) ? found : fact.Unknown;
    }

    public void Share(int count)
    {
        Shares = count > 0;
        _sharedCount = count;
        if (_shared.Length < count)
        {
            _shared = new CelValue[count];
            _isShared = new bool[count];
        }
    }

    public bool TryShared(int index, out CelValue value)
    {
        value = _shared[index];
        return _isShared[index];
    }

    public void KeepShared(int index, CelValue value)
    {
        _shared[index] = value;
        _isShared[index] = true;
    }

    public void ForgetShared()
    {
        Array.Clear(_shared, 0, _sharedCount);
        Array.Clear(_isShared, 0, _sharedCount);
    }

    public int Push(int count)
    {
        var start = _top;
        _top += count;
        _highest = Math.Max(_highest, _top);
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
