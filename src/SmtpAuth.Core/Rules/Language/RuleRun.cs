namespace SmtpAuth.Rules.Language;

// Evaluates a plan over a frame and remembers what it found, so that little is done again when few facts change.
internal sealed class RuleRun
{
    private const int NotRead = int.MinValue;

    private readonly RulePlan _plan;
    private readonly CelLimits _limits;
    private readonly int[] _symbols;
    private readonly byte[] _memo;
    private readonly int[] _touched;
    private readonly int[] _decided;
    private CelValue[] _slots = [];
    private CelFrame? _frame;
    private Evaluation? _evaluation;
    private ulong _changed;
    private int _touchedCount;

    public RuleRun(RulePlan plan, CelLimits limits)
    {
        _plan = plan;
        _limits = limits;
        _symbols = new int[plan.Symbols.Length];
        _memo = new byte[plan.Gates.Length];
        _touched = new int[plan.Gates.Length];
        _decided = new int[plan.Roots.Length];
        Outcomes = new CelOutcome[plan.Roots.Length];
        Forget(_symbols);
    }

    public CelOutcome[] Outcomes { get; }

    // The rules whose outcome is not False.
    public ReadOnlySpan<int> Decided => new(_decided, 0, DecidedCount);

    public int DecidedCount { get; private set; }

    public void Run(CelFrame frame, ulong changed)
    {
        _frame = frame;
        _slots = frame.Slots;
        _changed = changed;
        ForgetChanged();
        Visit(_plan.Index);
        if (_evaluation is not null)
        {
            _evaluation.Return();
            _evaluation = null;
        }
    }

    private static void Forget(int[] symbols)
    {
        for (var i = 0; i < symbols.Length; i++)
        {
            symbols[i] = NotRead;
        }
    }

    private void ForgetChanged()
    {
        if (_changed == ulong.MaxValue)
        {
            Forget(_symbols);
        }
        else
        {
            for (var i = 0; i < _symbols.Length; i++)
            {
                _symbols[i] = (_changed >> (i & 63) & 1) != 0 ? NotRead : _symbols[i];
            }
        }

        var kept = 0;
        for (var i = 0; i < _touchedCount; i++)
        {
            var gate = _touched[i];
            if ((_plan.Masks[gate] & _changed) != 0)
            {
                _memo[gate] = 0;
            }
            else
            {
                _touched[kept++] = gate;
            }
        }

        _touchedCount = kept;
        kept = 0;
        for (var i = 0; i < DecidedCount; i++)
        {
            var rule = _decided[i];
            if ((_plan.Masks[_plan.Roots[rule]] & _changed) != 0)
            {
                Outcomes[rule] = CelOutcome.False;
            }
            else
            {
                _decided[kept++] = rule;
            }
        }

        DecidedCount = kept;
    }

    private void Visit(RuleIndex? index)
    {
        while (index is { Slot: >= 0 })
        {
            var symbol = SymbolOf(index.Slot);
            if (symbol <= SymbolTable.Unknown || (index.HasFlags && _slots[index.Slot].Kind != CelKind.Bool))
            {
                foreach (var child in index.Children)
                {
                    Visit(child);
                }
            }
            else if (symbol >= 0)
            {
                Visit(index.Find(symbol));
            }

            index = index.Any;
        }

        if (index is not null)
        {
            Decide(index.Rules);
        }
    }

    private void Decide(int[] rules)
    {
        foreach (var rule in rules)
        {
            var root = _plan.Roots[rule];
            var mask = _plan.Masks[root];
            if (Outcomes[rule] != CelOutcome.False || ((mask & _changed) == 0 && mask != 0 && _changed != ulong.MaxValue))
            {
                continue;
            }

            var outcome = Evaluate(root);
            if (outcome != CelOutcome.False)
            {
                Outcomes[rule] = outcome;
                _decided[DecidedCount++] = rule;
            }
        }
    }

    private int SymbolOf(int slot)
    {
        var symbol = _symbols[slot];
        if (symbol == NotRead)
        {
            _symbols[slot] = symbol = _plan.Symbols[slot].Find(_slots[slot]);
        }

        return symbol;
    }

    private CelOutcome Evaluate(int index)
    {
        ref readonly var gate = ref _plan.Gates[index];
        switch (gate.Kind)
        {
            case GateKind.Equal:
                var symbol = SymbolOf(gate.Slot);
                return symbol > SymbolTable.Unknown ? symbol == gate.Symbol ? CelOutcome.True : CelOutcome.False : Abnormal(symbol);
            case GateKind.Flag:
                ref readonly var flag = ref _slots[gate.Slot];
                return flag.Kind == CelKind.Bool ? flag.BoolBits ? CelOutcome.True : CelOutcome.False
                    : flag.IsUnknown ? CelOutcome.Unknown : CelOutcome.Error;
            case GateKind.OneOf:
                return OneOf(gate);
            case GateKind.Constant:
                return (CelOutcome)gate.Constant;
        }

        var memo = _memo[index];
        if (memo != 0)
        {
            return (CelOutcome)(memo - 1);
        }

        var outcome = Compute(gate);
        _memo[index] = (byte)(outcome + 1);
        _touched[_touchedCount++] = index;
        return outcome;
    }

    private static CelOutcome Abnormal(int symbol) => symbol == SymbolTable.Unknown ? CelOutcome.Unknown : CelOutcome.Error;

    private CelOutcome OneOf(in Gate gate)
    {
        var symbol = SymbolOf(gate.Slot);
        if (symbol < 0)
        {
            return symbol == SymbolTable.Other ? CelOutcome.False : Abnormal(symbol);
        }

        var bits = gate.Symbols!;
        return symbol / 64 < bits.Length && (bits[symbol / 64] >> (symbol % 64) & 1) != 0 ? CelOutcome.True : CelOutcome.False;
    }

    private CelOutcome Compute(in Gate gate)
    {
        switch (gate.Kind)
        {
            case GateKind.And:
                return Combine(gate, CelOutcome.False);
            case GateKind.Or:
                return Combine(gate, CelOutcome.True);
            case GateKind.Not:
                return Evaluate(_plan.Operands[gate.First]) switch
                {
                    CelOutcome.True => CelOutcome.False,
                    CelOutcome.False => CelOutcome.True,
                    var other => other,
                };
            case GateKind.Choose:
                return Evaluate(_plan.Operands[gate.First]) switch
                {
                    CelOutcome.True => Evaluate(_plan.Operands[gate.First + 1]),
                    CelOutcome.False => Evaluate(_plan.Operands[gate.First + 2]),
                    var other => other,
                };
            case GateKind.Expression:
                return Expression(gate.Expression!);
            default:
                return Search(gate);
        }
    }

    private CelOutcome Combine(in Gate gate, CelOutcome deciding)
    {
        var result = CelOutcome.True - (byte)deciding;
        for (var i = 0; i < gate.Count; i++)
        {
            var outcome = Evaluate(_plan.Operands[gate.First + i]);
            if (outcome == deciding)
            {
                return outcome;
            }

            // Unknown wins over error, and either over the operands that decide nothing.
            if (outcome == CelOutcome.Unknown || (outcome == CelOutcome.Error && result != CelOutcome.Unknown))
            {
                result = outcome;
            }
        }

        return result;
    }

    private CelOutcome Search(in Gate gate)
    {
        ref readonly var value = ref _slots[gate.Slot];
        if (value.Kind != CelKind.String)
        {
            return value.IsUnknown ? CelOutcome.Unknown : CelOutcome.Error;
        }

        var text = value.StringReference;
        if ((long)text.Length * gate.Text!.Length / 1024 > _limits.Cost)
        {
            return CelOutcome.Error;
        }

        return gate.Kind switch
        {
            GateKind.Contains => text.Contains(gate.Text, StringComparison.Ordinal),
            GateKind.StartsWith => text.StartsWith(gate.Text, StringComparison.Ordinal),
            _ => text.EndsWith(gate.Text, StringComparison.Ordinal),
        }
            ? CelOutcome.True
            : CelOutcome.False;
    }

    private CelOutcome Expression(Node node)
    {
        if (_evaluation is null)
        {
            _evaluation = Evaluation.Rent(_frame!, _limits, _plan.LocalCount);
            _evaluation.Share(_plan.SharedCount);
        }

        _evaluation.Refill();
        var value = node.Evaluate(_evaluation);
        return _evaluation.IsExhausted ? CelOutcome.Error : value.Kind switch
        {
            CelKind.Bool => value.BoolBits ? CelOutcome.True : CelOutcome.False,
            CelKind.Unknown => CelOutcome.Unknown,
            _ => CelOutcome.Error,
        };
    }
}
