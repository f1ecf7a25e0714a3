using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Diagnoses;
using SmtpAuth.Replies;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth diagnose</c>: judges every gate of one sender's way.</summary>
internal sealed class DiagnoseCommand : Verb
{
    private readonly SubmissionOptions _submission = new();
    private readonly ErrorOption _error = new();
    private readonly TenantOptions _tenant = new();

    public DiagnoseCommand(CommandStreams streams, GlobalOptions global)
        : base("diagnose", "Names every gate that stops a sender, with evidence, and what fails next. Changes nothing.", streams, global)
    {
        _submission.AddTo(this);
        _error.AddTo(this);
        _tenant.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smtpauth diagnose --mailbox printer@contoso.example --state recorded/",
        "smtpauth diagnose --mailbox printer@contoso.example --tenant contoso.example --error '535 5.7.139 …'",
        "smtpauth diagnose --mailbox app@contoso.example --mechanism oauth-app --app-id 1f2e… --tenant contoso.example --json",
    ];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var submission = _submission.Read(context);
        var reply = await _error.ReadAsync(context, cancellationToken);
        var answers = await _tenant.ReadAsync(context, submission, [submission.Route], cancellationToken);
        var diagnosis = context.Knowledge.Diagnoser(context.Language).Diagnose(reply, TenantState.From(answers, submission, context.AsOf));

        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => DiagnosisJson.Write(json, diagnosis, reply));
        }
        else
        {
            DiagnosisView.Write(context.Out, context.Words, diagnosis);
        }

        return ExitCodeOf(diagnosis.Verdict);
    }

    internal static int ExitCodeOf(Verdict verdict) => verdict switch
    {
        Verdict.Open => ExitCode.Done,
        Verdict.Blocked => ExitCode.Negative,
        _ => ExitCode.Unknown,
    };
}
