namespace SmtpAuth.Rules.Language;

internal sealed class ComprehensionNode(
    int start, int end, ComprehensionKind kind, Node range, Local variable, Local? second, Node? filter, Node body)
    : Node(start, end)
{
    public ComprehensionKind Kind { get; } = kind;

    public Node Range { get; } = range;

    public Local Variable { get; } = variable;

    public Local? Second { get; } = second;

    public Node? Filter { get; } = filter;

    public Node Body { get; } = body;

    public override IReadOnlyList<Node> Children => Filter is null ? [Range, Body] : [Range, Filter, Body];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var range = Range.Evaluate(evaluation);
        return range.Kind switch
        {
            CelKind.Unknown or CelKind.Error => range,
            CelKind.List or CelKind.Map => Kind switch
            {
                ComprehensionKind.All => Quantify(range, false, evaluation),
                ComprehensionKind.Exists => Quantify(range, true, evaluation),
                ComprehensionKind.ExistsOne => Count(range, evaluation),
                ComprehensionKind.TransformMap or ComprehensionKind.TransformMapEntry => BuildMap(range, evaluation),
                _ => BuildList(range, evaluation),
            },
            _ => Functions.NoOverload("a macro over elements", range),
        };
    }

    // Binds the variables to the element at a position. Shared with the explainer, which visits elements one by one.
    public void Bind(CelValue range, int position, Evaluation evaluation)
    {
        var isMap = range.Kind == CelKind.Map;
        if (Second is null)
        {
            evaluation.Locals[Variable.Index] = isMap ? range.MapReference[position].Key : range.ListReference.Items[position];
            return;
        }

        evaluation.Locals[Variable.Index] = isMap ? range.MapReference[position].Key : CelValue.From((long)position);
        evaluation.Locals[Second.Index] = isMap ? range.MapReference[position].Value : range.ListReference.Items[position];
    }

    public static int CountOf(CelValue range) => range.Kind == CelKind.Map ? range.MapReference.Count : range.ListReference.Count;

    private bool Charge(Evaluation evaluation) => evaluation.Charge(1 + Body.Size + (Filter?.Size ?? 0));

    private CelValue Quantify(CelValue range, bool deciding, Evaluation evaluation)
    {
        var outcome = default(Outcome);
        var count = CountOf(range);
        for (var i = 0; i < count; i++)
        {
            if (!Charge(evaluation))
            {
                return evaluation.Exhausted();
            }

            Bind(range, i, evaluation);
            var value = Body.Evaluate(evaluation);
            if (value.Kind == CelKind.Bool)
            {
                if (value.BoolBits == deciding)
                {
                    return value;
                }
            }
            else
            {
                outcome.Note(value.IsAbnormal ? value : Functions.NoOverload(deciding ? "exists" : "all", value));
            }
        }

        return outcome.IsAbnormal ? outcome.ToValue() : CelValue.From(!deciding);
    }

    private CelValue Count(CelValue range, Evaluation evaluation)
    {
        var outcome = default(Outcome);
        var count = CountOf(range);
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            if (!Charge(evaluation))
            {
                return evaluation.Exhausted();
            }

            Bind(range, i, evaluation);
            found += Holds(Body, ref outcome, evaluation) ? 1 : 0;
        }

        return outcome.IsAbnormal ? outcome.ToValue() : CelValue.From(found == 1);
    }

    private CelValue BuildList(CelValue range, Evaluation evaluation)
    {
        var outcome = default(Outcome);
        var count = CountOf(range);
        var items = new List<CelValue>();
        long weight = 1;
        var condition = Kind == ComprehensionKind.Filter ? Body : Filter;
        for (var i = 0; i < count; i++)
        {
            if (!Charge(evaluation))
            {
                return evaluation.Exhausted();
            }

            Bind(range, i, evaluation);
            if (condition is not null && !Holds(condition, ref outcome, evaluation))
            {
                continue;
            }

            var item = outcome.Note(Kind == ComprehensionKind.Filter ? evaluation.Locals[Variable.Index] : Body.Evaluate(evaluation));
            weight = CelWeight.Add(weight, item);
            if (!evaluation.Fits(weight))
            {
                return evaluation.TooLarge();
            }

            items.Add(item);
        }

        return outcome.IsAbnormal ? outcome.ToValue() : evaluation.List([.. items]);
    }

    private CelValue BuildMap(CelValue range, Evaluation evaluation)
    {
        var outcome = default(Outcome);
        var count = CountOf(range);
        var builder = new CelMapBuilder(0);
        long weight = 1;
        for (var i = 0; i < count; i++)
        {
            if (!Charge(evaluation))
            {
                return evaluation.Exhausted();
            }

            Bind(range, i, evaluation);
            if (Filter is not null && !Holds(Filter, ref outcome, evaluation))
            {
                continue;
            }

            var key = evaluation.Locals[Variable.Index];
            var item = outcome.Note(Body.Evaluate(evaluation));
            weight = CelWeight.Add(CelWeight.Add(weight, item), key);
            if (!evaluation.Fits(weight))
            {
                return evaluation.TooLarge();
            }

            if (!item.IsAbnormal)
            {
                AddEntry(builder, key, item, ref outcome);
            }
        }

        return outcome.IsAbnormal ? outcome.ToValue() : CelValue.FromMap(builder.Build());
    }

    private void AddEntry(CelMapBuilder builder, CelValue key, CelValue item, ref Outcome outcome)
    {
        if (Kind == ComprehensionKind.TransformMap)
        {
            outcome.Note(builder.Add(key, item));
            return;
        }

        if (item.Kind != CelKind.Map)
        {
            outcome.Note(Functions.NoOverload("transformMapEntry", item));
            return;
        }

        foreach (var entry in item.MapReference)
        {
            outcome.Note(builder.Add(entry.Key, entry.Value));
        }
    }

    private static bool Holds(Node condition, ref Outcome outcome, Evaluation evaluation)
    {
        var value = condition.Evaluate(evaluation);
        if (value.Kind == CelKind.Bool)
        {
            return value.BoolBits;
        }

        outcome.Note(value.IsAbnormal ? value : Functions.NoOverload("a condition", value));
        return false;
    }
}

internal sealed class BindNode(int start, int end, Local variable, Node value, Node body) : Node(start, end)
{
    public Local Variable { get; } = variable;

    public Node Value { get; } = value;

    public Node Body { get; } = body;

    public override IReadOnlyList<Node> Children => [Value, Body];

    protected override CelValue Compute(Evaluation evaluation)
    {
        evaluation.Locals[Variable.Index] = Value.Evaluate(evaluation);
        return Body.Evaluate(evaluation);
    }
}

internal sealed class OptionalMapNode(int start, int end, Local variable, Node target, Node body, bool isFlat) : Node(start, end)
{
    public Local Variable { get; } = variable;

    public Node Target { get; } = target;

    public Node Body { get; } = body;

    public bool IsFlat { get; } = isFlat;

    public override IReadOnlyList<Node> Children => [Target, Body];

    protected override CelValue Compute(Evaluation evaluation)
    {
        var target = Target.Evaluate(evaluation);
        if (target.IsAbnormal)
        {
            return target;
        }

        if (target.Kind != CelKind.Optional)
        {
            return Functions.NoOverload(IsFlat ? "optFlatMap" : "optMap", target);
        }

        if (!target.TryGetOptional(out var held))
        {
            return target;
        }

        evaluation.Locals[Variable.Index] = held;
        var body = Body.Evaluate(evaluation);
        return !IsFlat ? CelValue.OptionalOf(body)
            : body.IsAbnormal || body.Kind == CelKind.Optional ? body
            : Functions.NoOverload("optFlatMap", body);
    }
}
