using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth rules show</c>: everything about one rule.</summary>
internal sealed class RulesShowCommand : Verb
{
    private readonly Argument<string> _id = RuleArguments.Id();

    public RulesShowCommand(CommandStreams streams, GlobalOptions global)
        : base("show", "Shows one rule: condition, words, remedies, sources and tests.", streams, global) => Add(_id);

    public override IReadOnlyList<string> Examples => ["smtpauth rules show EXO001"];

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var rule = RuleArguments.Find(context, context.Value(_id)!);
        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => RuleJson.Write(json, rule));
        }
        else
        {
            RuleView.Write(context.Out, context.Words, rule);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
