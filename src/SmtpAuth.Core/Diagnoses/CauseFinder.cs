using SmtpAuth.Replies;
using SmtpAuth.Rules;

namespace SmtpAuth.Diagnoses;

/// <summary>Names the causes: confirmed ones from the rules that hold, possible ones from what is unknown and from the reply.</summary>
internal sealed class CauseFinder(Findings findings)
{
    public IReadOnlyList<Cause> Find()
    {
        var ofRules = findings.Results
            .Where(result => findings.Route.Gates.Contains(result.Rule.Gate)
                && (result.Outcome == RuleOutcome.Matched || (result.Outcome is RuleOutcome.Unknown or RuleOutcome.Faulted && !result.IsMoot)))
            .Select(result => new Cause(
                result.Rule.Id, result.Rule.Cause, result.Rule.Gate, result.Outcome == RuleOutcome.Matched, findings.Explains(result.Rule)))
            .ToList();
        return
        [
            .. ofRules.Concat(OfReply(ofRules))
                .OrderByDescending(cause => cause.Confirmed)
                .ThenBy(cause => cause.Gate)
                .ThenBy(cause => cause.Rule, StringComparer.Ordinal),
        ];
    }

    /// <summary>Decides whether the known facts, or the route, rule a cause out.</summary>
    public bool IsRuledOut(string label)
    {
        if (findings.Pack.RouteCauses.Any(entry => entry.Causes.Contains(label) && !entry.Routes.Contains(findings.Route.Route)))
        {
            return true;
        }

        var about = findings.Results
            .Where(result => (result.Rule.Cause == label && result.Rule.SettlesCause) || result.Rule.AlsoSettles.Contains(label))
            .ToList();
        return about.Count > 0 && about.TrueForAll(result => result.Outcome == RuleOutcome.NotMatched);
    }

    // What only the reply tells: causes that no rule named and no fact rules out.
    private IEnumerable<Cause> OfReply(IReadOnlyList<Cause> named) =>
        from signature in findings.Signature is { } known ? [known] : Array.Empty<ReplySignature>()
        from candidate in signature.Causes
        let gate = signature.Gate ?? findings.Reply!.Gate
        where gate is not null && !IsSpokenFor(candidate.Cause, named) && !IsRuledOut(candidate.Cause)
        select new Cause(signature.Id, candidate.Cause, gate.Value, false, true);

    // A rule that settles a cause speaks for it, whatever the rule found.
    private bool IsSpokenFor(string label, IReadOnlyList<Cause> named) => named.Any(cause => cause.Label == label)
        || findings.Results.Any(result => result.Rule.AlsoSettles.Contains(label));
}
