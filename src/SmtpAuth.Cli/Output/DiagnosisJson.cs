using System.Text.Json;
using SmtpAuth.Diagnoses;
using SmtpAuth.Replies;

namespace SmtpAuth.Cli.Output;

/// <summary>Writes a diagnosis.</summary>
internal static class DiagnosisJson
{
    public static void Write(Utf8JsonWriter json, Diagnosis diagnosis, SmtpReply? reply)
    {
        json.WriteStartObject();
        json.WriteString("mailbox", diagnosis.Submission.Mailbox);
        json.WriteString("route", diagnosis.Submission.Route.ToName());
        json.WriteString("verdict", VerdictName(diagnosis.Verdict));
        if (reply is not null)
        {
            json.WritePropertyName("reply");
            ReplyJson.Write(json, reply);
        }

        json.WriteObjects("gates", diagnosis.Gates, gate => WriteGate(json, gate));
        json.WriteObjects("causes", diagnosis.Causes, cause =>
        {
            json.WriteString("rule", cause.Rule);
            json.WriteString("cause", cause.Label);
            json.WriteString("gate", cause.Gate.ToName());
            json.WriteString("certainty", cause.Confirmed ? "confirmed" : "possible");
            json.WriteBoolean("explainsReply", cause.ExplainsReply);
        });
        json.WriteStrings("willFailNext", diagnosis.WillFailNext.Select(gate => gate.ToName()));
        json.WriteObjects("contradictions", diagnosis.Contradictions, contradiction =>
        {
            json.WriteString("gate", contradiction.Gate.ToName());
            json.WriteString("why", contradiction.Why);
        });
        WriteNextFacts(json, diagnosis.NextFacts);
        if (diagnosis.Faults.Count > 0)
        {
            json.WriteObjects("faults", diagnosis.Faults, fault =>
            {
                json.WriteString("rule", fault.Rule);
                json.WriteString("gate", fault.Gate.ToName());
                json.WriteString("message", fault.Message);
            });
        }

        json.WriteEndObject();
    }

    public static void WriteNextFacts(Utf8JsonWriter json, IEnumerable<NextFact> facts) =>
        json.WriteObjects("nextFacts", facts, next =>
        {
            json.WriteString("fact", next.Fact);
            json.WriteStrings("separates", next.Separates);
            json.WriteString("how", next.How);
        });

    public static string VerdictName(Verdict verdict) => verdict switch
    {
        Verdict.Open => "open",
        Verdict.Blocked => "blocked",
        _ => "unknown",
    };

    public static string StatusName(GateStatus status) => status switch
    {
        GateStatus.Open => "open",
        GateStatus.Closed => "closed",
        GateStatus.NotOnRoute => "not-on-route",
        _ => "unknown",
    };

    private static void WriteGate(Utf8JsonWriter json, GateVerdict gate)
    {
        json.WriteString("gate", gate.Gate.ToName());
        json.WriteString("status", StatusName(gate.Status));
        json.WriteStrings("rules", gate.Rules);
        json.WriteString("why", gate.Why);
        json.WriteObjects("evidence", gate.Evidence, evidence =>
        {
            json.WriteString("fact", evidence.Fact);
            json.WritePropertyName("value");
            json.WriteFactValue(evidence.Value);
            json.WriteString("source", evidence.Source);
            json.WriteTime("readAt", evidence.ReadAt);
        });
        json.WriteObjects("missing", gate.Missing, missing =>
        {
            json.WriteString("fact", missing.Fact);
            json.WriteString("reason", missing.Reason);
            json.WriteString("how", missing.How);
        });
    }
}
