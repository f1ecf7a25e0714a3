using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Rules;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth rules test</c>: runs the tests that the rules bring along.</summary>
internal sealed class RulesTestCommand : Verb
{
    private readonly Argument<string?> _pack = RuleArguments.Pack();

    public RulesTestCommand(CommandStreams streams, GlobalOptions global)
        : base("test", "Runs the tests that the rules of a pack bring along.", streams, global) => Add(_pack);

    public override IReadOnlyList<string> Examples => ["smtpauth rules test", "smtpauth rules test my-rules/ --json"];

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var pack = context.Knowledge.RulesWith(context.Value(_pack));
        var results = (from rule in pack.Rules
                       from test in rule.Tests
                       let outcome = RuleEngine.Run(rule, test)
                       select (Rule: rule, Test: test, Outcome: outcome)).ToList();
        var failures = results.Where(result => result.Outcome != result.Test.Expected).ToList();

        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("passed", results.Count - failures.Count);
                json.WriteNumber("failed", failures.Count);
                json.WriteObjects("failures", failures, failure =>
                {
                    json.WriteString("rule", failure.Rule.Id);
                    json.WriteString("it", failure.Test.It);
                    json.WriteString("expected", RuleJson.OutcomeName(failure.Test.Expected));
                    json.WriteString("found", RuleJson.OutcomeName(failure.Outcome));
                });
                json.WriteEndObject();
            });
        }
        else
        {
            foreach (var failure in failures)
            {
                context.Out.Item(0, new Span("✗", Tone.Bad), [
                    new Span(failure.Rule.Id, Tone.Strong),
                    new Span($"  {failure.Test.It}  "),
                    new Span(
                        context.Words.Format(
                            "rules.testFailed", RuleJson.OutcomeName(failure.Test.Expected), RuleJson.OutcomeName(failure.Outcome)),
                        Tone.Doubtful),
                ]);
            }

            context.Out.Line(0, new Span(
                context.Words.Format("rules.tested", results.Count - failures.Count, failures.Count), failures.Count == 0 ? Tone.Good : Tone.Bad));
        }

        return Task.FromResult(failures.Count == 0 ? ExitCode.Done : ExitCode.Negative);
    }
}
