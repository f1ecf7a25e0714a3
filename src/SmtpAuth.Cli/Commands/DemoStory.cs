using System.Diagnostics;
using System.Text.Json.Nodes;
using SmtpAuth.Cli.Output;
using SmtpAuth.Cli.Text;
using SmtpAuth.Diagnoses;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Replies;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;
using SmtpAuth.Verification;

namespace SmtpAuth.Cli.Commands;

/// <summary>The chapters of the demo. Real clients (Microsoft Graph, Exchange, MailKit) against an emulated tenant on loopback.</summary>
internal sealed class DemoStory(CommandContext context)
{
    private static readonly string[] AcceptedRisks = ["conditional-access-exclusion", "per-user-mfa-off"];

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
        _page.Flush();

        await using var tenant = await EmulatedTenant.StartAsync(builder => DemoTenant.Describe(builder, _password.Reveal()), cancellationToken);
        using var connection = Connection.ToEmulated(tenant);
        var before = tenant.Snapshot();

        var reply = await TryInVainAsync(connection, cancellationToken);
        var answers = await ReadAsync(connection, cancellationToken);
        var state = TenantState.From(answers, _submission, context.AsOf);
        var diagnosis = Diagnose(reply, state);
        var plan = Plan(diagnosis, state, answers);

        var proof = new SubmissionVerifier(connection.Probe, Request(connection), new SubmissionVerifierOptions { FirstPause = TimeSpan.FromSeconds(1) });
        var runner = new PlanRunner(connection.Readers, connection.Executors("graph,exchange"), new InMemoryRunJournal(), gate: null, proof);
        var report = await ApplyAsync(runner, plan, cancellationToken);
        var undone = await UndoAsync(runner, report, cancellationToken);
        var differences = before.DifferencesTo(tenant.Snapshot());
        var again = await connection.Probe.ProbeAsync(Request(connection), cancellationToken);
        WriteEnd(tenant, differences, again, watch.Elapsed);

        var outcome = new DemoOutcome(reply, diagnosis, plan, report, undone, differences, again);
        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => DemoJson.Write(json, outcome));
        }

        return outcome.IsAsItShould ? ExitCode.Done : throw new CommandFailure(ExitCode.Failed, _words.Format("demo.unexpected", outcome.Surprise));
    }

    private async Task<SmtpReply> TryInVainAsync(Connection connection, CancellationToken cancellationToken)
    {
        _page.Chapter(_words["demo.try"]);
        _page.Line(0, _words.Format("demo.tryWhat", DemoTenant.Mailbox));
        var attempt = await connection.Probe.ProbeAsync(Request(connection), cancellationToken);
        ProbeView.WriteAbridged(_page, attempt);

        if (attempt.Outcome != ProbeOutcome.Refused || !context.Knowledge.ReplyParser.TryRead(attempt.ReplyText ?? "", out var reply))
        {
            throw new CommandFailure(ExitCode.Failed, _words.Format("demo.unexpected", attempt.Failure ?? attempt.ReplyText));
        }

        _page.Chapter(_words["demo.said"]);
        ExplanationView.WriteReply(_page, _words, reply);
        if (Explanation.Of(attempt.ReplyText!, context.Knowledge, context.Language).Meaning is { } meaning)
        {
            _page.Heading(_words["explain.means"]);
            _page.Line(2, meaning);
        }

        _page.Flush();
        return reply;
    }

    private async Task<TenantAnswers> ReadAsync(Connection connection, CancellationToken cancellationToken)
    {
        _page.Chapter(_words["demo.gates"]);
        _page.Line(0, _words["demo.gatesWhy"]);
        _page.Flush();
        return TenantAnswers.None.With(await new TenantReaders(connection.Readers)
            .ReadAsync(_submission, RequiredAnswers.For(_submission, Routes.All), cancellationToken));
    }

    private Diagnosis Diagnose(SmtpReply reply, TenantState state)
    {
        var diagnosis = context.Knowledge.Diagnoser(context.Language).Diagnose(reply, state);
        _page.Blank();
        foreach (var gate in diagnosis.Gates.Where(gate => gate.Status == GateStatus.Closed))
        {
            _page.Item(2, new Span("✗", Tone.Bad), [
                new Span(_words.Name("gate", gate.Gate.ToName()), Tone.Strong),
                new Span($"  {_words[gate.Gate == reply.Gate ? "demo.replied" : "demo.next"]}", Tone.Bad),
                new Span($"  {string.Join(", ", gate.Rules)}", Tone.Quiet),
            ]);
            DiagnosisView.WriteDetails(_page, _words, gate, DemoTenant.Mailbox);
        }

        WriteOthers("demo.open", "✓", Tone.Good, diagnosis.Gates.Where(gate => gate.Status == GateStatus.Open));
        WriteOthers("diagnosis.byTrying", "-", Tone.Quiet, diagnosis.Gates.Where(DiagnosisView.IsDecidedByTrying));
        return diagnosis;
    }

    private void WriteOthers(string key, string mark, Tone tone, IEnumerable<GateVerdict> gates)
    {
        var names = string.Join(", ", gates.Select(gate => _words.Name("gate", gate.Gate.ToName())));
        _page.Item(2, new Span(mark, tone), new Span(_words.Format(key, names), Tone.Quiet));
    }

    private RemediationPlan Plan(Diagnosis diagnosis, TenantState state, TenantAnswers answers)
    {
        _page.Chapter(_words["demo.cautious"]);
        _page.Line(0, _words["demo.cautiousWhy"]);
        var planner = context.Knowledge.Planner;
        var cautious = planner.Plan(diagnosis, state, answers, new PlannerOptions { Language = context.Language });
        PlanView.WriteSteps(_page, _words, cautious);
        PlanView.WriteWithheld(_page, _words, cautious);
        PlanView.WriteAlternatives(_page, _words, [.. cautious.Alternatives.Where(alternative => alternative.Complete)]);

        _page.Blank();
        _page.Line(0, _words["demo.accepting"]);
        foreach (var risk in AcceptedRisks)
        {
            _page.Item(2, new Span("!", Tone.Doubtful), [new Span(risk, Tone.Strong), new Span($"  {_words.Name("risk", risk)}")]);
        }

        var plan = planner.Plan(diagnosis, state, answers, new PlannerOptions { AcceptedRisks = AcceptedRisks, Language = context.Language });
        PlanView.WriteSteps(_page, _words, plan);
        _page.Flush();
        return plan;
    }

    private async Task<RunReport> ApplyAsync(PlanRunner runner, RemediationPlan plan, CancellationToken cancellationToken)
    {
        _page.Chapter(_words["demo.apply"]);
        _page.Line(0, _words["demo.applyWhy"]);
        _page.Flush();

        var now = TimeProvider.System.GetUtcNow();
        var approval = new Approval(PlanHash.Compute(plan), _words["demo.approver"], now, now + TimeSpan.FromMinutes(5));
        return await FollowAsync(runner.ApplyAsync(plan, approval, Options(), cancellationToken));
    }

    private async Task<RunReport> UndoAsync(PlanRunner runner, RunReport report, CancellationToken cancellationToken)
    {
        RunView.WriteOutcome(_page, _words, report);
        _page.Chapter(_words["demo.undo"]);
        var undone = await FollowAsync(runner.UndoAsync(report.RunId, Options(), cancellationToken));
        RunView.WriteOutcome(_page, _words, undone);
        return undone;
    }

    private async Task<RunReport> FollowAsync(IAsyncEnumerable<RunEvent> events)
    {
        var progress = new RunProgress(_page, _words);
        RunReport? report = null;
        await foreach (var happened in events)
        {
            if (happened is RunEvent.ProbeStarted)
            {
                _page.Chapter(_words["demo.proof"]);
            }

            progress.Tell(happened);
            _page.Flush();
            report = (happened as RunEvent.RunFinished)?.Report ?? report;
        }

        return report!;
    }

    private void WriteEnd(EmulatedTenant tenant, IReadOnlyList<string> differences, ProbeResult again, TimeSpan elapsed)
    {
        if (differences.Count == 0)
        {
            _page.Line(0, new Span(_words.Format("demo.same", CountObjects(tenant.Snapshot())), Tone.Good));
        }
        else
        {
            _page.Line(0, new Span(_words["demo.different"], Tone.Bad));
            foreach (var difference in differences)
            {
                _page.Line(2, difference);
            }
        }

        _page.Line(0, _words.Format("demo.refusedAgain", Printable.Line(again.ReplyText ?? again.Failure ?? "")));
        _page.Blank();
        _page.Line(0, new Span(_words.Format("demo.end", elapsed.TotalSeconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)), Tone.Accent));
    }

    private static int CountObjects(TenantSnapshot snapshot) =>
        JsonNode.Parse(snapshot.Json)!.AsObject().Sum(kind => kind.Value!.AsObject().Count);

    private ProbeRequest Request(Connection connection) => connection.ProbeRequestFor(_submission, _password, DemoTenant.Recipient, sendMessage: true);

    private static RunOptions Options() => new()
    {
        Wait = TimeSpan.FromSeconds(5),
        PollInterval = TimeSpan.FromMilliseconds(200),
        RequestedBy = "demo",
    };
}
