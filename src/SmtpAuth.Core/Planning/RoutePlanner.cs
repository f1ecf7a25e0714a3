using SmtpAuth.Diagnoses;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Finds the steps of least security cost that open every closed gate of one route, and checks them on the predicted answers.</summary>
internal sealed class RoutePlanner
{
    // Opening one gate can show that another is closed, such as Conditional Access behind security defaults.
    private const int MostRounds = 4;

    private readonly RulePack _pack;
    private readonly Diagnoser _diagnoser;
    private readonly RuleEngine _engine;
    private readonly string _language;
    private readonly IReadOnlyCollection<string> _acceptedRisks;
    private readonly TenantAnswers _answers;
    private readonly Submission _submission;
    private readonly DateTimeOffset _asOf;

    private readonly List<StepDraft> _drafts = [];
    private readonly List<WithheldStep> _withheld = [];
    private readonly HashSet<string> _settledRules = new(StringComparer.Ordinal);

    public RoutePlanner(
        RulePack pack, string language, IReadOnlyCollection<string> acceptedRisks, TenantAnswers answers, Submission submission, DateTimeOffset asOf)
    {
        _pack = pack;
        _language = language;
        _diagnoser = new(pack, language);
        _engine = new(pack);
        _acceptedRisks = acceptedRisks;
        _answers = answers;
        _submission = submission;
        _asOf = asOf;
    }

    public RouteDraft Plan()
    {
        if (_pack.FindRoute(_submission.Route) is not { IsPlannable: true } route)
        {
            return new(_submission.Route, [], [new(null, null, "not-planned", _pack.Phrase("alternative-not-planned", _language))], false);
        }

        for (var round = 0; round < MostRounds && PlanRound(); round++)
        {
        }

        RemoveNeedless();
        var predicted = _diagnoser.Diagnose(null, State(_drafts));
        ReportUnknown(predicted);
        ReportClosed(predicted, route);
        return new(_submission.Route, InOrder(), _withheld, predicted.Verdict == Verdict.Open && _withheld.Count == 0);
    }

    private bool PlanRound()
    {
        var answers = Predict(_drafts);
        var state = TenantState.From(answers, _submission, _asOf);
        var gates = _pack.FindRoute(_submission.Route)!.Gates;
        var rules = _engine.Evaluate(state)
            .Where(result => result.Outcome == RuleOutcome.Matched && gates.Contains(result.Rule.Gate) && _settledRules.Add(result.Rule.Id))
            .Select(result => result.Rule).ToList();
        if (rules.Count == 0)
        {
            return false;
        }

        var factory = new StepFactory(_pack, _language, answers, state);
        var remedies = rules.Select(rule => new RuleRemedies(
            rule, Options(rule, factory), _pack.Phrase("withheld-no-remedy", _language, rule.NoRemedy?.In(_language) ?? ""))).ToList();
        foreach (var hopeless in remedies.Where(candidate => candidate.Options.Count == 0))
        {
            _withheld.AddRange(hopeless.Withheld);
        }

        foreach (var draft in CheapestCombination.Of([.. remedies.Where(candidate => candidate.Options.Count > 0).Select(candidate => candidate.Options)]))
        {
            if (_drafts.TrueForAll(other => other.Key != draft.Key))
            {
                _drafts.Add(draft);
            }
        }

        return true;
    }

    private List<Proposal> Options(Rule rule, StepFactory factory) =>
        [.. rule.Remedies.Select(remedy => Join(remedy, factory))];

    private Proposal Join(IReadOnlyList<string> remedy, StepFactory factory)
    {
        var parts = new List<Proposal>();
        foreach (var id in remedy)
        {
            if (_pack.FindOperation(id) is not { } operation)
            {
                return Proposal.Not(new WithheldStep(id, null, "disabled", $"{id}: {_pack.Disabled[id]}"));
            }

            var proposal = factory.Propose(operation);
            parts.Add(proposal.Withheld.Count == 0 && proposal.Drafts.Count > 0 && operation.Risk is { } risk && !_acceptedRisks.Contains(risk)
                ? Proposal.Not(AskFor(risk, operation, proposal.Drafts))
                : proposal);
        }

        return new([.. parts.SelectMany(part => part.Drafts)], [.. parts.SelectMany(part => part.Withheld)]);
    }

    private WithheldStep AskFor(string risk, OperationDefinition operation, IReadOnlyList<StepDraft> drafts)
    {
        var what = string.Join(" ", drafts.Select(draft => draft.Step.Summary[_language == LanguageText.Romanian ? _language : "en"]));
        var lost = _pack.FindRisk(risk)?.Text.In(_language) ?? "";
        return new(operation.Id, risk, null, _pack.Phrase("withheld-risk", _language, risk, $"{what} {lost}", operation.Instead?.In(_language) ?? ""));
    }

    // A step without which nothing more is closed is not needed; the dearest are tried first. A step for one element of a list
    // is needed by itself: its element alone closes the gate.
    private void RemoveNeedless()
    {
        var closed = Closed(_drafts);
        foreach (var draft in _drafts.Where(draft => draft.Operation.Template.EachIn is null)
            .OrderByDescending(draft => draft.Operation.SecurityCost).ThenBy(draft => draft.Key, StringComparer.Ordinal).ToList())
        {
            var without = _drafts.FindAll(other => !ReferenceEquals(other, draft));
            if (Closed(without).SetEquals(closed))
            {
                _drafts.Remove(draft);
            }
        }
    }

    private HashSet<string> Closed(List<StepDraft> drafts) =>
        [.. _engine.Evaluate(State(drafts)).Where(result => result.Outcome != RuleOutcome.NotMatched).Select(result => $"{result.Rule.Id} {result.Outcome}")];

    private void ReportUnknown(Diagnosis predicted)
    {
        var known = _withheld.Select(step => step.Why).ToList();
        foreach (var missing in predicted.Gates.Where(GateJudge.LeavesAnswerOpen).SelectMany(gate => gate.Missing)
            .GroupBy(fact => fact.Fact, StringComparer.Ordinal).Select(group => group.First()))
        {
            if (!known.Exists(why => why.Contains(missing.Fact, StringComparison.Ordinal)))
            {
                _withheld.Add(new(null, null, "unknown-facts", _pack.Phrase("withheld-unknown", _language, missing.Fact, missing.Reason, missing.How.TrimEnd('.'))));
            }
        }
    }

    private void ReportClosed(Diagnosis predicted, RouteDefinition route)
    {
        if (_withheld.Count == 0)
        {
            _withheld.AddRange(predicted.Gates
                .Where(gate => route.Gates.Contains(gate.Gate) && gate.Status == GateStatus.Closed)
                .Select(gate => new WithheldStep(null, null, "not-opened", _pack.Phrase("withheld-not-opened", _language, gate.Gate.ToName()))));
        }
    }

    private List<PlanStep> InOrder()
    {
        var ordered = _drafts.OrderBy(draft => draft.Operation.Order).ThenBy(draft => draft.Key, StringComparer.Ordinal).ToList();
        var ids = ordered.Select((_, index) => $"s{index + 1}").ToList();
        return
        [
            .. ordered.Select((draft, index) => draft.Step with
            {
                Id = ids[index],
                DependsOn = [.. ordered.Select((other, at) => (other.Operation.Id, At: at))
                    .Where(other => draft.Operation.DependsOn.Contains(other.Id)).Select(other => ids[other.At])],
            }),
        ];
    }

    private TenantAnswers Predict(IEnumerable<StepDraft> drafts) =>
        drafts.Aggregate(_answers, (answers, draft) => draft.Apply(answers, _submission));

    private TenantState State(IEnumerable<StepDraft> drafts) => TenantState.From(Predict(drafts), _submission, _asOf);
}
