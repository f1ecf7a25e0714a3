namespace SmtpAuth.Execution;

public class RunSummaryTests
{
    private readonly SkippingTime _time = new();
    private readonly SmallTenant _tenant = new();

    [Fact]
    public async Task Runs_are_listed_with_what_became_of_them()
    {
        var journal = new InMemoryRunJournal(_time);
        var points = new CrashPoints(12);
        var plan = SomePlan.With(SomePlan.MailboxSwitch());
        await Runner(journal).ApplyAsync(plan, null, new() { RunId = "r1" }).ReportAsync();
        await Runner(journal).UndoAsync("r1", new() { RunId = "u1" }).ReportAsync();
        var crashing = () => Runner(new PassingJournal(journal, points.Pass)).ApplyAsync(plan, null, new() { RunId = "r2" }).ToListAsync();
        await crashing.Should().ThrowAsync<CrashException>();

        var runs = await Runner(journal).ListRunsAsync(default);

        runs.Select(run => (run.RunId, run.UndoOf, run.Outcome, run.Mailbox, run.Tenant)).Should().Equal(
            ("r1", null, RunOutcome.Observed, SmallTenant.Mailbox, "domain:contoso.example"),
            ("u1", "r1", RunOutcome.Observed, SmallTenant.Mailbox, "domain:contoso.example"),
            ("r2", null, null, SmallTenant.Mailbox, "domain:contoso.example"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"plan\":{\"submission\":{\"mailbox\":1}},\"undoOf\":null}")]
    public void A_run_in_a_form_that_cannot_be_read_hides_no_other(string payload) =>
        JournalRecordJson.ReadStart(payload).Should().Be(("(not readable)", null));

    private PlanRunner Runner(IRunJournal journal) => new([_tenant], [_tenant], journal, time: _time);
}
