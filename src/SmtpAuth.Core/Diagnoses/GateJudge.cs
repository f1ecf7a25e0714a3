using SmtpAuth.Rules;

namespace SmtpAuth.Diagnoses;

/// <summary>Gives the verdict on one gate: closed where a rule holds, open where every rule is known not to, unknown otherwise.</summary>
internal sealed class GateJudge(Findings findings)
{
    public GateVerdict Judge(Gate gate)
    {
        if (!findings.Route.Gates.Contains(gate))
        {
            return Verdict(gate, GateStatus.NotOnRoute, [], findings.Phrase("gate-not-on-route"));
        }

        var results = findings.Results.Where(result => result.Rule.Gate == gate).ToList();
        var matched = Of(results, RuleOutcome.Matched);
        if (matched.Count > 0)
        {
            var why = string.Join(" ", matched.Select(result => result.Rule.TextIn(findings.Language).What).Distinct());
            return Verdict(gate, GateStatus.Closed, matched, why) with { Evidence = GateEvidence.Of(findings.Bindings, matched) };
        }

        var doubtful = results.Where(result => result.Outcome is RuleOutcome.Unknown or RuleOutcome.Faulted).ToList();
        return doubtful.Count > 0 ? Doubtful(gate, doubtful)
            : IsDecidedByAttempt(gate) ? Attempted(gate)
            : Verdict(gate, GateStatus.Open, [], findings.Phrase("gate-open")) with { Evidence = GateEvidence.Of(findings.Bindings, results) };
    }

    /// <summary>Decides whether an unknown verdict leaves the whole answer unknown.</summary>
    public static bool LeavesAnswerOpen(GateVerdict verdict) => verdict.Status == GateStatus.Unknown && verdict.Rules.Count > 0;

    // On some routes no rule speaks about a gate that the tenant decides on others, such as what a user's token allows.
    private bool IsDecidedByAttempt(Gate gate) => findings.Pack.FindGate(gate)?.IsDecidedByAttempt == true
        || !findings.Pack.Rules.Any(rule => rule.Gate == gate && rule.Routes.Contains(findings.Route.Route));

    // Usable as an explanation only: the gate may have been closed since.
    private bool WasPassed(Gate gate) => findings.Reply is { } reply
        && findings.Pack.PassedGates.Any(entry => entry.Conditions.Contains(reply.Condition) && entry.Gates.Contains(gate));

    private GateVerdict Doubtful(Gate gate, List<RuleResult> doubtful)
    {
        var missing = doubtful
            .SelectMany(result => result.Unknowns.Select(name => (Name: name, Reason: result.Reason(name))))
            .GroupBy(unknown => unknown.Name, StringComparer.Ordinal)
            .Select(group => new MissingFact(group.Key, group.First().Reason, FactGuide.How(group.Key)))
            .OrderBy(fact => FactGuide.Cost(fact.Fact)).ThenBy(fact => fact.Fact, StringComparer.Ordinal)
            .ToList();
        var fault = doubtful.Find(result => result.Outcome == RuleOutcome.Faulted);
        var why = fault is not null ? findings.Phrase("gate-faulted", fault.Rule.Id, fault.Fault!)
            : doubtful.TrueForAll(result => result.IsMoot) ? findings.Phrase("gate-moot", missing[0].Fact, doubtful[0].Rule.Moot!.Why.In(findings.Language))
            : findings.Phrase("gate-unknown", missing[0].Fact, missing[0].Reason);
        if (WasPassed(gate))
        {
            why += " " + findings.Phrase("gate-passed");
        }

        return Verdict(gate, GateStatus.Unknown, doubtful, why) with
        {
            Missing = missing,
            Evidence = GateEvidence.Of(findings.Bindings, doubtful),
        };
    }

    // Nothing in the tenant closes the gate, and only an attempt shows whether it is open.
    private GateVerdict Attempted(Gate gate)
    {
        var definition = findings.Pack.FindGate(gate);
        var open = definition?.OpenWhen?.Evaluate(findings.Bindings);
        if (open?.IsTrue == true)
        {
            return Verdict(gate, GateStatus.Open, [], findings.Phrase("gate-open")) with
            {
                Evidence = GateEvidence.Of(findings.Bindings, definition!.OpenWhen!.Variables),
            };
        }

        var missing = open is { IsUnknown: true } unknown ? unknown.AsUnknown().Names : [];
        return Verdict(gate, GateStatus.Unknown, [], missing.Count > 0
            ? findings.Phrase("gate-unknown", missing[0], findings.Bindings.Reason(missing[0]))
            : definition?.Why?.In(findings.Language) ?? findings.Phrase("gate-open")) with
        {
            Missing = [.. missing.Select(name => new MissingFact(name, findings.Bindings.Reason(name), FactGuide.How(name)))],
        };
    }

    private static List<RuleResult> Of(List<RuleResult> results, RuleOutcome outcome) => results.FindAll(result => result.Outcome == outcome);

    private static GateVerdict Verdict(Gate gate, GateStatus status, List<RuleResult> by, string why) =>
        new() { Gate = gate, Status = status, Rules = [.. by.Select(result => result.Rule.Id)], Why = why };
}
