using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Diagnoses;

/// <summary>Collects the known facts that conditions rest on.</summary>
internal static class GateEvidence
{
    public static IReadOnlyList<Evidence> Of(StateBindings bindings, IEnumerable<RuleResult> results) =>
        Of(bindings, results.SelectMany(result => result.Rule.When.Variables));

    public static IReadOnlyList<Evidence> Of(StateBindings bindings, IEnumerable<string> facts) =>
    [
        .. facts.Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => bindings.State[name])
            .Where(fact => fact.IsKnown)
            .Select(fact => new Evidence(fact.Name, fact.Value, fact.Source, fact.ReadAt)),
    ];
}
