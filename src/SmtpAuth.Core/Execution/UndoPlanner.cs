using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Makes the plan that takes a run back, from the run's journal.</summary>
internal static class UndoPlanner
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>Makes the plan: what was written, in reverse order, back to the values read before it was written.</summary>
    public static RemediationPlan Plan(RunHistory history, DateTimeOffset now)
    {
        var withheld = new List<WithheldStep>();
        var steps = new List<PlanStep>();
        foreach (var track in history.Tracks.Reverse().Where(track => track.Written))
        {
            var undo = track.Step.Undo is null
                ? null
                : Placeholders.Fill(track.Step.Undo, reference => Preflight.CreatedProperty(history.Tracks, reference));
            var step = Placeholders.Fill(track.Step, reference => Preflight.CreatedProperty(history.Tracks, reference));
            if (undo is null)
            {
                withheld.Add(new(step.Operation, null, "irreversible", $"Step {step.Id} ({step.Target}) cannot be taken back."));
            }
            else if (Placeholders.FindNeeded(step with { Action = undo, Before = null, After = null }).FirstOrDefault() is { } missing)
            {
                withheld.Add(new(
                    step.Operation,
                    null,
                    "unknown-facts",
                    $"Step {step.Id} ({step.Target}) cannot be taken back: its {missing.Property} was never learned. Remove it by hand."));
            }
            else
            {
                steps.Add(Reverse(track, step, undo));
            }
        }

        var ids = steps.ToDictionary(step => step.Id, StringComparer.Ordinal);
        return history.Started.Plan with
        {
            Complete = withheld.Count == 0,
            Steps = [.. steps.Select(step => step with { DependsOn = [.. step.DependsOn.Where(ids.ContainsKey)] })],
            Withheld = withheld,
            Alternatives = [],
            AcceptedRisks = [],
            CreatedAt = now,
            Expires = now + Lifetime,
        };

        PlanStep Reverse(StepTrack track, PlanStep step, StepAction undo)
        {
            var written = ServiceBookkeeping.Strip(track.Observed, step.After);
            var target = ThreeWayDifference.Show(step.Before);
            return step with
            {
                Id = UndoId(step.Id),
                Before = written,
                After = step.Before,
                Action = undo,
                Undo = step.Action,
                Risk = null,
                SecurityCost = 0,
                DependsOn = [.. history.Tracks.Where(other => other.Step.DependsOn.Contains(step.Id)).Select(other => UndoId(other.Step.Id))],
                Summary = step.Summary.ToDictionary(
                    pair => pair.Key, pair => (pair.Key == "ro" ? "Anulare: " : "Take back: ") + pair.Value, StringComparer.Ordinal),
                Portal = step.Portal.ToDictionary(
                    pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value, BackByHand(pair.Key, target)], StringComparer.Ordinal),
                PowerShell = PowerShellText.Call(undo),
            };
        }
    }

    private static string UndoId(string id) => "undo-" + id;

    private static string BackByHand(string language, string target) => language == "ro"
        ? $"Faceți aceiași pași pentru a reveni la valoarea {target}."
        : $"Go the same way to set it back to {target}.";
}
