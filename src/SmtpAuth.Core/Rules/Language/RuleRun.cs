namespace SmtpAuth.Rules.Language;

// Evaluates a plan over a frame and remembers what it found, so that little is done again when few facts change.
internal sealed class RuleRun
{
    private readonly RulePlan _plan;
    private readonly CelLimits _limits;
    private readonly ulong[] _possible;
    private readonly ulong[] _doubtful;
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
        _possible = new ulong[plan.AllRows.Length];
        _doubtful = new ulong[plan.AllRows.Length];
        _memo = new byte[plan.Tests.Length];
        _touched = new int[plan.Tests.Length];
        _decided = new int[plan.Roots.Length];
        Outcomes = new CelOutcome[plan.Roots.Length];
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
        if (_possible.Length == 1)
        {
            RunWord();
        }
        else
        {
            RunWords();
        }

        if (_evaluation is not null)
        {
            _evaluation.Return();
            _evaluation = null;
        }
    }

    private void RunWord()
    {
        var possible = _plan.AllRows[0];
        ulong doubtful = 0;
        var slots = _slots;
        foreach (ref readonly var index in _plan.Words.AsSpan())
        {
            // A fact that no possible row depends on is not looked at.
            if ((possible & index.Depends) != 0)
            {
                index.Apply(slots[index.Slot], ref possible, ref doubtful);
            }
        }

        _doubtful[0] = doubtful;
        for (; possible != 0; possible &= possible - 1)
        {
            Decide(Bits.Lowest(possible));
        }
    }

    private void RunWords()
    {
        _plan.AllRows.CopyTo(_possible, 0);
        var hasDoubt = false;
        foreach (var index in _plan.Index)
        {
            index.Apply(_slots[index.Slot], _possible, _doubtful, ref hasDoubt);
        }

        for (var word = 0; word < _possible.Length; word++)
        {
            for (var bits = _possible[word]; bits != 0; bits &= bits - 1)
            {
                Decide((word << 6) + Bits.Lowest(bits));
            }
        }

        if (hasDoubt)
        {
            Array.Clear(_doubtful, 0, _doubtful.Length);
        }
    }

    private void ForgetChanged()
    {
        var kept = 0;
        for (var i = 0; i < _touchedCount; i++)
        {
            var test = _touched[i];
            if ((_plan.Masks[test] & _changed) != 0)
            {
                _memo[test] = 0;
            }
            else
            {
                _touched[kept++] = test;
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

    // A row that no known fact rules out.
    private void Decide(int row)
    {
        var rule = _plan.Rules[row];
        if (Outcomes[rule] == CelOutcome.True || (_changed != ulong.MaxValue && (_plan.Masks[_plan.Roots[rule]] & _changed) == 0))
        {
            return;
        }

        var outcome = Bits.Has(_doubtful, row) ? Evaluate(_plan.Roots[rule]) : EvaluateRest(row);
        if (outcome == CelOutcome.False)
        {
            return;
        }

        if (outcome != CelOutcome.True && !_plan.IsOnly[row])
        {
            outcome = Evaluate(_plan.Roots[rule]);
        }

        if (outcome != CelOutcome.False && Outcomes[rule] == CelOutcome.False)
        {
            _decided[DecidedCount++] = rule;
        }

        Outcomes[rule] = outcome;
    }

    // What the index answered is true; what is left decides.
    private CelOutcome EvaluateRest(int row)
    {
        var result = CelOutcome.True;
        foreach (var test in _plan.Rest[row])
        {
            var outcome = Evaluate(test);
            if (outcome == CelOutcome.False)
            {
                return outcome;
            }

            result = TestOutcome.Join(result, outcome);
        }

        return result;
    }

    private CelOutcome Evaluate(int index)
    {
        ref readonly var test = ref _plan.Tests[index];
        if (!_plan.IsRemembered[index])
        {
            return Compute(test);
        }

        var memo = _memo[index];
        if (memo != 0)
        {
            return (CelOutcome)(memo - 1);
        }

        var outcome = Compute(test);
        _memo[index] = (byte)(outcome + 1);
        _touched[_touchedCount++] = index;
        return outcome;
    }

    private CelOutcome Compute(in Test test)
    {
        switch (test.Kind)
        {
            case TestKind.Constant:
                return test.Constant.BoolBits ? CelOutcome.True : CelOutcome.False;
            case TestKind.And:
                return Combine(test, CelOutcome.False);
            case TestKind.Or:
                return Combine(test, CelOutcome.True);
            case TestKind.Not:
                return TestOutcome.Not(Evaluate(_plan.Operands[test.First]));
            case TestKind.Choose:
                return Evaluate(_plan.Operands[test.First]) switch
                {
                    CelOutcome.True => Evaluate(_plan.Operands[test.First + 1]),
                    CelOutcome.False => Evaluate(_plan.Operands[test.First + 2]),
                    var other => other,
                };
            case TestKind.Expression:
                return Expression(test.Expression!);
            default:
                return TestOutcome.Of(test, _slots[test.Slot], _limits);
        }
    }

    private CelOutcome Combine(in Test test, CelOutcome deciding)
    {
        var result = TestOutcome.Not(deciding);
        for (var i = 0; i < test.Count; i++)
        {
            var outcome = Evaluate(_plan.Operands[test.First + i]);
            if (outcome == deciding)
            {
                return outcome;
            }

            result = TestOutcome.Join(result, outcome);
        }

        return result;
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
