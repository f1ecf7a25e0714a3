using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth rules eval</c>: a workbench for people who write rules.</summary>
internal sealed class RulesEvalCommand : Verb
{
    private readonly Argument<string?> _expression = new("EXPRESSION")
    {
        Description = "One expression in CEL, the Common Expression Language.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _facts = new("--facts")
    {
        Description = "JSON file with facts; an unknown one is {\"$unknown\": \"why\"}. - is standard input.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _lines = new("--jsonl")
    {
        Description = "Read lines {\"id\": …, \"expr\": …, \"bindings\": {…}} from standard input and write one line for each, in order.",
    };

    public RulesEvalCommand(CommandStreams streams, GlobalOptions global)
        : base("eval", "Evaluates one CEL expression over facts of your choice.", streams, global)
    {
        Add(_expression);
        Add(_facts);
        Add(_lines);
        Validators.Add(result =>
        {
            if ((result.GetValue(_expression) is null) == !result.GetValue(_lines))
            {
                result.AddError("rules eval: expected exactly one of EXPRESSION and --jsonl.");
            }
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smtpauth rules eval 'mailbox.smtpClientAuthenticationDisabled == null' --facts facts.json",
        "smtpauth rules eval '[1, 2, 3].exists(n, n > 2)'",
        "smtpauth rules eval --jsonl < expressions.jsonl",
    ];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Value(_lines))
        {
            return await new EvalLines(context.Streams).RunAsync(cancellationToken);
        }

        var facts = await FactBindings.ReadAsync(context.Value(_facts), context, cancellationToken);
        var program = facts.Environment.Compile(context.Value(_expression)!);
        var value = program.Evaluate(facts.Bindings);
        var residual = program.Residual(facts.Bindings);
        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json =>
            {
                json.WriteStartObject();
                EvalLines.WriteValue(json, value);
                if (residual is not null)
                {
                    json.WriteString("residual", residual);
                }

                json.WriteEndObject();
            });
        }
        else
        {
            WriteText(context, value, residual, facts.Reasons);
        }

        return value switch
        {
            { IsError: true } => ExitCode.BadInput,
            { IsUnknown: true } => ExitCode.Unknown,
            _ => ExitCode.Done,
        };
    }

    private static void WriteText(CommandContext context, CelValue value, string? residual, IReadOnlyDictionary<string, string> reasons)
    {
        if (value.IsError)
        {
            context.Out.Line(0, new Span(context.Words.Format("eval.error", value.AsError().Message), Tone.Bad));
        }
        else if (value.IsUnknown)
        {
            context.Out.Line(0, new Span(context.Words["eval.unknown"], Tone.Doubtful));
            foreach (var name in value.AsUnknown().Names)
            {
                context.Out.Item(2, new Span("?", Tone.Doubtful), [
                    new Span(name, Tone.Strong),
                    new Span(reasons.TryGetValue(name, out var why) ? $"  {why}" : "", Tone.Quiet),
                ]);
            }

            context.Out.Line(0, context.Words.Format("eval.residual", residual));
        }
        else
        {
            context.Out.Line(0, new Span(value.ToString(), value.IsFalse ? Tone.Bad : Tone.Good));
        }
    }
}
