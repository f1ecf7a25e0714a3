namespace SmtpAuth.Rules.Language;

internal sealed class Explainer(string source, Evaluation evaluation)
{
    // A policy over thousands of objects is explained by the first ones; the value is that of all.
    private const int MaximumElements = 50;
    private const int MaximumParts = 10_000;

    private int _parts;

    public CelExplanation Explain(Node node, string? element = null)
    {
        var value = node.Evaluate(evaluation);
        value = evaluation.IsExhausted ? evaluation.Exhausted() : value;
        IReadOnlyList<CelExplanation> children = ++_parts > MaximumParts || evaluation.IsExhausted ? [] : node switch
        {
            ComprehensionNode comprehension => ExplainElements(comprehension),
            BindNode bind => ExplainBind(bind),
            OptionalMapNode optional => ExplainOptional(optional),
            _ => ExplainAll(node.Children),
        };
        return new(source.Substring(node.Start, node.End - node.Start), node.Start, value, (node as VariableNode)?.Name, element, children);
    }

    private List<CelExplanation> ExplainAll(IReadOnlyList<Node> nodes)
    {
        var result = new List<CelExplanation>(nodes.Count);
        foreach (var node in nodes)
        {
            result.Add(Explain(node));
        }

        return result;
    }

    private List<CelExplanation> ExplainElements(ComprehensionNode node)
    {
        var range = Explain(node.Range);
        var result = new List<CelExplanation> { range };
        if (range.Value.Kind is not (CelKind.List or CelKind.Map))
        {
            return result;
        }

        var count = Math.Min(ComprehensionNode.CountOf(range.Value), MaximumElements);
        for (var i = 0; i < count && !evaluation.IsExhausted; i++)
        {
            node.Bind(range.Value, i, evaluation);
            var element = evaluation.Locals[node.Variable.Index].ToString();
            if (node.Filter is not null)
            {
                result.Add(Explain(node.Filter, element));
            }

            result.Add(Explain(node.Body, element));
        }

        return result;
    }

    private List<CelExplanation> ExplainBind(BindNode node)
    {
        var value = Explain(node.Value, node.Variable.Name);
        evaluation.Locals[node.Variable.Index] = value.Value;
        return [value, Explain(node.Body)];
    }

    private List<CelExplanation> ExplainOptional(OptionalMapNode node)
    {
        var target = Explain(node.Target);
        if (target.Value.Kind != CelKind.Optional || !target.Value.TryGetOptional(out var held))
        {
            return [target];
        }

        evaluation.Locals[node.Variable.Index] = held;
        return [target, Explain(node.Body, held.ToString())];
    }
}
