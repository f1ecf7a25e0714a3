using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpAuth.Planning;

/// <summary>The one place that knows how a plan's members are called and ordered in JSON.</summary>
internal static class PlanJsonWriter
{
    // Relaxed escaping keeps PowerShell quotes and Romanian letters readable; plans are files, never part of a web page.
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonWriterOptions Indented { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>Writes a plan; without a hash in the canonical form that the hash is computed over.</summary>
    public static void Write(Utf8JsonWriter writer, RemediationPlan plan, string? hash)
    {
        var canonical = hash is null;
        writer.WriteStartObject();
        writer.WriteNumber("formatVersion", RemediationPlan.CurrentFormatVersion);
        if (hash is not null)
        {
            writer.WriteString("hash", hash);
        }

        writer.WriteBoolean("complete", plan.Complete);
        writer.WriteString("route", plan.Route.ToName());
        writer.WriteBoolean("approvalRequired", plan.ApprovalRequired);
        WriteTime(writer, "createdAt", plan.CreatedAt);
        WriteTime(writer, "expires", plan.Expires);
        writer.WriteString("packVersion", plan.PackVersion);
        writer.WriteString("tenantId", plan.TenantId);
        WriteSubmission(writer, plan.Submission);
        WriteTexts(writer, "acceptedRisks", plan.AcceptedRisks);

        writer.WriteStartArray("steps");
        foreach (var step in plan.Steps)
        {
            WriteStep(writer, step, canonical);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("withheld");
        foreach (var withheld in plan.Withheld)
        {
            WriteWithheld(writer, withheld);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("alternatives");
        foreach (var alternative in plan.Alternatives)
        {
            WriteAlternative(writer, alternative);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes an action as an object.</summary>
    public static void WriteAction(Utf8JsonWriter writer, StepAction action, bool canonical)
    {
        writer.WriteStartObject();
        switch (action)
        {
            case StepAction.Cmdlet cmdlet:
                writer.WriteString("kind", "cmdlet");
                writer.WriteString("name", cmdlet.Name);
                writer.WritePropertyName("parameters");
                WriteNode(writer, cmdlet.Parameters, canonical);
                break;
            case StepAction.GraphRequest request:
                writer.WriteString("kind", "graph");
                writer.WriteString("method", request.Method);
                writer.WriteString("version", request.Version);
                writer.WriteString("path", request.Path);
                writer.WritePropertyName("body");
                WriteNode(writer, request.Body, canonical);
                break;
            default:
                writer.WriteString("kind", "manual");
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a free JSON value; in the canonical form the members of its objects are sorted.</summary>
    public static void WriteNode(Utf8JsonWriter writer, JsonNode? node, bool canonical)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var member in canonical ? members.OrderBy(pair => pair.Key, StringComparer.Ordinal) : members.AsEnumerable())
                {
                    writer.WritePropertyName(member.Key);
                    WriteNode(writer, member.Value, canonical);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteNode(writer, item, canonical);
                }

                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    public static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset time) =>
        writer.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    private static void WriteSubmission(Utf8JsonWriter writer, Tenancy.Submission submission)
    {
        writer.WriteStartObject("submission");
        writer.WriteString("mailbox", submission.Mailbox);
        writer.WriteString("route", submission.Route.ToName());
        WriteOptional(writer, "from", submission.From);
        WriteOptional(writer, "appId", submission.AppId?.ToString("D"));
        WriteOptional(writer, "ipAddress", submission.IpAddress);
        writer.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter writer, PlanStep step, bool canonical)
    {
        writer.WriteStartObject();
        writer.WriteString("id", step.Id);
        writer.WriteString("operation", step.Operation);
        writer.WriteString("target", step.Target);
        writer.WriteStartObject("observes");
        writer.WriteString("answer", step.Observes.Answer);
        WriteOptional(writer, "keyProperty", step.Observes.KeyProperty);
        WriteOptional(writer, "key", step.Observes.Key);
        WriteOptional(writer, "path", step.Observes.Path);
        writer.WriteEndObject();
        writer.WritePropertyName("before");
        WriteNode(writer, step.Before, canonical);
        writer.WritePropertyName("after");
        WriteNode(writer, step.After, canonical);
        writer.WriteString("risk", step.Risk);
        writer.WriteString("scope", ScopeName(step.Scope));
        writer.WriteNumber("securityCost", step.SecurityCost);
        writer.WriteBoolean("reversible", step.Undo is not null);
        WriteTexts(writer, "permissions", step.Permissions);
        WriteTexts(writer, "roles", step.Roles);
        WriteTexts(writer, "requires", step.Requires);
        writer.WriteStartObject("propagation");
        writer.WriteString("typical", step.PropagationTypical.ToString("c", CultureInfo.InvariantCulture));
        writer.WriteString("maximum", step.PropagationMaximum.ToString("c", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
        WriteTexts(writer, "dependsOn", step.DependsOn);
        writer.WritePropertyName("action");
        WriteAction(writer, step.Action, canonical);
        writer.WritePropertyName("undo");
        if (step.Undo is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            WriteAction(writer, step.Undo, canonical);
        }

        writer.WriteStartObject("summary");
        foreach (var text in step.Summary.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(text.Key, text.Value);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("portal");
        foreach (var texts in step.Portal.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            WriteTexts(writer, texts.Key, texts.Value);
        }

        writer.WriteEndObject();
        writer.WriteString("powerShell", step.PowerShell);
        writer.WriteEndObject();
    }

    private static void WriteWithheld(Utf8JsonWriter writer, WithheldStep withheld)
    {
        writer.WriteStartObject();
        WriteOptional(writer, "risk", withheld.Risk);
        WriteOptional(writer, "reason", withheld.Reason);
        writer.WriteString("operation", withheld.Operation);
        writer.WriteString("why", withheld.Why);
        writer.WriteEndObject();
    }

    private static void WriteAlternative(Utf8JsonWriter writer, RouteAlternative alternative)
    {
        writer.WriteStartObject();
        writer.WriteString("route", alternative.Route.ToName());
        writer.WriteBoolean("complete", alternative.Complete);
        writer.WriteString("why", alternative.Why);
        if (alternative.Until is { } until)
        {
            WriteTime(writer, "until", until);
        }

        writer.WriteEndObject();
    }

    private static string ScopeName(StepScope scope) => scope switch
    {
        StepScope.Client => "client",
        StepScope.Mailbox => "mailbox",
        _ => "organization",
    };

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
