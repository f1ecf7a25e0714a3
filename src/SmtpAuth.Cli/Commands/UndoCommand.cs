using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Execution;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth undo</c>: restores what a run changed.</summary>
internal sealed class UndoCommand : Verb
{
    private readonly RunOptionSet _run = new();

    private readonly Option<string> _id = new("--run")
    {
        Description = "The run to take back.",
        HelpName = "ID",
        Required = true,
    };

    public UndoCommand(CommandStreams streams, GlobalOptions global)
        : base("undo", "Takes a run back: restores the recorded values, null included, and removes what the run created.", streams, global)
    {
        Add(_id);
        _run.AddTo(this, withSecret: false, journalRequired: true);
    }

    public override IReadOnlyList<string> Examples =>
        ["smtpauth undo --journal journal.db --run 3f2a… --tenant contoso.example"];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var journal = await JournalFile.OpenExistingAsync(context.Value(_run.Journal)!, cancellationToken);
        using var connection = Connection.Open(context, _run.Connection);

        var runner = new PlanRunner(connection.Readers, connection.Executors("graph,exchange"), journal.Runs);
        return await new RunConductor(context).FollowAsync(
            runner.UndoAsync(context.Value(_id)!, _run.Read(context), cancellationToken), journal.Path);
    }
}
