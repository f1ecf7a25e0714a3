using SmtpAuth.Execution;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Verification;

public class SubmissionVerifierTests
{
    private const string Off = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.";
    private const string Defaults = "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.";

    private readonly SkippingTime _time = new();

    [Fact]
    public async Task It_tries_with_growing_pauses_until_a_submission_is_accepted()
    {
        var attempts = await VerifyAsync(TimeSpan.FromHours(1), Refused(Off), Refused(Off), Refused(Off), Accepted());

        attempts.Select(attempt => (attempt.Number, attempt.Accepted, attempt.NextIn)).Should().Equal(
            (1, false, TimeSpan.FromSeconds(5)), (2, false, TimeSpan.FromSeconds(10)), (3, false, TimeSpan.FromSeconds(20)), (4, true, null));
        _time.Elapsed.Should().Be(TimeSpan.FromSeconds(35));
    }

    [Fact]
    public async Task A_long_wait_makes_few_tries_because_refusals_feed_lockouts()
    {
        var attempts = await VerifyAsync(TimeSpan.FromHours(1), Refused(Off));

        attempts.Should().HaveCountLessThan(20);
        attempts[^1].NextIn.Should().BeNull();
        _time.Elapsed.Should().Be(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Without_waiting_there_is_one_try() =>
        (await VerifyAsync(TimeSpan.Zero, Refused(Off))).Should().ContainSingle().Which.NextIn.Should().BeNull();

    [Theory]
    [InlineData(Off, Off, false)]
    [InlineData(Off + " [AM0PR01CA0001.eurprd01.prod.exchangelabs.com 2026-11-25T12:00:00.000Z 08DE]", Off + " [LO2P265CA0002.GBRP265.PROD.OUTLOOK.COM 2026-11-25T12:00:09.000Z 08DF]", false)]
    [InlineData(Off, Defaults, true)]
    public async Task A_refusal_in_other_words_is_reported(string first, string second, bool changed)
    {
        var attempts = await VerifyAsync(TimeSpan.FromSeconds(5), Refused(first), Refused(second));

        attempts.Select(attempt => attempt.Changed).Should().Equal(false, changed);
    }

    [Fact]
    public async Task No_answer_is_no_acceptance()
    {
        var attempts = await VerifyAsync(TimeSpan.Zero, new ProbeResult { Outcome = ProbeOutcome.NoAnswer, Phase = ProbePhase.Connect, Failure = "Nothing listens there." });

        attempts.Single().Should().Be(new ProofAttempt(1, false, null, "Nothing listens there.", false, null));
    }

    [Theory]
    [InlineData(true, RunOutcome.Proved)]
    [InlineData(false, RunOutcome.Observed)]
    public async Task Only_an_accepted_submission_makes_a_run_proved(bool accepted, RunOutcome expected)
    {
        var tenant = new SmallTenant();
        var runner = new PlanRunner([tenant], [tenant], new InMemoryRunJournal(_time), proof: Verifier(accepted ? Accepted() : Refused(Off)), time: _time);

        var events = await runner.ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null).ToListAsync();

        events.Report().Outcome.Should().Be(expected);
        events.OfType<RunEvent.ProbeStarted>().Should().ContainSingle().Which.Wait.Should().Be(TimeSpan.FromMinutes(2));
        if (!accepted)
        {
            events.Report().Why.Should().Be("The changes are in place, but a real submission is still refused: " + Off);
            events.OfType<RunEvent.ProbeResult>().First().Attempt.NextIn.Should().NotBeNull("accepted is not yet effective");
        }
    }

    [Fact]
    public async Task An_incomplete_plan_is_tried_once_and_an_undo_never()
    {
        var tenant = new SmallTenant();
        var runner = new PlanRunner([tenant], [tenant], new InMemoryRunJournal(_time), proof: Verifier(Refused(Off)), time: _time);
        var plan = SomePlan.With(SomePlan.MailboxSwitch()) with { Complete = false };

        var applied = await runner.ApplyAsync(plan, null, new() { RunId = "r1" }).ToListAsync();
        var undone = await runner.UndoAsync("r1").ToListAsync();

        applied.OfType<RunEvent.ProbeResult>().Should().ContainSingle();
        undone.OfType<RunEvent.ProbeStarted>().Should().BeEmpty();
    }

    private async Task<List<ProofAttempt>> VerifyAsync(TimeSpan wait, params ProbeResult[] results)
    {
        var attempts = new List<ProofAttempt>();
        await foreach (var attempt in Verifier(results).VerifyAsync(wait, default))
        {
            attempts.Add(attempt);
        }

        return attempts;
    }

    private SubmissionVerifier Verifier(params ProbeResult[] results) => new(
        new Probe(results),
        new ProbeRequest { Host = "smtp.office365.com", Submission = new() { Mailbox = SmallTenant.Mailbox }, Credential = new("canary-4711") },
        time: _time);

    private static ProbeResult Refused(string reply) => new() { Outcome = ProbeOutcome.Refused, Phase = ProbePhase.Auth, ReplyText = reply };

    private static ProbeResult Accepted() => new() { Outcome = ProbeOutcome.Accepted, Phase = ProbePhase.Auth, ReplyText = "235 2.7.0 Authentication successful" };

    /// <summary>Answers what it was told, the last answer again and again.</summary>
    private sealed class Probe(ProbeResult[] results) : ISubmissionProbe
    {
        private int _next;

        public Task<ProbeResult> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(results[Math.Min(_next++, results.Length - 1)]);
    }
}
