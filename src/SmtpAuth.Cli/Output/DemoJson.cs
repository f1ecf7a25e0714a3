using System.Text.Json;
using SmtpAuth.Cli.Commands;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Output;

/// <summary>Writes what the demo showed.</summary>
internal static class DemoJson
{
    public static void Write(Utf8JsonWriter json, DemoOutcome outcome)
    {
        json.WriteStartObject();
        json.WritePropertyName("refused");
        ReplyJson.Write(json, outcome.Reply);
        json.WritePropertyName("diagnosis");
        DiagnosisJson.Write(json, outcome.Diagnosis, outcome.Reply);
        json.WritePropertyName("plan");
        PlanJson.WriteTo(json, outcome.Plan);
        json.WritePropertyName("applied");
        RunJson.Write(json, outcome.Applied, []);
        json.WritePropertyName("undone");
        RunJson.Write(json, outcome.Undone, []);
        json.WriteStrings("differences", outcome.Differences);
        json.WriteString("afterwards", ProbeJson.OutcomeName(outcome.Afterwards.Outcome));
        json.WriteEndObject();
    }
}
