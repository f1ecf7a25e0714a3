using System.Text.Json.Nodes;
using CsCheck;
using SmtpAuth.Diagnoses;
using SmtpAuth.Planning;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Planning;

public sealed class PlanningLaws
{
    private const int Tenants = 200;

    private static readonly PlannerOptions EveryRisk = new()
    {
        AcceptedRisks = [.. RulePack.Embedded.Risks.Select(risk => risk.Name)],
        Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Some.Now),
    };

    [Fact]
    public void The_diagnosis_names_the_closed_gates_that_the_reference_names() =>
        RandomTenant.Any.Sample(
            tenant => SomeTenant.Diagnose(tenant.Answers()).Closed().SequenceEqual(ReferenceGatekeeper.ClosedGates(tenant.Answers())),
            iter: 1000, print: tenant => tenant.ToString());

    [Fact]
    public void With_every_risk_accepted_the_plan_is_complete_and_the_reference_lets_the_sender_through() =>
        RandomTenant.Any.Sample(
            tenant =>
            {
                var plan = SomeTenant.Plan(tenant.Answers(), options: EveryRisk);
                return plan.Complete && ReferenceGatekeeper.ClosedGates(Apply(tenant.Answers(), plan.Steps)).Length == 0;
            },
            iter: Tenants);

    [Fact]
    public void Without_accepted_risks_a_plan_is_complete_only_where_the_reference_lets_the_sender_through() =>
        RandomTenant.Any.Sample(
            tenant =>
            {
                var plan = SomeTenant.Plan(tenant.Answers());
                return plan.Steps.All(step => step.Risk is null)
                    && plan.Complete == (ReferenceGatekeeper.ClosedGates(Apply(tenant.Answers(), plan.Steps)).Length == 0)
                    && plan.Complete == (plan.Withheld.Count == 0);
            },
            iter: Tenants);

    [Fact]
    public void Without_any_one_of_its_steps_a_complete_plan_leaves_the_sender_stopped() =>
        RandomTenant.Any.Sample(
            tenant =>
            {
                var plan = SomeTenant.Plan(tenant.Answers(), options: EveryRisk);
                return plan.Steps.All(left => SomeTenant.Diagnose(Apply(tenant.Answers(), plan.Steps.Where(step => step != left))).Verdict != Verdict.Open);
            },
            iter: Tenants);

    [Fact]
    public void Nothing_changes_but_the_values_that_the_steps_observe() =>
        RandomTenant.Any.Sample(
            tenant =>
            {
                var answers = tenant.Answers();
                var plan = SomeTenant.Plan(answers, options: EveryRisk);
                var back = plan.Steps.Reverse().Aggregate(
                    Apply(answers, plan.Steps), (changed, step) => ObservedValues.Predict(changed, plan.Submission, step.Observes, step.Before));
                return answers.Names.All(name => JsonNode.DeepEquals(
                    JsonNode.Parse(answers[name].Content!.Value.GetRawText()), JsonNode.Parse(back[name].Content!.Value.GetRawText())));
            },
            iter: Tenants);

    [Fact]
    public void Hiding_an_answer_never_opens_a_closed_gate_nor_closes_an_open_one() =>
        Gen.Select(RandomTenant.Any, RandomTenant.OneOf(RandomTenant.Varied)).Sample(
            (tenant, hidden) =>
            {
                var whole = SomeTenant.Diagnose(tenant.Answers());
                var part = SomeTenant.Diagnose(tenant.Answers().Without(hidden));
                return whole.Gates.Zip(part.Gates).All(pair => pair.First.Status == pair.Second.Status || pair.Second.Status == GateStatus.Unknown)
                    && (whole.Verdict == part.Verdict || part.Verdict == Verdict.Unknown);
            },
            iter: 1000);

    [Fact]
    public void Hiding_an_answer_never_plans_a_step_from_a_value_that_is_not_known() =>
        Gen.Select(RandomTenant.Any, RandomTenant.OneOf(RandomTenant.Varied)).Sample(
            (tenant, hidden) =>
            {
                var answers = tenant.Answers().Without(hidden);
                var plan = SomeTenant.Plan(answers, options: EveryRisk);
                return plan.Steps.All(step => step.Observes.Answer != hidden
                        && ObservedValues.Read(answers, plan.Submission, step.Observes) is { IsKnown: true } now
                        && JsonNode.DeepEquals(now.Value, step.Before))
                    && (!plan.Complete || ReferenceGatekeeper.ClosedGates(Apply(tenant.Answers(), plan.Steps)).Length == 0);
            },
            iter: Tenants);

    [Fact]
    public void The_same_tenant_gives_the_same_plan() =>
        RandomTenant.Any.Sample(
            tenant => PlanJson.Write(SomeTenant.Plan(tenant.Answers(), options: EveryRisk))
                == PlanJson.Write(SomeTenant.Plan(tenant.Answers(), options: EveryRisk)),
            iter: 50);

    [Fact]
    public void The_order_of_the_rules_does_not_matter()
    {
        var reversed = Reversed();
        RandomTenant.Any.Sample(
            tenant =>
            {
                var state = TenantState.From(tenant.Answers(), SomeTenant.Printer, Some.Now);
                var (one, other) = (new Diagnoser().Diagnose(null, state), new Diagnoser(reversed).Diagnose(null, state));
                var (plan, otherPlan) = (new Planner().Plan(one, state, tenant.Answers(), EveryRisk), new Planner(reversed).Plan(other, state, tenant.Answers(), EveryRisk));
                return one.Gates.Select(gate => (gate.Gate, gate.Status)).SequenceEqual(other.Gates.Select(gate => (gate.Gate, gate.Status)))
                    && one.WillFailNext.SequenceEqual(other.WillFailNext)
                    && one.Causes.Select(cause => cause.Label).SequenceEqual(other.Causes.Select(cause => cause.Label))
                    && plan.Steps.Select(step => (step.Id, step.Operation)).SequenceEqual(otherPlan.Steps.Select(step => (step.Id, step.Operation)));
            },
            iter: 100);
    }

    private static TenantAnswers Apply(TenantAnswers answers, IEnumerable<PlanStep> steps) =>
        steps.Aggregate(answers, (changed, step) => ObservedValues.Predict(changed, SomeTenant.Printer, step.Observes, step.After));

    // The embedded rules under ids that sort the other way round.
    private static RulePack Reversed()
    {
        var rules = RulePack.Embedded.Rules;
        var files = rules.Select((rule, index) => new KeyValuePair<string, string>(
            $"rules/{rule.Id}.json",
            Resource($"Pack/rules/{rule.Id}.json").Replace($"\"id\": \"{rule.Id}\"", $"\"id\": \"Z{999 - index}\"", StringComparison.Ordinal)));
        var disabled = $$"""{ "formatVersion": 1, "version": "1", "disabled": [ {{string.Join(", ", rules.Select(rule => $"\"{rule.Id}\""))}} ] }""";
        return RulePack.Embedded.With("reversed", [.. files, new("pack.json", disabled)]);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(RulePack).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
