using System.Globalization;
using SmtpAuth.Rules.Language;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>Looks through a pack for what loads and is not as it should be.</summary>
/// <remarks>Thread-safe.</remarks>
public static class RulePackLinter
{
    // Microsoft's dates and sentences move; what was not looked at for this long is not to be relied on.
    private const int MonthsUntilStale = 6;

    private static readonly RuleOutcome[] NeededOutcomes = [RuleOutcome.Matched, RuleOutcome.NotMatched, RuleOutcome.Unknown];

    /// <summary>Looks through a pack.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="asOf">The time that review dates are compared with.</param>
    /// <returns>What was found, by id; empty where nothing was.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pack"/> is <see langword="null"/>.</exception>
    public static IReadOnlyList<LintFinding> Lint(RulePack pack, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return
        [
            .. pack.Rules.SelectMany(rule => OfRule(pack, rule, asOf))
                .Concat(pack.Operations.SelectMany(operation => OfOperation(pack, operation, asOf)))
                .OrderBy(finding => finding.Id, StringComparer.Ordinal)
                .ThenBy(finding => finding.Check, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<LintFinding> OfRule(RulePack pack, Rule rule, DateTimeOffset asOf)
    {
        foreach (var missing in NeededOutcomes.Except(rule.Tests.Select(test => test.Expected)))
        {
            yield return missing switch
            {
                RuleOutcome.Matched => new(rule.Id, "missing-hit", true, "No test expects 'closed': add a case that the rule recognizes."),
                RuleOutcome.NotMatched => new(rule.Id, "missing-near-miss", true, "No test expects 'open': add a case that is almost one."),
                _ => new(rule.Id, "missing-unread", true, "No test expects 'unknown': add a case with a fact that was not read."),
            };
        }

        var ofNothing = rule.When.Evaluate(CelBindings.Empty);
        if (ofNothing.IsTrue || ofNothing.IsFalse)
        {
            yield return new(rule.Id, ofNothing.IsTrue ? "always-matches" : "never-matches", true, $"The condition is {ofNothing} whatever the facts are.");
        }

        if (pack.Rules.FirstOrDefault(other => IsShadowedBy(rule, other)) is { } shadowing)
        {
            yield return new(rule.Id, "shadowed", false, $"{shadowing.Id} has the same gate, routes and condition: remove one of the two.");
        }

        foreach (var finding in Misplaced(pack, rule).Concat(Stale(rule.Id, rule.Sources, asOf)))
        {
            yield return finding;
        }

        if (rule is { ValidFrom: { } from, ValidUntil: { } until } && from >= until)
        {
            yield return new(rule.Id, "never-valid", true, "validUntil is not after validFrom, so the rule never applies.");
        }
    }

    private static IEnumerable<LintFinding> Misplaced(RulePack pack, Rule rule)
    {
        foreach (var route in rule.Routes.Where(route => pack.FindRoute(route)?.Gates.Contains(rule.Gate) != true))
        {
            yield return new(rule.Id, "gate-not-on-route", true, $"The gate {rule.Gate.ToName()} is not on the route {route.ToName()}.");
        }

        foreach (var name in rule.When.Variables)
        {
            var unread = FactCatalogue.Default.TryGet(name, out var fact) && fact.Routes.Count > 0
                ? rule.Routes.Except(fact.Routes).ToList()
                : [];
            if (unread.Count > 0)
            {
                yield return new(
                    rule.Id, "fact-not-read", false, $"{name} is not read on {string.Join(", ", unread.Select(route => route.ToName()))}.");
            }
        }
    }

    private static IEnumerable<LintFinding> OfOperation(RulePack pack, OperationDefinition operation, DateTimeOffset asOf)
    {
        if (!pack.Rules.Any(rule => rule.Remedies.Any(remedy => remedy.Contains(operation.Id))))
        {
            yield return new(operation.Id, "unused", false, "No rule names it as a remedy, so no plan contains it.");
        }

        if (operation.Risk is not null && operation.Instead is null)
        {
            yield return new(operation.Id, "missing-instead", true, "It asks for a risk and does not say what to do instead.");
        }

        foreach (var finding in Stale(operation.Id, operation.Sources, asOf))
        {
            yield return finding;
        }
    }

    private static IEnumerable<LintFinding> Stale(string id, IReadOnlyList<KnowledgeSource> sources, DateTimeOffset asOf)
    {
        var newest = sources.Select(source => Day(source.Checked)).Max();
        if (newest.AddMonths(MonthsUntilStale) < asOf)
        {
            yield return new(id, "stale-source", false, $"The sources were last checked in {newest:yyyy-MM}: check them again.");
        }
    }

    private static DateTimeOffset Day(string text) => DateTimeOffset.ParseExact(
        text.Length == "yyyy-MM".Length ? text + "-01" : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    // Of two that are alike, the one that sorts later is said to be the shadowed one.
    private static bool IsShadowedBy(Rule rule, Rule other) => string.CompareOrdinal(other.Id, rule.Id) < 0
        && other.Gate == rule.Gate && other.When.Source == rule.When.Source && rule.Routes.All(other.Routes.Contains);
}
