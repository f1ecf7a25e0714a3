using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Diagnoses;

/// <summary>Finds where the reply and the state cannot both be right.</summary>
internal sealed class ContradictionFinder(Findings findings, CauseFinder causes)
{
    private const string Likely = "likely";

    public IReadOnlyList<Contradiction> Find(IReadOnlyList<GateVerdict> verdicts)
    {
        if (findings.Reply is not { } reply)
        {
            return [];
        }

        var found = new List<Contradiction>();
        if (NothingExplains(reply.Condition) is { } gate)
        {
            found.Add(new(gate, findings.Phrase("contradiction-open", JsonMembers.OneLine(reply.Text))));
        }

        var passed = findings.Pack.PassedGates.Where(entry => entry.Conditions.Contains(reply.Condition)).SelectMany(entry => entry.Gates);
        found.AddRange(verdicts
            .Where(verdict => verdict.Status == GateStatus.Closed && passed.Contains(verdict.Gate))
            .Select(verdict => new Contradiction(verdict.Gate, findings.Phrase("contradiction-passed", JsonMembers.OneLine(reply.Text)))));
        return [.. found.OrderBy(contradiction => contradiction.Gate)];
    }

    // The server says what only the tenant's state can make it say, and every known fact is against it.
    private Gate? NothingExplains(string condition)
    {
        var sayers = findings.Results.Where(result => result.Rule.SaidBy.Contains(condition)).ToList();
        if (sayers.Count == 0 || sayers.Exists(result => result.Outcome != RuleOutcome.NotMatched))
        {
            return null;
        }

        var all = findings.Signature?.Causes ?? [];
        var telling = all.Where(cause => cause.Likelihood == Likely).ToList();
        var isRuledOut = (telling.Count > 0 ? telling : all).Count > 0
            && (telling.Count > 0 ? telling : all).All(cause => causes.IsRuledOut(cause.Cause));
        return isRuledOut ? findings.Reply!.Gate ?? sayers[0].Rule.Gate : null;
    }
}
