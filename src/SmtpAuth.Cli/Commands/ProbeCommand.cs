using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Probe;
using SmtpAuth.Verification;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth probe</c>: one real attempt at a submission, which sends no message.</summary>
internal sealed class ProbeCommand : Verb
{
    private readonly SubmissionOptions _submission = new();
    private readonly SecretOptions _secret = new();
    private readonly Option<string> _cloud = new ConnectionOptions().Cloud;

    private readonly Option<string?> _to = new("--to")
    {
        Description = "Go on to MAIL FROM and RCPT TO with this recipient, and RSET.",
        HelpName = "ADDRESS",
    };

    public ProbeCommand(CommandStreams streams, GlobalOptions global)
        : base("probe", "Tries a real submission as far as the server's answer to AUTH. Sends no message.", streams, global)
    {
        _submission.AddTo(this);
        _secret.AddTo(this);
        _to.Validators.Add(SubmissionOptions.RequireAddress);
        Add(_cloud);
        Add(_to);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smtpauth probe --mailbox printer@contoso.example --password-env PRINTER_PASSWORD",
        "smtpauth probe --mailbox printer@contoso.example --mechanism oauth-app --token-env SMTP_TOKEN --to me@contoso.example --json",
    ];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var submission = _submission.Read(context);
        var secret = _secret.Read(context, submission.Route)
            ?? throw CommandFailure.BadInput(submission.Route == Route.Basic
                ? "A probe with a password needs --password-env, the name of the environment variable that holds it."
                : "A probe with a token needs --token-env, the name of the environment variable that holds it.");

        var cloud = Clouds.Read(context.Value(_cloud)!);
        var request = new ProbeRequest
        {
            Host = cloud.SmtpHost,
            Port = cloud.SmtpPort,
            TrustedCertificateSha256 = cloud.SmtpTrustCertificateSha256,
            Submission = submission,
            Credential = secret,
            Recipient = context.Value(_to),
        };
        var result = await new MailKitSubmissionProbe().ProbeAsync(request, cancellationToken);
        context.Knowledge.ReplyParser.TryRead(result.ReplyText ?? result.Failure ?? "", out var reply);

        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => ProbeJson.Write(json, request, result, reply));
        }
        else
        {
            ProbeView.Write(context.Out, context.Words, result, reply);
        }

        return result.Outcome switch
        {
            ProbeOutcome.Accepted => ExitCode.Done,
            ProbeOutcome.Refused => ExitCode.Negative,
            _ => ExitCode.Failed,
        };
    }
}
