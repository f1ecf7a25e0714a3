namespace SmtpAuth.Rules.Language;

internal sealed class ListNode(int start, int end, Node[] items, bool[] isOptional) : Node(start, end)
{
    public Node[] Items { get; } = items;

    public bool[] IsOptional { get; } = isOptional;

    public override IReadOnlyList<Node> Children => Items;

    protected override CelValue Compute(Evaluation evaluation)
    {
        var outcome = default(Outcome);
        var values = new List<CelValue>(Items.Length);
        for (var i = 0; i < Items.Length; i++)
        {
            var value = outcome.Note(Items[i].Evaluate(evaluation));
            if (value.IsAbnormal)
            {
                continue;
            }

            if (!IsOptional[i])
            {
                values.Add(value);
            }
            else if (value.Kind != CelKind.Optional)
            {
                outcome.Note(Functions.NoOverload("[?]", value));
            }
            else if (value.TryGetOptional(out var held))
            {
                values.Add(held);
            }
        }

        return outcome.IsAbnormal ? outcome.ToValue() : evaluation.List([.. values]);
    }
}

internal sealed class MapNode(int start, int end, Node[] keys, Node[] values, bool[] isOptional) : Node(start, end)
{
    public Node[] Keys { get; } = keys;

    public Node[] Values { get; } = values;

    public bool[] IsOptional { get; } = isOptional;

    public override IReadOnlyList<Node> Children => [.. Keys, .. Values];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var outcome = default(Outcome);
        var builder = new CelMapBuilder(Keys.Length);
        for (var i = 0; i < Keys.Length; i++)
        {
            var key = outcome.Note(Keys[i].Evaluate(evaluation));
            var value = outcome.Note(Values[i].Evaluate(evaluation));
            if (key.IsAbnormal || value.IsAbnormal)
            {
                continue;
            }

            if (IsOptional[i])
            {
                if (value.Kind != CelKind.Optional)
                {
                    outcome.Note(Functions.NoOverload("{?}", value));
                    continue;
                }

                if (!value.TryGetOptional(out value))
                {
                    continue;
                }
            }

            outcome.Note(builder.Add(key, value));
        }

        if (outcome.IsAbnormal)
        {
            return outcome.ToValue();
        }

        var map = builder.Build();
        return evaluation.Charge(map.Count) && evaluation.Fits(map.Weight) ? CelValue.FromMap(map) : evaluation.TooLarge();
    }
}

// Gathers what keeps a strict operation from a result: all unknown facts, else the first error.
internal struct Outcome
{
    private UnknownCollector _unknown;
    private CelValue _error;

    public bool IsAbnormal { get; private set; }

    public CelValue Note(CelValue value)
    {
        if (value.IsUnknown)
        {
            _unknown.Add(value);
            IsAbnormal = true;
        }
        else if (value.IsError)
        {
            _error = _error.IsError ? _error : value;
            IsAbnormal = true;
        }

        return value;
    }

    public readonly CelValue ToValue() => _unknown.Any ? _unknown.ToValue() : _error;
}
