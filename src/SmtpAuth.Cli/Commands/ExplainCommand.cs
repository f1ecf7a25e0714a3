using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth explain</c>: reads one error text, or many, without any tenant.</summary>
internal sealed class ExplainCommand : Verb
{
    private readonly Argument<string?> _text = new("TEXT")
    {
        Description = "The error text, or - for standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "File with the error text.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _lines = new("--jsonl")
    {
        Description = "Read lines {\"id\": …, \"text\": …} from standard input and write one line of JSON for each, in order.",
    };

    public ExplainCommand(CommandStreams streams, GlobalOptions global)
        : base("explain", "Reads an error text of any mail program and says what the server meant. Needs no tenant.", streams, global)
    {
        Add(_text);
        Add(_file);
        Add(_lines);
        Validators.Add(result =>
        {
            var given = (result.GetValue(_text) is null ? 0 : 1) + (result.GetValue(_file) is null ? 0 : 1) + (result.GetValue(_lines) ? 1 : 0);
            if (given != 1)
            {
                result.AddError("explain: expected exactly one of TEXT, --file FILE, - (standard input) and --jsonl.");
            }
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smtpauth explain '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'",
        "smtpauth explain --file bounce.eml --lang ro",
        "journalctl -u scanner | smtpauth explain - --json",
    ];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Value(_lines))
        {
            return await new ExplainLines(context.Knowledge.ReplyParser, context.Streams).RunAsync(cancellationToken);
        }

        var text = context.Value(_file) is { } file
            ? await ErrorTextReader.ReadFileAsync(file, cancellationToken)
            : await ErrorTextReader.ReadAsync(context.Value(_text)!, context.Streams, cancellationToken);

        var explanation = Explanation.Of(text, context.Knowledge, context.Language);
        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => ExplanationJson.Write(json, explanation));
        }
        else if (explanation.Reply is not null)
        {
            ExplanationView.Write(context.Out, context.Words, explanation);
        }

        return explanation.Reply is not null ? ExitCode.Done : throw CommandFailure.BadInput(context.Words["explain.noReply"]);
    }
}
