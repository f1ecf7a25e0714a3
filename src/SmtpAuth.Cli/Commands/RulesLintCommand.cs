using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Rules;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth rules lint</c>: says what is wrong with a pack, and where.</summary>
internal sealed class RulesLintCommand : Verb
{
    private readonly Argument<string?> _pack = RuleArguments.Pack();

    public RulesLintCommand(CommandStreams streams, GlobalOptions global)
        : base("lint", "Checks a pack: its files, its conditions against the facts, and that its rules test what they claim.", streams, global) =>
        Add(_pack);

    public override IReadOnlyList<string> Examples => ["smtpauth rules lint", "smtpauth rules lint my-rules/"];

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var problems = Problems(context).ToList();
        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("valid", problems.Count == 0);
                json.WriteObjects("problems", problems, problem =>
                {
                    json.WriteString("where", problem.Where);
                    json.WriteString("message", problem.Message);
                });
                json.WriteEndObject();
            });
        }
        else
        {
            foreach (var problem in problems)
            {
                context.Out.Item(0, new Span("✗", Tone.Bad), [new Span(problem.Where, Tone.Strong), new Span($"  {problem.Message}")]);
            }

            context.Out.Line(0, problems.Count == 0
                ? new Span(context.Words["rules.lintGood"], Tone.Good)
                : new Span(context.Words.Format("rules.lintBad", problems.Count), Tone.Bad));
        }

        return Task.FromResult(problems.Count == 0 ? ExitCode.Done : ExitCode.Negative);
    }

    private IEnumerable<(string Where, string Message)> Problems(CommandContext context)
    {
        RulePack pack;
        try
        {
            pack = context.Knowledge.RulesWith(context.Value(_pack));
        }
        catch (CommandFailure failure) when (failure.InnerException is FormatException format)
        {
            return [(format is PackFormatException at ? $"{at.File}:{at.Line}:{at.Column}" : context.Value(_pack) ?? "", format.Message)];
        }

        return from rule in pack.Rules
               from missing in (RuleOutcome[])[RuleOutcome.Matched, RuleOutcome.NotMatched, RuleOutcome.Unknown]
               where rule.Tests.All(test => test.Expected != missing)
               select (rule.Id, $"No test expects '{RuleJson.OutcomeName(missing)}'. A rule has tests for a hit, a near miss and an unread fact.");
    }
}
