using System.Diagnostics;
using SmtpAuth.Cli.Output;
using SmtpAuth.Cli.Text;
using SmtpAuth.Diagnoses;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Probe;
using SmtpAuth.Replies;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;
using SmtpAuth.Verification;

namespace SmtpAuth.Cli.Commands;

/// <summary>The chapters of the demo. Real clients (Microsoft Graph, Exchange, MailKit) against an emulated tenant on loopback.</summary>
internal sealed class DemoStory(CommandContext context)
{
    // With --json the story goes where progress goes, and the document alone to standard output.
    private readonly Page _page = context.Json ? context.Error : context.Out;
    private readonly Words _words = context.Words;
    private readonly Submission _submission = new() { Mailbox = DemoTenant.Mailbox };
    private readonly Secret _password = new(DemoTenant.NewPassword());

    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        _page.Heading(_words["demo.title"]);
        _page.Line(0, _words["demo.intro"]);

        await using var tenant = await EmulatedTenant.StartAsync(builder => DemoTenant.Describe(builder, _password.Reveal()), cancellationToken);
        await using var connection = Connection.ToEmulated(tenant);
        var before = tenant.Snapshot();

        var reply = await TryInVainAsync(connection, cancellationToken);
        var (answers, diagnosis) = await DiagnoseAsync(connection, reply, cancellationToken);
        var plan = Plan(answers, diagnosis);

        using var journal = new InMemoryJournal();
        var runner = new PlanRunner(connection.Readers, connection.Executors("graph,exchange"), journal.Runs, gate: null, Proof(connection));
        var report = await ApplyAsync(runner, plan, cancellationToken);
        var undone = await UndoAsync(runner, report.RunId, cancellationToken);
        var differences = before.DifferencesTo(tenant.Snapshot());
        var again = await ProbeAsync(connection, cancellationToken);
        WriteEnd(before, differences, again, watch.Elapsed);

        var asItShould = report.Outcome == RunOutcome.Proved && undone.Outcome == RunOutcome.Observed
            && differences.Count == 0 && again.Outcome == ProbeOutcome.Refused;
        return asItShould ? ExitCode.Done : ExitCode.Failed;
    }
}
