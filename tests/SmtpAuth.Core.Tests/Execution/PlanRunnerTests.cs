using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

public class PlanRunnerTests
{
    private readonly SkippingTime _time = new();
    private readonly SmallTenant _tenant = new();
    private readonly InMemoryRunJournal _journal;

    public PlanRunnerTests() => _journal = new(_time);

    [Fact]
    public async Task A_run_says_what_it_does_in_order()
    {
        var events = await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null).ToListAsync();

        events.Select(next => next.GetType().Name).Should().Equal(
            "RunStarted", "PreflightPassed", "StepStarted", "StepIntended", "StepAccepted", "ReadBack", "RunFinished");
        events.Report().Outcome.Should().Be(RunOutcome.Observed);
        _tenant.Get(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled")!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task The_intent_is_on_record_before_the_call_and_the_outcome_after_it()
    {
        List<string>? kindsAtCall = null;
        _tenant.BeforeWrite = _ => kindsAtCall = Kinds("r1");

        await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null, new() { RunId = "r1" }).ReportAsync();

        kindsAtCall.Should().Equal("run-started", "preflight-passed", "step-intended");
        Kinds("r1").Should().Equal(
            "run-started", "preflight-passed", "step-intended", "step-settled", "step-read-back", "run-finished");
    }

    [Fact]
    public async Task A_value_that_is_already_there_counts_as_done_and_is_not_written()
    {
        _tenant.Set(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled", false);

        var report = await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null).ReportAsync();

        (report.Outcome, report.Steps[0].State).Should().Be((RunOutcome.Observed, StepState.AlreadySatisfied));
        _tenant.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task Steps_run_after_those_they_depend_on_and_get_what_those_created()
    {
        var report = await Runner().ApplyAsync(SomePlan.With(SomePlan.EnablePolicy(), SomePlan.CreatePolicy()), null).ReportAsync();

        report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
        _tenant.Policies.Single()!["state"]!.ToString().Should().Be("enabled");
        _tenant.Writes[1].Should().StartWith("PATCH /identity/conditionalAccess/policies/policy-1 ");
    }

    public static TheoryData<Fault, RunOutcome, StepState, int> Answers => new()
    {
        // fault of the first call => outcome, state of the step, writes
        { Fault.None, RunOutcome.Observed, StepState.Observed, 1 },
        { Fault.LostBeforeWrite, RunOutcome.Observed, StepState.Observed, 1 },
        { Fault.LostAfterWrite, RunOutcome.Observed, StepState.Observed, 1 },
        { Fault.ThrowsAfterWrite, RunOutcome.Observed, StepState.Observed, 1 },
        { Fault.Refused, RunOutcome.Stopped, StepState.Stopped, 0 },
        { Fault.RefusedForPermission, RunOutcome.Stopped, StepState.Stopped, 0 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_decides_or_a_read_decides_but_never_a_guess(Fault fault, RunOutcome outcome, StepState state, int writes)
    {
        _tenant.Faults.Enqueue(fault);

        var report = await Runner().ApplyAsync(SomePlan.With(SomePlan.CreatePolicy()), null).ReportAsync();

        (report.Outcome, report.Steps[0].State, _tenant.Writes.Count).Should().Be((outcome, state, writes));
    }

    [Theory]
    [InlineData(Fault.None)]
    [InlineData(Fault.LostAfterWrite)]
    [InlineData(Fault.ThrowsAfterWrite)]
    public async Task Stale_reads_after_a_write_never_lead_to_a_second_write(Fault fault)
    {
        _tenant.StaleReads = 8;
        _tenant.Faults.Enqueue(fault);

        var report = await Runner().ApplyAsync(SomePlan.With(SomePlan.CreatePolicy()), null).ReportAsync();

        (report.Outcome, _tenant.Writes.Count).Should().Be((RunOutcome.Observed, 1));
        _time.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_call_that_is_lost_again_and_again_stops_the_run_after_the_allowed_attempts()
    {
        _tenant.Faults.Enqueue(Fault.LostBeforeWrite);
        _tenant.Faults.Enqueue(Fault.LostBeforeWrite);
        _tenant.Faults.Enqueue(Fault.LostBeforeWrite);

        var report = await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch()), null).ReportAsync();

        (report.Outcome, _tenant.Faults.Count, _tenant.Writes.Count).Should().Be((RunOutcome.Stopped, 1, 0));
        report.Why.Should().Contain("attempted 2 times");
        report.Steps[1].State.Should().Be(StepState.Pending);
    }

    [Fact]
    public async Task A_refused_step_stops_the_run_before_later_steps()
    {
        _tenant.Faults.Enqueue(Fault.RefusedForPermission);

        var events = await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch()), null).ToListAsync();

        events.OfType<RunEvent.StepStopped>().Single().Should().Match<RunEvent.StepStopped>(stop => stop.StepId == "s1" && stop.MissingPermission);
        events.Report().Why.Should().Be("Step s1 was refused: The role is missing.");
        _tenant.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_value_changed_between_preflight_and_write_is_not_overwritten()
    {
        _tenant.BeforeWrite = _ => _tenant.Set(AnswerNames.TransportConfig, "SmtpClientAuthenticationDisabled", null);

        var events = await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch()), null).ToListAsync();

        events.OfType<RunEvent.StepStopped>().Single().Difference!.Now.Should().BeNull();
        events.Report().Outcome.Should().Be(RunOutcome.Stopped);
        _tenant.Writes.Should().ContainSingle().Which.Should().StartWith("Set-CASMailbox");
    }

    [Fact]
    public async Task An_accepted_write_that_cannot_be_read_back_yet_is_applied_and_not_observed()
    {
        _tenant.StaleReads = int.MaxValue;

        var report = await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null).ReportAsync();

        (report.Outcome, report.Steps[0].State).Should().Be((RunOutcome.Applied, StepState.Accepted));
        report.Why.Should().Be("Step s1 was accepted, but reads still show the old value.");
    }

    [Fact]
    public async Task A_step_does_not_run_on_one_that_was_not_observed()
    {
        _tenant.StaleReads = int.MaxValue;

        var report = await Runner().ApplyAsync(SomePlan.With(SomePlan.CreatePolicy(), SomePlan.EnablePolicy()), null).ReportAsync();

        report.Outcome.Should().Be(RunOutcome.Stopped);
        report.Steps.Select(step => step.State).Should().Equal(StepState.Accepted, StepState.Stopped);
        _tenant.Writes.Should().ContainSingle();
    }

    [Fact]
    public async Task Without_waiting_the_value_is_read_back_once()
    {
        _tenant.StaleReads = int.MaxValue;

        var events = await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null, new() { Wait = TimeSpan.Zero }).ToListAsync();

        events.OfType<RunEvent.ReadBack>().Should().ContainSingle();
        _time.Elapsed.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task Cancelling_lets_the_write_in_flight_finish_puts_it_on_record_and_stops()
    {
        using var cancel = new CancellationTokenSource();
        _tenant.InFlight = _ =>
        {
            cancel.Cancel();
            return Task.CompletedTask;
        };

        var report = await Runner()
            .ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch()), null, new() { RunId = "r1" }, cancel.Token)
            .ReportAsync();

        (report.Outcome, report.Cancelled, report.Steps[0].State).Should().Be((RunOutcome.Stopped, true, StepState.Accepted));
        _tenant.Writes.Should().ContainSingle();
        Kinds("r1").Should().Equal("run-started", "preflight-passed", "step-intended", "step-settled", "run-finished");

        _tenant.InFlight = null;
        var resumed = await Runner().ResumeAsync("r1").ReportAsync();
        (resumed.Outcome, _tenant.Writes.Count).Should().Be((RunOutcome.Observed, 2));
    }

    [Fact]
    public async Task Leaving_the_events_early_stops_the_run_and_gives_the_tenant_free()
    {
        await foreach (var next in Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch()), null))
        {
            if (next is RunEvent.StepIntended)
            {
                break;
            }
        }

        var answer = await _journal.AcquireAsync("domain:contoso.example", "next", TimeSpan.FromMinutes(1), default);
        answer.Should().BeOfType<LeaseAnswer.Granted>();
    }

    [Fact]
    public async Task A_write_that_turns_up_late_is_not_made_again_and_is_taken_back_by_undo()
    {
        // The call is lost, reads show nothing for the whole time of settling, and then the value is there after all.
        var before = _tenant.Snapshot;
        _tenant.Faults.Enqueue(Fault.LostAfterWrite);
        _tenant.StaleReads = int.MaxValue;
        var stopped = await Runner().ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null, new() { RunId = "r1", MaximumAttempts = 1 }).ReportAsync();
        stopped.Outcome.Should().Be(RunOutcome.Stopped);
        _tenant.Settle();

        var report = await Runner().ResumeAsync("r1").ReportAsync();

        (report.Outcome, _tenant.Writes.Count).Should().Be((RunOutcome.Observed, 1));
        await Runner().UndoAsync("r1").ReportAsync();
        _tenant.Snapshot.Should().Be(before);
    }

    [Fact]
    public async Task A_run_id_is_used_once()
    {
        var plan = SomePlan.With(SomePlan.MailboxSwitch());
        await Runner().ApplyAsync(plan, null, new() { RunId = "r1" }).ReportAsync();

        var report = await Runner().ApplyAsync(plan, null, new() { RunId = "r1" }).ReportAsync();

        (report.Refused, report.Why).Should().Be((true, "The journal already has a run 'r1'. Resume it, or give the new run another id."));
        Kinds("r1").Count(kind => kind == "run-started").Should().Be(1);
    }

    [Fact]
    public async Task Cancelling_while_the_proof_waits_leaves_the_run_observed()
    {
        using var cancel = new CancellationTokenSource();
        var runner = new PlanRunner([_tenant], [_tenant], _journal, proof: new CancellingProof(cancel), time: _time);

        var report = await runner.ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null, null, cancel.Token).ReportAsync();

        (report.Outcome, report.Cancelled).Should().Be((RunOutcome.Observed, true));
    }

    [Fact]
    public async Task What_only_a_person_can_do_at_the_client_is_asked_again_after_a_crash()
    {
        var step = SomePlan.MailboxSwitch() with { Scope = StepScope.Client, Action = new StepAction.Manual(), Undo = null };
        var prompt = new CountingPrompt();
        var points = new CrashPoints(8);
        var crashing = new PlanRunner([_tenant], [new ManualExecutor(prompt)], new PassingJournal(_journal, points.Pass), time: _time);
        var applying = () => crashing.ApplyAsync(SomePlan.With(step), null, new() { RunId = "r1" }).ToListAsync();
        await applying.Should().ThrowAsync<CrashException>();
        _time.Advance(TimeSpan.FromMinutes(2));

        var report = await new PlanRunner([_tenant], [new ManualExecutor(prompt)], _journal, time: _time).ResumeAsync("r1").ReportAsync();

        (report.Outcome, report.Steps[0].State).Should().Be((RunOutcome.Applied, StepState.Accepted), report.Why);
        prompt.Asked.Should().BePositive();
    }

    [Fact]
    public async Task Nothing_that_looks_like_a_secret_reaches_journal_or_events()
    {
        _tenant.Faults.Enqueue(Fault.None);
        var plan = SomePlan.With(SomePlan.CreatePolicy(), SomePlan.MailboxSwitch());
        _tenant.BeforeWrite = action =>
        {
            if (action is StepAction.Cmdlet)
            {
                throw new HttpRequestException("401 for Bearer canary-4711 with password=canary-4711 or client_secret=canary-4711");
            }
        };

        var events = await Runner().ApplyAsync(plan, null, new() { MaximumAttempts = 1 }).ToListAsync();

        var everything = string.Join('\n', events.Select(next => next.ToString()));
        await foreach (var entry in _journal.ReadAllAsync(default))
        {
            everything += entry.Payload;
        }

        everything.Should().Contain("Bearer (secret withheld)").And.NotContain("canary-4711");
        _tenant.Snapshot.Should().Contain("canary-4711");
    }

    private PlanRunner Runner() => new([_tenant], [_tenant], _journal, time: _time);

    private List<string> Kinds(string runId) =>
        [.. _journal.ReadRunAsync(runId, default).GetAwaiter().GetResult().Select(entry => entry.Kind)];

    private sealed class CountingPrompt : IStepPrompt
    {
        public int Asked { get; private set; }

        public Task<bool> AskAsync(PlanStep step, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(true);
        }
    }

    private sealed class CancellingProof(CancellationTokenSource cancel) : ISubmissionProof
    {
        public async IAsyncEnumerable<ProofAttempt> ProveAsync(
            RemediationPlan plan, TimeSpan wait, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return new(1, false, "535 5.7.139 Authentication unsuccessful", null, false, TimeSpan.FromSeconds(5));
            await cancel.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
