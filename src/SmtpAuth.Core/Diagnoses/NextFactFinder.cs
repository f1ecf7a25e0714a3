using SmtpAuth.Rules;

namespace SmtpAuth.Diagnoses;

/// <summary>Chooses the facts worth reading next: those that could still change the answer or tell causes apart, cheapest first.</summary>
internal sealed class NextFactFinder(Findings findings)
{
    private const int FewestCauses = 2;

    public IReadOnlyList<NextFact> Find(IReadOnlyList<GateVerdict> verdicts, IReadOnlyList<Cause> causes)
    {
        var undecided = verdicts.Where(verdict => verdict.Status == GateStatus.Unknown).Select(verdict => verdict.Gate);
        var ofRules =
            from result in findings.Results
            where result.Outcome == RuleOutcome.Unknown && !result.IsMoot && undecided.Contains(result.Rule.Gate)
            from name in result.Unknowns
            select (Name: name, Label: result.Rule.Cause, IsAboutReply: findings.Explains(result.Rule), result.Rule.Gate);
        return
        [
            .. from candidate in ofRules.Concat(OfReply(causes))
               where FactGuide.CanBeRead(candidate.Name)
               group candidate by candidate.Name into facts
               orderby FactGuide.Cost(facts.Key),
                   facts.Any(fact => fact.IsAboutReply) descending,
                   facts.Min(fact => fact.Gate),
                   facts.Key
               select new NextFact(facts.Key, [.. facts.Select(fact => fact.Label).Distinct()], FactGuide.How(facts.Key)),
        ];
    }

    // A fact that decides no gate, and yet tells why the server said what it said, such as the code in the sign-in log.
    private IEnumerable<(string Name, string Label, bool IsAboutReply, Gate Gate)> OfReply(IReadOnlyList<Cause> causes)
    {
        var explaining = causes.Where(cause => cause.ExplainsReply).ToList();
        return explaining.Count < FewestCauses
            ? []
            : from entry in findings.Pack.SeparatingFacts
              where entry.Conditions.Contains(findings.Reply!.Condition) && !findings.Bindings.State[entry.Fact].IsKnown
              from cause in explaining
              select (entry.Fact, cause.Label, true, cause.Gate);
    }
}
