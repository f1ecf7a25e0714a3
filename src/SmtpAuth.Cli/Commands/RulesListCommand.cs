using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth rules list</c>: the rules that decide.</summary>
internal sealed class RulesListCommand(CommandStreams streams, GlobalOptions global)
    : Verb("list", "Lists the rules, in the order of their ids.", streams, global)
{
    public override IReadOnlyList<string> Examples => ["smtpauth rules list", "smtpauth rules list --pack my-rules/ --json"];

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var pack = context.Knowledge.Rules;
        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json =>
            {
                json.WriteStartObject();
                json.WriteString("version", pack.Version);
                json.WriteString("checked", pack.Checked);
                json.WriteStrings("layers", pack.Layers);
                json.WriteObjects("rules", pack.Rules, rule => RuleJson.WriteSummary(json, rule));
                json.WriteStartObject("disabled");
                foreach (var (id, why) in pack.Disabled)
                {
                    json.WriteString(id, why);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            });
        }
        else
        {
            context.Out.Columns(0, [.. pack.Rules.Select(rule => new Span[]
            {
                new(rule.Id, Tone.Strong),
                new(rule.Gate.ToName(), Tone.Quiet),
                new(rule.Cause),
                new(RuleView.TextOf(rule, context.Language).What),
            })]);
            context.Out.Blank();
            context.Out.Line(0, new Span(context.Words.Format("rules.count", pack.Rules.Count, pack.Version, pack.Checked), Tone.Quiet));
        }

        return Task.FromResult(ExitCode.Done);
    }
}
