using System.Text.Json.Nodes;
using CsCheck;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

public class UndoTests
{
    private readonly SkippingTime _time = new();
    private readonly SmallTenant _tenant = new();
    private readonly InMemoryRunJournal _journal;

    public UndoTests() => _journal = new(_time);

    [Fact]
    public async Task Undo_goes_backwards_and_restores_null_and_removes_what_was_created()
    {
        var before = _tenant.Snapshot;
        await ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.CreatePolicy(), SomePlan.EnablePolicy()));
        _tenant.Writes.Clear();

        var report = await Runner().UndoAsync("r1").ReportAsync();

        (report.Outcome, report.UndoOf).Should().Be((RunOutcome.Observed, "r1"), report.Why);
        _tenant.Writes.Should().Equal(
            "PATCH /identity/conditionalAccess/policies/policy-1 {\"state\":\"enabledForReportingButNotEnforced\"}",
            "DELETE /identity/conditionalAccess/policies/policy-1 ",
            "Set-CASMailbox {\"Identity\":\"printer@contoso.example\",\"SmtpClientAuthenticationDisabled\":null}");
        _tenant.Snapshot.Should().Be(before);
    }

    [Fact]
    public async Task The_undo_can_be_seen_before_it_runs_and_survives_as_JSON()
    {
        await ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.CreatePolicy()));
        var writes = _tenant.Writes.Count;

        var plan = await Runner().PlanUndoAsync("r1", default);

        plan!.Steps.Select(step => (step.Id, ThreeWayDifference.Show(step.After))).Should().Equal(("undo-s5", "null"), ("undo-s1", "null"));
        plan.Steps[1].PowerShell.Should().Be(
            "Set-CASMailbox -Identity:'printer@contoso.example' -SmtpClientAuthenticationDisabled:$null");
        plan.ApprovalRequired.Should().BeFalse();
        PlanHash.Compute(PlanJson.Read(PlanJson.Write(plan))).Should().Be(PlanHash.Compute(plan));
        _tenant.Writes.Should().HaveCount(writes);
    }

    [Fact]
    public async Task Undo_refuses_where_someone_changed_the_value_since()
    {
        await ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch()));
        _tenant.Set(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled", true);
        _tenant.Writes.Clear();

        var events = await Runner().UndoAsync("r1").ToListAsync();

        events.OfType<RunEvent.PreflightRefused>().Single().Refusals.Single().Difference!.ToString().Should()
            .Be("undo-s1 (set-mailbox-switch): planned before false, now true, planned after null");
        _tenant.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Undo_refuses_to_remove_a_created_object_that_someone_extended()
    {
        await ApplyAsync(SomePlan.With(SomePlan.CreatePolicy()));
        _tenant.Policies[0]!["modifiedDateTime"] = "2026-11-25T12:34:56Z";
        (await Runner().UndoAsync("r1", new() { RunId = "clock only" }).ToListAsync())
            .OfType<RunEvent.PreflightRefused>().Should().BeEmpty();

        await ApplyAsync(SomePlan.With(SomePlan.CreatePolicy()), "r2");
        _tenant.Policies[0]!["id"] = "another";
        (await Runner().UndoAsync("r2").ToListAsync()).OfType<RunEvent.PreflightRefused>().Single()
            .Refusals.Single().Kind.Should().Be(RefusalKind.Drift);
    }

    [Fact]
    public async Task What_was_already_so_before_the_run_is_left_alone()
    {
        _tenant.Set(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled", false);
        await ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch()));

        await Runner().UndoAsync("r1").ReportAsync();

        _tenant.Get(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled")!.GetValue<bool>().Should().BeFalse();
        _tenant.Get(AnswerNames.TransportConfig, "SmtpClientAuthenticationDisabled")!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_said()
    {
        await ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch() with { Undo = null }, SomePlan.OrganizationSwitch()));

        var plan = await Runner().PlanUndoAsync("r1", default);

        (plan!.Complete, plan.Steps.Count, plan.Withheld.Single().Reason).Should().Be((false, 1, "irreversible"));
    }

    [Fact]
    public async Task A_stale_read_is_not_taken_for_a_run_already_taken_back()
    {
        var before = _tenant.Snapshot;
        _tenant.StaleReads = 3;
        await ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), wait: TimeSpan.Zero);

        var report = await Runner().UndoAsync("r1").ReportAsync();

        report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
        _tenant.Snapshot.Should().Be(before);
    }

    [Fact]
    public async Task A_run_is_taken_back_once_and_an_undo_not_at_all()
    {
        await ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()));
        await Runner().UndoAsync("r1", new() { RunId = "u1" }).ReportAsync();

        (await Runner().UndoAsync("r1").ReportAsync()).Why.Should().StartWith("Run r1 was taken back by run u1.");
        (await Runner().ResumeAsync("r1").ReportAsync()).Why.Should().StartWith("Run r1 was taken back by run u1.");
        (await Runner().UndoAsync("u1").ReportAsync()).Why.Should().StartWith("Run u1 itself takes back run r1.");
        (await Runner().UndoAsync("nope").ReportAsync()).Why.Should().StartWith("The journal has no run 'nope'.");
    }

    [Fact]
    public void Apply_and_undo_together_change_nothing() =>
        Gen.Select(RandomPlans.Any, Gen.Enum<Fault>().Array[0, 3], Gen.Int[0, 6]).Sample(
            (start, faults, stale) =>
            {
                var time = new SkippingTime();
                var tenant = start.Tenant();
                tenant.StaleReads = stale;
                foreach (var fault in faults)
                {
                    tenant.Faults.Enqueue(fault);
                }

                var before = tenant.Snapshot;
                var runner = new PlanRunner([tenant], [tenant], new InMemoryRunJournal(time), time: time);
                runner.ApplyAsync(start.Plan, start.Plan.Approve(), new() { RunId = "r1" }).ReportAsync().GetAwaiter().GetResult();
                tenant.Faults.Clear();
                var undo = runner.UndoAsync("r1").ReportAsync().GetAwaiter().GetResult();

                undo.Outcome.Should().Be(RunOutcome.Observed, undo.Why);
                tenant.Snapshot.Should().Be(before);
            },
            iter: 200);

    private PlanRunner Runner() => new([_tenant], [_tenant], _journal, time: _time);

    private async Task ApplyAsync(RemediationPlan plan, string runId = "r1", TimeSpan? wait = null)
    {
        var report = await Runner().ApplyAsync(plan, null, new() { RunId = runId, Wait = wait }).ReportAsync();
        report.Outcome.Should().NotBe(RunOutcome.Stopped, report.Why);
    }
}
