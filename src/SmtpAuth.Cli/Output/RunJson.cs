using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Execution;

namespace SmtpAuth.Cli.Output;

/// <summary>Writes how a run ended.</summary>
internal static class RunJson
{
    public static void Write(Utf8JsonWriter json, RunReport report, IReadOnlyList<Refusal> refusals)
    {
        json.WriteStartObject();
        json.WriteString("runId", report.RunId);
        json.WriteString("outcome", OutcomeName(report.Outcome));
        if (report.UndoOf is { } undone)
        {
            json.WriteString("undoOf", undone);
        }

        json.WriteBoolean("refused", report.Refused);
        if (report.Preview)
        {
            json.WriteBoolean("dryRun", true);
        }

        if (report.Why is { } why)
        {
            json.WriteString("why", why);
        }

        json.WriteObjects("steps", report.Steps, step =>
        {
            json.WriteString("id", step.StepId);
            json.WriteString("operation", step.Operation);
            json.WriteString("target", step.Target);
            json.WriteString("state", StateName(step.State));
            WriteNode(json, "before", step.Before);
            WriteNode(json, "after", step.After);
            if (step.Why is { } reason)
            {
                json.WriteString("why", reason);
            }
        });
        if (refusals.Count > 0)
        {
            WriteRefusals(json, refusals);
        }

        if (report.Proof is { } proof)
        {
            json.WriteStartObject("proof");
            json.WriteBoolean("accepted", proof.Accepted);
            json.WriteNumber("attempts", proof.Number);
            json.WriteString("reply", proof.ReplyText);
            if (proof.Failure is { } failure)
            {
                json.WriteString("failure", failure);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static string OutcomeName(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Proved => "proved",
        RunOutcome.Observed => "observed",
        RunOutcome.Applied => "applied",
        _ => "stopped",
    };

    public static string StateName(StepState state) => state switch
    {
        StepState.AlreadySatisfied => "already-satisfied",
        StepState.Uncertain => "uncertain",
        StepState.Accepted => "applied",
        StepState.Observed => "observed",
        StepState.Stopped => "stopped",
        _ => "pending",
    };

    private static void WriteRefusals(Utf8JsonWriter json, IReadOnlyList<Refusal> refusals) =>
        json.WriteObjects("refusals", refusals, refusal =>
        {
            json.WriteString("kind", KindName(refusal.Kind));
            if (refusal.StepId is { } step)
            {
                json.WriteString("step", step);
            }

            json.WriteString("message", refusal.Message);
            if (refusal.Difference is { } difference)
            {
                json.WriteStartObject("difference");
                WriteNode(json, "before", difference.Before);
                WriteNode(json, "now", difference.Now);
                WriteNode(json, "after", difference.After);
                json.WriteEndObject();
            }
        });

    private static string KindName(RefusalKind kind) => kind switch
    {
        RefusalKind.Expired => "expired",
        RefusalKind.Malformed => "malformed",
        RefusalKind.Tenant => "tenant",
        RefusalKind.NoExecutor => "no-executor",
        RefusalKind.MissingPermission => "missing-permission",
        RefusalKind.ApprovalMissing => "approval-missing",
        RefusalKind.ApprovalInvalid => "approval-invalid",
        RefusalKind.Drift => "drift",
        RefusalKind.Unreadable => "unreadable",
        RefusalKind.LeaseHeld => "lease-held",
        _ => "run",
    };

    private static void WriteNode(Utf8JsonWriter json, string name, JsonNode? node)
    {
        json.WritePropertyName(name);
        if (node is null)
        {
            json.WriteNullValue();
        }
        else
        {
            node.WriteTo(json);
        }
    }
}
