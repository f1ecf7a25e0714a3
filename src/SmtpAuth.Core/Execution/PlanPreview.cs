using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Every check of a run and every call it would make; no write, no journal, no lease.</summary>
internal static class PlanPreview
{
    public static async Task ShowAsync(
        RunPorts ports,
        RemediationPlan plan,
        Approval? approval,
        RunOptions options,
        Action<RunEvent> emit,
        CancellationToken cancellationToken)
    {
        var time = ports.Time;
        var runId = options.RunId ?? "preview";
        emit(new RunEvent.RunStarted(runId, plan, Resumed: false) { At = time.GetUtcNow() });
        IReadOnlyList<StepTrack> tracks = [.. (PlanOrder.Sort(plan.Steps) ?? plan.Steps).Select(step => new StepTrack(step))];
        var view = new TenantView(ports.Readers, plan.Submission);
        var preflight = new Preflight(plan, tracks, view, ports.Executors, null, time, options);
        var (refusals, given) = await preflight.CheckAsync(approval, cancellationToken).ConfigureAwait(false);
        emit(refusals.Count > 0
            ? new RunEvent.PreflightRefused(refusals) { At = time.GetUtcNow() }
            : new RunEvent.PreflightPassed(given) { At = time.GetUtcNow() });
        foreach (var step in tracks.Select(track => track.Step))
        {
            var executor = Preflight.ExecutorOf(ports.Executors, step.Action)?.Name ?? "nobody";
            emit(new RunEvent.StepPreviewed(step, executor, RequestText.Of(step.Action)) { At = time.GetUtcNow() });
        }

        var report = new RunReport
        {
            RunId = runId,
            Outcome = RunOutcome.Stopped,
            Steps = [.. tracks.Select(track => track.Report())],
            Refused = refusals.Count > 0,
            Preview = true,
            Why = refusals.Count > 0 ? refusals[0].Message : "This was a preview; nothing was written.",
        };
        emit(new RunEvent.RunFinished(report) { At = time.GetUtcNow() });
    }
}
