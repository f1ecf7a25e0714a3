using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Journal records as a kind and a JSON object.</summary>
internal static class JournalRecordJson
{
    private static readonly string[] Settlements = ["accepted", "refused", "uncertain", "not-written"];

    private static readonly string[] Outcomes = ["stopped", "applied", "observed", "proved"];

    public static string ToName(this RunOutcome outcome) => Outcomes[(int)outcome];

    public static (string Kind, string Payload) Write(JournalRecord record)
    {
        using var stream = new MemoryStream();
        string kind;
        using (var writer = new Utf8JsonWriter(stream, PlanJsonWriter.Compact))
        {
            writer.WriteStartObject();
            kind = WriteMembers(writer, record);
            writer.WriteEndObject();
        }

        return (kind, Encoding.UTF8.GetString(stream.ToArray()));
    }

    public static JournalRecord Read(string kind, DateTimeOffset at, string payload)
    {
        try
        {
            using var document = PlanJsonObject.Parse(payload);
            var from = new PlanJsonObject(
                document.RootElement, kind, message => new FormatException("The journal record " + message));
            var record = ReadMembers(from, kind, at);
            from.End();
            return record;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or InvalidCastException or ArgumentException)
        {
            throw new FormatException($"The journal record '{kind}' is not well-formed: {PlanJsonObject.OneLine(error.Message)}", error);
        }
    }

    /// <summary>Reads what a list of runs shows, without the plan, so that one run in an older form hides no other.</summary>
    public static (string Mailbox, string? UndoOf) ReadStart(string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return (
                document.RootElement.GetProperty("plan").GetProperty("submission").GetProperty("mailbox").GetString() ?? string.Empty,
                document.RootElement.GetProperty("undoOf").GetString());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return ("(not readable)", null);
        }
    }

    private static string WriteMembers(Utf8JsonWriter writer, JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.RunStarted started:
                writer.WriteString("requestedBy", started.RequestedBy);
                writer.WriteString("undoOf", started.UndoOf);
                writer.WritePropertyName("plan");
                PlanJson.WriteTo(writer, started.Plan);
                return "run-started";
            case JournalRecord.RunResumed resumed:
                writer.WriteString("requestedBy", resumed.RequestedBy);
                return "run-resumed";
            case JournalRecord.PreflightPassed passed:
                writer.WritePropertyName("approval");
                if (passed.Approval is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    ApprovalJson.WriteTo(writer, passed.Approval);
                }

                return "preflight-passed";
            case JournalRecord.PreflightRefused refused:
                writer.WriteStartArray("reasons");
                foreach (var reason in refused.Reasons)
                {
                    writer.WriteStringValue(reason);
                }

                writer.WriteEndArray();
                return "preflight-refused";
            case JournalRecord.StepSkipped skipped:
                writer.WriteString("step", skipped.StepId);
                WriteNode(writer, "now", skipped.Now);
                return "step-skipped";
            case JournalRecord.StepIntended intended:
                writer.WriteString("step", intended.StepId);
                writer.WriteNumber("attempt", intended.Attempt);
                writer.WriteString("executor", intended.Executor);
                WriteNode(writer, "previous", intended.Previous);
                writer.WritePropertyName("action");
                PlanJsonWriter.WriteAction(writer, intended.Action, canonical: false);
                return "step-intended";
            case JournalRecord.StepSettled settled:
                writer.WriteString("step", settled.StepId);
                writer.WriteString("settlement", Settlements[(int)settled.Settlement]);
                writer.WriteString("reason", settled.Reason);
                WriteNode(writer, "created", settled.Created);
                return "step-settled";
            case JournalRecord.StepReadBack readBack:
                writer.WriteString("step", readBack.StepId);
                writer.WriteBoolean("observed", readBack.Observed);
                WriteNode(writer, "now", readBack.Now);
                writer.WriteString("why", readBack.Why);
                return "step-read-back";
            case JournalRecord.ProofTried tried:
                WriteAttempt(writer, tried.Attempt);
                return "proof-tried";
            case JournalRecord.RunFinished finished:
                writer.WriteString("outcome", finished.Outcome.ToName());
                writer.WriteString("why", finished.Why);
                return "run-finished";
            default:
                throw new ArgumentException($"No JSON form is known for {record.GetType().Name}.", nameof(record));
        }
    }

    private static JournalRecord ReadMembers(PlanJsonObject from, string kind, DateTimeOffset at) => kind switch
    {
        "run-started" => new JournalRecord.RunStarted(
            PlanJsonReader.Read(from.Element("plan")), from.NullableText("requestedBy"), from.NullableText("undoOf"))
        { At = at },
        "run-resumed" => new JournalRecord.RunResumed(from.NullableText("requestedBy")) { At = at },
        "preflight-passed" => new JournalRecord.PreflightPassed(
            from.NullableObject("approval") is { } approval ? ApprovalJson.Read(approval) : null)
        { At = at },
        "preflight-refused" => new JournalRecord.PreflightRefused(from.Texts("reasons")) { At = at },
        "step-skipped" => new JournalRecord.StepSkipped(from.Text("step"), from.Free("now")) { At = at },
        "step-intended" => new JournalRecord.StepIntended(
            from.Text("step"),
            from.Integer("attempt"),
            from.Text("executor"),
            from.Free("previous"),
            PlanJsonReader.ReadAction(from.Object("action")))
        { At = at },
        "step-settled" => new JournalRecord.StepSettled(
            from.Text("step"),
            (StepSettlement)IndexOf(from, "settlement", Settlements),
            from.NullableText("reason"),
            (JsonObject?)from.Free("created"))
        { At = at },
        "step-read-back" => new JournalRecord.StepReadBack(
            from.Text("step"), from.Boolean("observed"), from.Free("now"), from.NullableText("why"))
        { At = at },
        "proof-tried" => new JournalRecord.ProofTried(ReadAttempt(from)) { At = at },
        "run-finished" => new JournalRecord.RunFinished(
            (RunOutcome)IndexOf(from, "outcome", Outcomes), from.NullableText("why"))
        { At = at },
        _ => throw new FormatException(
            $"The journal record has the kind {PlanJsonObject.Quote(kind)}, which this version does not know."),
    };

    private static void WriteAttempt(Utf8JsonWriter writer, ProofAttempt attempt)
    {
        writer.WriteNumber("number", attempt.Number);
        writer.WriteBoolean("accepted", attempt.Accepted);
        writer.WriteString("replyText", attempt.ReplyText);
        writer.WriteString("failure", attempt.Failure);
        writer.WriteBoolean("changed", attempt.Changed);
        writer.WriteString("nextIn", attempt.NextIn?.ToString("c", CultureInfo.InvariantCulture));
    }

    private static ProofAttempt ReadAttempt(PlanJsonObject from)
    {
        var nextIn = from.NullableText("nextIn");
        return new(
            from.Integer("number"),
            from.Boolean("accepted"),
            from.NullableText("replyText"),
            from.NullableText("failure"),
            from.Boolean("changed"),
            nextIn is null ? null : TimeSpan.ParseExact(nextIn, "c", CultureInfo.InvariantCulture));
    }

    private static int IndexOf(PlanJsonObject from, string member, string[] names)
    {
        var name = from.Text(member);
        var index = Array.IndexOf(names, name);
        return index >= 0 ? index : throw from.Wrong($"has the {member} {PlanJsonObject.Quote(name)}; expected {string.Join(", ", names)}.");
    }

    private static void WriteNode(Utf8JsonWriter writer, string name, JsonNode? node)
    {
        writer.WritePropertyName(name);
        PlanJsonWriter.WriteNode(writer, node, canonical: false);
    }
}
