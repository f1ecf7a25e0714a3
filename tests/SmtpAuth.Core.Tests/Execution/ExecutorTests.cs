using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

public class ExecutorTests
{
    private readonly SkippingTime _time = new();
    private readonly SmallTenant _tenant = new();

    [Fact]
    public async Task What_a_person_does_by_hand_is_verified_by_reading()
    {
        var prompt = new Prompt(step =>
        {
            step.Portal["en"].Should().Equal("Click.", "Save.");
            _tenant.Set(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled", false);
            return true;
        });

        var report = await ApplyAsync(prompt);

        (report.Outcome, _tenant.Writes.Count).Should().Be((RunOutcome.Observed, 0));
    }

    [Fact]
    public async Task Who_says_done_and_did_nothing_gets_no_further_than_applied() =>
        (await ApplyAsync(new Prompt(_ => true))).Outcome.Should().Be(RunOutcome.Applied);

    [Fact]
    public async Task Who_declines_stops_the_run()
    {
        var report = await ApplyAsync(new Prompt(_ => false));

        (report.Outcome, report.Why).Should().Be((RunOutcome.Stopped, "Step s1 was refused: The person did not make the change."));
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public void A_person_takes_what_no_interface_does_or_everything(bool everyStep, bool cmdlet, bool manual)
    {
        var executor = new ManualExecutor(new Prompt(_ => true), everyStep);

        (executor.CanExecute(SomePlan.MailboxSwitch().Action), executor.CanExecute(new StepAction.Manual())).Should().Be((cmdlet, manual));
    }

    [Fact]
    public async Task A_preview_checks_everything_shows_the_calls_and_writes_nowhere()
    {
        var journal = new InMemoryRunJournal(_time);
        var runner = new PlanRunner([_tenant], [_tenant], journal, time: _time);
        var before = _tenant.Snapshot;

        var events = await runner.PreviewAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.CreatePolicy()), null).ToListAsync();

        events.OfType<RunEvent.PreflightPassed>().Should().ContainSingle();
        events.OfType<RunEvent.StepPreviewed>().Select(step => step.Request).Should().Equal(
            "Set-CASMailbox\n{\"Identity\":\"printer@contoso.example\",\"SmtpClientAuthenticationDisabled\":false}",
            "POST /v1.0/identity/conditionalAccess/policies\n{\"displayName\":\"Block legacy except printer\",\"state\":\"enabledForReportingButNotEnforced\"}");
        (events.Report().Preview, events.Report().Refused).Should().Be((true, false));
        _tenant.Snapshot.Should().Be(before);
        (await journal.ReadHeadAsync(default)).Should().Be(AuditHead.Empty);
    }

    [Fact]
    public async Task A_preview_of_a_plan_that_would_be_refused_says_so()
    {
        _tenant.Set(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled", true);

        var events = await new PlanRunner([_tenant], [_tenant], new InMemoryRunJournal(_time), time: _time)
            .PreviewAsync(SomePlan.With(SomePlan.MailboxSwitch()), null).ToListAsync();

        events.OfType<RunEvent.PreflightRefused>().Single().Refusals.Single().Kind.Should().Be(RefusalKind.Drift);
        events.Report().Refused.Should().BeTrue();
    }

    private Task<RunReport> ApplyAsync(IStepPrompt prompt) =>
        new PlanRunner([_tenant], [new ManualExecutor(prompt, everyStep: true)], new InMemoryRunJournal(_time), time: _time)
            .ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null).ReportAsync();

    private sealed class Prompt(Func<PlanStep, bool> ask) : IStepPrompt
    {
        public Task<bool> AskAsync(PlanStep step, CancellationToken cancellationToken) => Task.FromResult(ask(step));
    }
}
