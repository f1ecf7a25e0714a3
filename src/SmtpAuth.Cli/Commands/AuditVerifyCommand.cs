using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Execution;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth audit-log verify</c>: says whether a journal is as it was written.</summary>
internal sealed class AuditVerifyCommand : Verb
{
    private readonly Option<string> _journal = new("--journal")
    {
        Description = "The journal.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _head = new("--head")
    {
        Description = "The head that you kept from an earlier verification: it finds entries cut off at the end.",
        HelpName = "NUMBER:HASH",
    };

    public AuditVerifyCommand(CommandStreams streams, GlobalOptions global)
        : base("verify", "Checks that no entry of a journal was edited, removed, added or moved.", streams, global)
    {
        Add(_journal);
        Add(_head);
    }

    public override IReadOnlyList<string> Examples => ["smtpauth audit-log verify --journal journal.db"];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        AuditHead? head = null;
        if (context.Value(_head) is { } text && !AuditHead.TryParse(text, out head))
        {
            throw CommandFailure.BadInput($"--head: '{text}' is not a head. Expected what an earlier verification printed: a number, a colon and 64 hexadecimal digits.");
        }

        using var journal = await JournalFile.OpenExistingAsync(context.Value(_journal)!, cancellationToken);
        var verification = await AuditLog.VerifyAsync(journal.Runs.ReadAllAsync(cancellationToken), head, cancellationToken);
        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("intact", verification.Intact);
                json.WriteNumber("entries", verification.Head.Sequence);
                json.WriteString("head", verification.Head.ToString());
                if (verification.Fault is { } fault)
                {
                    json.WriteNumber("faultAt", verification.FaultAt ?? 0);
                    json.WriteString("fault", fault);
                }

                json.WriteEndObject();
            });
        }
        else if (verification.Intact)
        {
            context.Out.Line(0, new Span(context.Words.Format("audit.intact", verification.Head.Sequence), Tone.Good));
            context.Out.Verbatim(0, context.Words.Format("audit.head", verification.Head));
        }
        else
        {
            context.Out.Line(0, [new Span(context.Words["audit.broken"], Tone.Bad), new Span($" {verification.Fault}")]);
        }

        return verification.Intact ? ExitCode.Done : ExitCode.Negative;
    }
}
