using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Carries one run to its end: preflight, steps, proof. The tenant is changed nowhere else.</summary>
/// <remarks>Not thread-safe. Written down first, done second, read back third.</remarks>
internal sealed class RunEngine(
    RunPorts ports, RunSession session, RemediationPlan plan, IReadOnlyList<StepTrack> tracks, RunOptions options, Action<RunEvent> emit)
{
    private readonly TenantView _view = new(ports.Readers, plan.Submission);
    private ProofAttempt? _proof;

    public string? UndoOf { get; init; }

    /// <summary>Gets the number of tries at a submission that the run's journal already holds.</summary>
    public int ProofAttempts { get; init; }

    private DateTimeOffset Now => ports.Time.GetUtcNow();

    /// <summary>Goes through the run; whatever is done already according to the tracks is not done again.</summary>
    public async Task<RunReport> RunAsync(Approval? approval, CancellationToken cancellationToken)
    {
        try
        {
            return await SettleAsync(cancellationToken).ConfigureAwait(false) is { } unsettled
                ? await FinishAsync(RunOutcome.Stopped, unsettled).ConfigureAwait(false)
                : await CheckAndApplyAsync(approval, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var outcome = tracks.All(track => track.IsDone) ? Reached() : RunOutcome.Stopped;
            return await FinishAsync(outcome, "The run was cancelled. Resume it, or undo it.", cancelled: true).ConfigureAwait(false);
        }
    }

    /// <summary>Finds out by reading what became of writes without an answer.</summary>
    /// <returns>Why that cannot be told, or <see langword="null"/> where it can.</returns>
    public async Task<string?> SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var track in tracks.Where(track => track.State == StepState.Uncertain))
        {
            if (await Writer().SettleAsync(track, cancellationToken).ConfigureAwait(false) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>Makes sure that what the run wrote can be read, so that a stale read is not taken for a run already taken back.</summary>
    /// <returns>Why that cannot be told, or <see langword="null"/> where it can.</returns>
    public async Task<string?> SettleForUndoAsync(CancellationToken cancellationToken)
    {
        if (await SettleAsync(cancellationToken).ConfigureAwait(false) is { } unsettled)
        {
            return unsettled;
        }

        foreach (var track in tracks.Where(track => track.State == StepState.Accepted && track.IsObservable))
        {
            var why = await Writer().ReadBackAsync(track, cancellationToken).ConfigureAwait(false);
            if (why is not null || track.State != StepState.Observed)
            {
                return why ?? track.Why;
            }
        }

        return null;
    }

    private async Task<RunReport> CheckAndApplyAsync(Approval? approval, CancellationToken cancellationToken)
    {
        var preflight = new Preflight(plan, tracks, _view, ports.Executors, ports.Gate, ports.Time, options);
        var (refusals, given) = await preflight.CheckAsync(approval, cancellationToken).ConfigureAwait(false);
        if (refusals.Count > 0)
        {
            await session.AppendAsync(
                new JournalRecord.PreflightRefused([.. refusals.Select(refusal => refusal.Message)]) { At = Now }).ConfigureAwait(false);
            emit(new RunEvent.PreflightRefused(refusals) { At = Now });
            return await FinishAsync(RunOutcome.Stopped, refusals[0].Message, refused: true).ConfigureAwait(false);
        }

        await session.AppendAsync(new JournalRecord.PreflightPassed(given) { At = Now }).ConfigureAwait(false);
        emit(new RunEvent.PreflightPassed(given) { At = Now });

        var writer = Writer();
        foreach (var track in tracks)
        {
            var why = track.State switch
            {
                StepState.Accepted => await writer.ReadBackAsync(track, cancellationToken).ConfigureAwait(false),
                StepState.Pending => await writer.ApplyAsync(track, cancellationToken).ConfigureAwait(false),
                _ => null,
            };
            if (why is not null)
            {
                return await FinishAsync(RunOutcome.Stopped, why).ConfigureAwait(false);
            }
        }

        var proved = await ProveAsync(cancellationToken).ConfigureAwait(false);
        return proved
            ? await FinishAsync(RunOutcome.Proved, null).ConfigureAwait(false)
            : await FinishAsync(Reached(), Unobserved()?.Why ?? ProofText()).ConfigureAwait(false);
    }

    private RunOutcome Reached() => Unobserved() is null ? RunOutcome.Observed : RunOutcome.Applied;

    private StepTrack? Unobserved() => tracks.FirstOrDefault(track => track.State == StepState.Accepted);

    private async Task<bool> ProveAsync(CancellationToken cancellationToken)
    {
        if (ports.Proof is null || !options.Prove || UndoOf is not null)
        {
            return false;
        }

        var wait = plan.Complete ? options.Wait ?? TypicalWait() : TimeSpan.Zero;
        emit(new RunEvent.ProbeStarted(wait) { At = Now });
        var tries = ports.Proof.ProveAsync(plan, wait, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await session.KeepWhileAsync(tries.MoveNextAsync().AsTask()).ConfigureAwait(false))
            {
                _proof = tries.Current with { Number = ProofAttempts + tries.Current.Number };
                await session.AppendAsync(new JournalRecord.ProofTried(_proof) { At = Now }).ConfigureAwait(false);
                emit(new RunEvent.ProbeResult(_proof) { At = Now });
            }
        }
        finally
        {
            await tries.DisposeAsync().ConfigureAwait(false);
        }

        return _proof is { Accepted: true };
    }

    private TimeSpan TypicalWait() =>
        plan.Steps.Select(step => step.PropagationTypical).Append(TimeSpan.FromMinutes(2)).Max();

    private string? ProofText() => _proof switch
    {
        null or { Accepted: true } => null,
        { ReplyText: { } reply } => $"The changes are in place, but a real submission is still refused: {SecretMask.Mask(reply)}",
        _ => $"The changes are in place, but no real submission could be tried: {_proof.Failure}",
    };

    private async Task<RunReport> FinishAsync(RunOutcome outcome, string? why, bool refused = false, bool cancelled = false)
    {
        await session.AppendAsync(new JournalRecord.RunFinished(outcome, why) { At = Now }).ConfigureAwait(false);
        var report = new RunReport
        {
            RunId = session.RunId,
            Outcome = outcome,
            Steps = [.. tracks.Select(track => track.Report())],
            Refused = refused,
            Cancelled = cancelled,
            Why = why,
            Proof = _proof,
            UndoOf = UndoOf,
        };
        emit(new RunEvent.RunFinished(report) { At = Now });
        return report;
    }

    private StepWriter Writer() => new(ports, session, _view, tracks, options, emit);
}
