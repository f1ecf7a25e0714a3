using System.Text.Json;
using SmtpAuth.Cli.Commands;
using SmtpAuth.Replies;

namespace SmtpAuth.Cli.Output;

/// <summary>Writes the explanation of one error text.</summary>
internal static class ExplanationJson
{
    public static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject();
        WriteReplyAndGate(json, explanation.Reply);
        if (explanation.Meaning is { } meaning)
        {
            json.WriteString("meaning", meaning);
        }

        json.WriteObjects("candidateCauses", explanation.CandidateCauses, cause =>
        {
            json.WriteString("rule", cause.Rule);
            json.WriteString("cause", cause.Cause);
            json.WriteString("likelihood", cause.Likelihood);
            json.WriteString("why", cause.Why);
        });
        DiagnosisJson.WriteNextFacts(json, explanation.NextFacts);
        json.WriteObjects("routes", explanation.Routes, route =>
        {
            json.WriteString("route", route.Route.ToName());
            json.WriteString("title", route.Title);
            json.WriteBoolean("passesGate", route.PassesGate);
            json.WriteStrings("constraints", route.Constraints);
            if (route.Until is { } until)
            {
                json.WriteTime("until", until);
            }
        });
        json.WriteObjects("deadlines", explanation.Deadlines, deadline =>
        {
            json.WriteString("date", deadline.Date);
            json.WriteString("what", deadline.What);
            json.WriteString("source", deadline.Source);
        });
        json.WriteObjects("sources", explanation.Sources, source =>
        {
            json.WriteString("url", source.Url);
            json.WriteString("checked", source.Checked);
            json.WriteString("confidence", source.Confidence);
        });
        json.WriteEndObject();
    }

    public static void WriteReplyAndGate(Utf8JsonWriter json, SmtpReply? reply)
    {
        json.WritePropertyName("reply");
        if (reply is null)
        {
            json.WriteNullValue();
        }
        else
        {
            ReplyJson.Write(json, reply);
        }

        json.WriteString("gate", reply?.Gate?.ToName());
    }
}
