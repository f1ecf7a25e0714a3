using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Execution;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth resume</c>: takes up a run that was interrupted.</summary>
internal sealed class ResumeCommand : Verb
{
    private readonly RunOptionSet _run = new();

    private readonly Option<string?> _id = new("--run")
    {
        Description = "The run. Not needed where exactly one did not end.",
        HelpName = "ID",
    };

    public ResumeCommand(CommandStreams streams, GlobalOptions global)
        : base("resume", "Takes up a run that was interrupted: reads what became of the last change, and goes on from there.", streams, global)
    {
        Add(_id);
        _run.AddTo(this, withSecret: true, journalRequired: true);
    }

    public override IReadOnlyList<string> Examples =>
        ["smtpauth resume --journal journal.db --tenant contoso.example --password-env PRINTER_PASSWORD"];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var journal = await JournalFile.OpenExistingAsync(context.Value(_run.Journal)!, cancellationToken);
        using var connection = Connection.Open(context, _run.Connection);

        var executors = connection.Executors("graph,exchange");
        var runs = await new PlanRunner(connection.Readers, executors, journal.Runs).ListRunsAsync(cancellationToken);
        var runId = context.Value(_id) ?? OnlyInterrupted(runs);
        var plan = await journal.FindPlanAsync(runId, cancellationToken);
        var proof = plan is null ? null : connection.ProofFor(plan, _run.Secret.Read(context, plan.Route));

        var runner = new PlanRunner(connection.Readers, executors, journal.Runs, gate: null, proof);
        return await new RunConductor(context).FollowAsync(
            runner.ResumeAsync(runId, approval: null, _run.Read(context), cancellationToken), journal.Path);
    }

    private static string OnlyInterrupted(IReadOnlyList<RunSummary> runs)
    {
        var interrupted = runs.Where(run => run.Outcome is null).ToList();
        return interrupted.Count == 1
            ? interrupted[0].RunId
            : throw CommandFailure.BadInput(interrupted.Count == 0
                ? "The journal has no run that was interrupted. Name one with --run to take it up all the same."
                : $"The journal has {interrupted.Count} runs that did not end: {string.Join(", ", interrupted.Select(run => run.RunId))}. Choose one with --run.");
    }
}
