using System.Text.Json;
using SmtpAuth.Rules;

namespace SmtpAuth.Cli.Output;

/// <summary>Writes a rule.</summary>
internal static class RuleJson
{
    /// <summary>Writes the members that name a rule, into an object that is open.</summary>
    public static void WriteSummary(Utf8JsonWriter json, Rule rule)
    {
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteString("gate", rule.Gate.ToName());
        json.WriteStrings("routes", rule.Routes.Select(route => route.ToName()));
        json.WriteString("cause", rule.Cause);
        json.WriteString("severity", rule.Severity);
        json.WriteString("confidence", rule.Confidence);
        json.WriteString("layer", rule.Layer);
    }

    public static void Write(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject();
        WriteSummary(json, rule);
        json.WriteString("when", rule.When.Source);
        json.WriteStrings("facts", rule.When.Variables);
        json.WriteStrings("saidBy", rule.SaidBy);
        json.WriteStartArray("remedies");
        foreach (var operations in rule.Remedies)
        {
            json.WriteStartArray();
            foreach (var operation in operations)
            {
                json.WriteStringValue(operation);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartObject("text");
        foreach (var (language, text) in rule.Text)
        {
            json.WriteStartObject(language);
            json.WriteString("what", text.What);
            json.WriteString("why", text.Why);
            json.WriteString("changeSafety", text.ChangeSafety);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (rule.ValidFrom is { } from)
        {
            json.WriteTime("validFrom", from);
        }

        if (rule.ValidUntil is { } until)
        {
            json.WriteTime("validUntil", until);
        }

        json.WriteObjects("sources", rule.Sources, source =>
        {
            json.WriteString("url", source.Url);
            json.WriteString("checked", source.Checked);
            json.WriteString("confidence", source.Confidence);
        });
        json.WriteObjects("tests", rule.Tests, test =>
        {
            json.WriteString("it", test.It);
            json.WriteString("expect", OutcomeName(test.Expected));
        });
        json.WriteEndObject();
    }

    /// <summary>Says what a rule's outcome means for its gate.</summary>
    public static string OutcomeName(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.Matched => "closed",
        RuleOutcome.NotMatched => "open",
        RuleOutcome.Faulted => "faulted",
        _ => "unknown",
    };
}
