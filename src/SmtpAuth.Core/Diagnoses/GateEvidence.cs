using SmtpAuth.Rules;
using SmtpAuth.Rules.Language;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Diagnoses;

/// <summary>Collects the known facts that conditions rest on.</summary>
internal static class GateEvidence
{
    public static IReadOnlyList<Evidence> Of(StateBindings bindings, IReadOnlyList<RuleResult> results)
    {
        var witnesses = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        foreach (var result in results.Where(result => result.Outcome == RuleOutcome.Matched))
        {
            FindWitnesses(result.Explain(), bindings.State, witnesses);
        }

        return
        [
            .. Of(bindings, results.SelectMany(result => result.Rule.When.Variables))
                .Select(evidence => witnesses.TryGetValue(evidence.Fact, out var elements) ? evidence with { Value = elements } : evidence),
        ];
    }

    public static IReadOnlyList<Evidence> Of(StateBindings bindings, IEnumerable<string> facts) =>
    [
        .. facts.Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => bindings.State[name])
            .Where(fact => fact.IsKnown)
            .Select(fact => new Evidence(fact.Name, fact.Value, fact.Source, fact.ReadAt)),
    ];

    // Of a list in which some element made the condition hold, those elements are the evidence.
    private static void FindWitnesses(CelExplanation part, TenantState state, Dictionary<string, object?[]> witnesses)
    {
        if (part.Value.IsTrue && part.Children.Count > 1 && part.Children[0].Fact is { } name
            && state[name] is { IsKnown: true, Value: IReadOnlyList<object?> list }
            && part.Children.Skip(1).Where(child => child.Element is not null).ToList() is var elements && elements.Count == list.Count)
        {
            object?[] found = [.. list.Where((_, index) => elements[index].Value.IsTrue)];
            if (found.Length > 0)
            {
                witnesses[name] = found;
            }
        }

        foreach (var child in part.Children)
        {
            FindWitnesses(child, state, witnesses);
        }
    }
}
