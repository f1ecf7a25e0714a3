using System.CommandLine;
using System.Text.Json;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Rules;
using SmtpAuth.Rules.Language;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth rules explain</c>: why a rule matched, or did not, or could not be told.</summary>
internal sealed class RulesExplainCommand : Verb
{
    private readonly Argument<string> _id = RuleArguments.Id();
    private readonly SubmissionOptions _submission = new();
    private readonly TenantOptions _tenant = new();

    public RulesExplainCommand(CommandStreams streams, GlobalOptions global)
        : base("explain", "Says why a rule matched a tenant, did not, or could not be told: every part of its condition with its value.", streams, global)
    {
        Add(_id);
        _submission.AddTo(this);
        _tenant.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
        ["smtpauth rules explain EXO001 --mailbox printer@contoso.example --state recorded/"];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var rule = RuleArguments.Find(context, context.Value(_id)!);
        var submission = _submission.Read(context);
        var answers = await _tenant.ReadAsync(context, submission, [submission.Route], cancellationToken);
        var state = TenantState.From(answers, submission, context.AsOf);
        var result = new RuleEngine(context.Knowledge.Rules).Evaluate(state).FirstOrDefault(result => result.Rule.Id == rule.Id)
            ?? throw CommandFailure.BadInput(
                $"The rule {rule.Id} does not speak about {submission.Route.ToName()} at this date. Its routes: {string.Join(", ", rule.Routes.Select(route => route.ToName()))}.");

        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => Write(json, result, state));
        }
        else
        {
            Write(context, result, state);
        }

        return result.Outcome switch
        {
            RuleOutcome.Matched => ExitCode.Negative,
            RuleOutcome.NotMatched => ExitCode.Done,
            _ => ExitCode.Unknown,
        };
    }

    private static void Write(CommandContext context, RuleResult result, TenantState state)
    {
        var page = context.Out;
        page.Blank();
        page.Line(0, [
            new Span(result.Rule.Id, Tone.Accent),
            new Span($"  {context.Words[$"rules.outcome.{RuleJson.OutcomeName(result.Outcome)}"]}", Tone.Strong),
        ]);
        if (result.Fault is { } fault)
        {
            page.Line(0, new Span(fault, Tone.Bad));
        }

        page.Heading(context.Words["rules.condition"]);
        RuleView.WriteTree(page, result.Explain(), 2);
        page.Heading(context.Words["rules.facts"]);
        foreach (var fact in Facts(result, state))
        {
            page.Item(2, fact.IsKnown ? new Span("·", Tone.Quiet) : new Span("?", Tone.Doubtful), [
                new Span(fact.IsKnown ? $"{fact.Name} = {FactText.Of(fact.Value)}" : $"{fact.Name}  {fact.Reason}"),
                new Span($"  {fact.Source}", Tone.Quiet),
            ]);
        }

        if (result.Residual() is { } residual)
        {
            page.Blank();
            page.Line(0, context.Words.Format("eval.residual", residual));
        }
    }

    private static void Write(Utf8JsonWriter json, RuleResult result, TenantState state)
    {
        json.WriteStartObject();
        json.WriteString("rule", result.Rule.Id);
        json.WriteString("outcome", RuleJson.OutcomeName(result.Outcome));
        json.WriteString("when", result.Rule.When.Source);
        if (result.Fault is { } fault)
        {
            json.WriteString("fault", fault);
        }

        if (result.Residual() is { } residual)
        {
            json.WriteString("residual", residual);
        }

        json.WriteObjects("facts", Facts(result, state), fact =>
        {
            json.WriteString("fact", fact.Name);
            if (fact.IsKnown)
            {
                json.WritePropertyName("value");
                json.WriteFactValue(fact.Value);
            }
            else
            {
                json.WriteString("reason", fact.Reason);
            }

            json.WriteString("source", fact.Source);
            json.WriteTime("readAt", fact.ReadAt);
        });
        json.WritePropertyName("explanation");
        WriteTree(json, result.Explain());
        json.WriteEndObject();
    }

    private static IEnumerable<Fact> Facts(RuleResult result, TenantState state) =>
        result.Rule.When.Variables.Select(name => state[name]);

    private static void WriteTree(Utf8JsonWriter json, CelExplanation part)
    {
        json.WriteStartObject();
        json.WriteString("text", part.Text);
        json.WriteString("value", part.Value.ToString());
        if (part.Fact is { } fact)
        {
            json.WriteString("fact", fact);
        }

        if (part.Element is { } element)
        {
            json.WriteString("element", element);
        }

        json.WriteStartArray("parts");
        foreach (var child in part.Children)
        {
            WriteTree(json, child);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
