using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Makes one step's write, settles it and reads it back. Each method returns why the run must stop, or null.</summary>
internal sealed class StepWriter(
    RunPorts ports, RunSession session, TenantView view, IReadOnlyList<StepTrack> tracks, RunOptions options, Action<RunEvent> emit)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private DateTimeOffset Now => ports.Time.GetUtcNow();

    /// <summary>Applies a step of which nothing is known to be written.</summary>
    public async Task<string?> ApplyAsync(StepTrack track, CancellationToken cancellationToken)
    {
        var step = Fill(track);
        emit(new RunEvent.StepStarted(step) { At = Now });
        if (Hindrance(track, step) is { } hindrance)
        {
            return Stop(track, hindrance);
        }

        for (var attempt = 1; attempt <= options.MaximumAttempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            JsonNode? previous = null;
            if (track.IsObservable)
            {
                var now = await SeeBeforeAsync(track, step, cancellationToken).ConfigureAwait(false);
                if (!now.IsKnown)
                {
                    return Stop(track, $"The value of step {step.Id} could not be read before the write: {now.Reason}");
                }

                if (TenantView.Satisfies(now.Value, step.After))
                {
                    return track.MayTurnUp
                        ? await FoundWrittenAsync(track, now.Value).ConfigureAwait(false)
                        : await SkipAsync(track, now.Value).ConfigureAwait(false);
                }

                if (!TenantView.Satisfies(now.Value, step.Before))
                {
                    return StopAtDrift(track, step, now.Value);
                }

                previous = SecretMask.Mask(now.Value);
            }

            var outcome = await WriteAsync(track, step, previous, cancellationToken).ConfigureAwait(false);
            var why = await AnswerAsync(track, outcome, cancellationToken).ConfigureAwait(false);
            if (why is not null || track.State != StepState.Pending)
            {
                return why;
            }
        }

        return Stop(track, $"Step {step.Id} was attempted {track.Attempts} times; each time the answer was lost and nothing was written.");
    }

    /// <summary>Finds out by reading whether a write without an answer was made.</summary>
    public async Task<string?> SettleAsync(StepTrack track, CancellationToken cancellationToken)
    {
        var step = Fill(track);
        if (!track.IsObservable && step.Action is StepAction.Manual)
        {
            // Asking a person a second time harms nobody.
            await SettledAsync(track, StepSettlement.NotWritten, "Nobody said whether it was done.", null).ConfigureAwait(false);
            return null;
        }

        if (!track.IsObservable)
        {
            return Stop(track, $"Whether step {step.Id} was done cannot be read in the tenant. Look at {step.Target} by hand.");
        }

        var pauses = new Pauses(ports.Time, options.PollInterval, LongestPause, options.SettleTime);
        while (true)
        {
            var now = await view.SeeAsync(step.Observes, cancellationToken).ConfigureAwait(false);
            if (now.IsKnown && TenantView.Satisfies(now.Value, step.After))
            {
                return await FoundWrittenAsync(track, now.Value).ConfigureAwait(false);
            }

            if (IsSurprise(track, step, now))
            {
                return StopAtDrift(track, step, now.Value);
            }

            // Reads may be stale, so the old value has to last before it counts.
            var pause = pauses.Next();
            emit(new RunEvent.ReadBack(step.Id, Observed: false, SecretMask.Mask(now.Value), pause) { At = Now });
            if (pause is { } duration)
            {
                await session.WaitAsync(duration, cancellationToken).ConfigureAwait(false);
            }
            else if (now.IsKnown && TenantView.Satisfies(now.Value, step.Before))
            {
                await SettledAsync(
                    track, StepSettlement.NotWritten, "The answer was lost; reads show that nothing was written.", null).ConfigureAwait(false);
                return null;
            }
            else
            {
                return now.IsKnown
                    ? StopAtDrift(track, step, now.Value)
                    : Stop(track, $"Whether step {step.Id} was written could not be read: {now.Reason}");
            }
        }
    }

    /// <summary>Waits until an accepted write can be read.</summary>
    public async Task<string?> ReadBackAsync(StepTrack track, CancellationToken cancellationToken)
    {
        if (!track.IsObservable)
        {
            return null;
        }

        var step = Fill(track);
        var limit = options.Wait is { } wait && wait < options.ReadBackLimit ? wait : options.ReadBackLimit;
        var pauses = new Pauses(ports.Time, options.PollInterval, LongestPause, limit);
        while (true)
        {
            var now = await view.SeeAsync(step.Observes, cancellationToken).ConfigureAwait(false);
            if (now.IsKnown && TenantView.Satisfies(now.Value, step.After))
            {
                KeepCreated(track, now.Value);
                await ObservedAsync(track, now.Value).ConfigureAwait(false);
                return null;
            }

            if (IsSurprise(track, step, now))
            {
                await UnobservedAsync(track, now, "Someone else changed it after the write.").ConfigureAwait(false);
                return StopAtDrift(track, step, now.Value);
            }

            var pause = pauses.Next();
            emit(new RunEvent.ReadBack(step.Id, Observed: false, SecretMask.Mask(now.Value), pause) { At = Now });
            if (pause is not { } duration)
            {
                await UnobservedAsync(
                    track,
                    now,
                    now.IsKnown
                        ? $"Step {step.Id} was accepted, but reads still show the old value."
                        : $"Step {step.Id} was accepted, but its value could not be read: {now.Reason}").ConfigureAwait(false);
                return null;
            }

            await session.WaitAsync(duration, cancellationToken).ConfigureAwait(false);
        }
    }

    // Where this run wrote to the same object before, a stale read may still show it as it was: not yet a surprise.
    private async Task<Sighting> SeeBeforeAsync(StepTrack track, PlanStep step, CancellationToken cancellationToken)
    {
        var own = HasOwnWrites(track);
        var pauses = new Pauses(ports.Time, options.PollInterval, LongestPause, own ? options.ReadBackLimit : TimeSpan.Zero);
        while (true)
        {
            var now = await view.SeeAsync(step.Observes, cancellationToken).ConfigureAwait(false);
            var expected = now.IsKnown
                && (TenantView.Satisfies(now.Value, step.After) || TenantView.Satisfies(now.Value, step.Before));
            if (expected || pauses.Next() is not { } pause)
            {
                return now;
            }

            emit(new RunEvent.ReadBack(step.Id, Observed: false, SecretMask.Mask(now.Value), pause) { At = Now });
            await session.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool HasOwnWrites(StepTrack track) =>
        tracks.Any(other => other != track && other.Written && PlanOrder.Overlap(other.Step.Observes, track.Step.Observes));

    private bool IsSurprise(StepTrack track, PlanStep step, Sighting now) =>
        now.IsKnown && !TenantView.Satisfies(now.Value, step.Before) && !HasOwnWrites(track);

    private async Task<StepOutcome> WriteAsync(StepTrack track, PlanStep step, JsonNode? previous, CancellationToken cancellationToken)
    {
        var executor = Preflight.ExecutorOf(ports.Executors, step.Action)!;
        track.Attempts++;
        await session.AppendAsync(
            new JournalRecord.StepIntended(step.Id, track.Attempts, executor.Name, previous, step.Action) { At = Now }).ConfigureAwait(false);
        track.Previous = previous;
        track.Written = true;
        track.State = StepState.Uncertain;
        emit(new RunEvent.StepIntended(step.Id, executor.Name, step.Action, track.Attempts) { At = Now });
        try
        {
            var call = executor is IWholeStepExecutor whole
                ? whole.ExecuteStepAsync(step, cancellationToken)
                : executor.ExecuteAsync(step.Action, cancellationToken);
            return await session.KeepWhileAsync(call).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new StepOutcome.Uncertain("The call was cancelled.");
        }
        catch (Exception error)
        {
            // The one broad catch around a step: what was written is for a read to say.
            return new StepOutcome.Uncertain($"The call broke ({error.GetType().Name}): {SecretMask.Mask(error.Message)}");
        }
    }

    private async Task<string?> AnswerAsync(StepTrack track, StepOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case StepOutcome.Accepted accepted:
                await SettledAsync(track, StepSettlement.Accepted, null, accepted.Created).ConfigureAwait(false);
                emit(new RunEvent.StepAccepted(track.Step.Id, ByReading: false) { At = Now });
                return await ReadBackAsync(track, cancellationToken).ConfigureAwait(false);
            case StepOutcome.Refused refused:
                var reason = SecretMask.Mask(refused.Reason);
                await SettledAsync(track, StepSettlement.Refused, reason, null).ConfigureAwait(false);
                return Stop(track, $"Step {track.Step.Id} was refused: {reason}", refused.MissingPermission);
            default:
                var lost = SecretMask.Mask(((StepOutcome.Uncertain)outcome).Reason);
                await SettledAsync(track, StepSettlement.Uncertain, lost, null).ConfigureAwait(false);
                emit(new RunEvent.StepUncertain(track.Step.Id, lost) { At = Now });
                return await SettleAsync(track, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> FoundWrittenAsync(StepTrack track, JsonNode? now)
    {
        await SettledAsync(
            track, StepSettlement.Accepted, "The answer was lost; a read shows that the write was made.", now).ConfigureAwait(false);
        emit(new RunEvent.StepAccepted(track.Step.Id, ByReading: true) { At = Now });
        await ObservedAsync(track, now).ConfigureAwait(false);
        return null;
    }

    private async Task<string?> SkipAsync(StepTrack track, JsonNode? now)
    {
        KeepCreated(track, now);
        await session.AppendAsync(new JournalRecord.StepSkipped(track.Step.Id, SecretMask.Mask(now)) { At = Now }).ConfigureAwait(false);
        track.State = StepState.AlreadySatisfied;
        emit(new RunEvent.StepAlreadySatisfied(track.Step.Id, SecretMask.Mask(now)) { At = Now });
        return null;
    }

    private async Task SettledAsync(StepTrack track, StepSettlement settlement, string? reason, JsonNode? created)
    {
        KeepCreated(track, created);
        await session.AppendAsync(
            new JournalRecord.StepSettled(track.Step.Id, settlement, reason, track.Created) { At = Now }).ConfigureAwait(false);
        track.Settle(settlement);
    }

    private async Task ObservedAsync(StepTrack track, JsonNode? now)
    {
        var shown = SecretMask.Mask(now);
        await session.AppendAsync(new JournalRecord.StepReadBack(track.Step.Id, Observed: true, shown, null) { At = Now }).ConfigureAwait(false);
        track.State = StepState.Observed;
        track.Observed = shown;
        track.Why = null;
        emit(new RunEvent.ReadBack(track.Step.Id, Observed: true, shown, null) { At = Now });
    }

    private async Task UnobservedAsync(StepTrack track, Sighting now, string why)
    {
        track.Why = why;
        await session.AppendAsync(
            new JournalRecord.StepReadBack(track.Step.Id, Observed: false, SecretMask.Mask(now.Value), why) { At = Now }).ConfigureAwait(false);
    }

    private string? Hindrance(StepTrack track, PlanStep step)
    {
        if (Placeholders.FindNeeded(step).FirstOrDefault() is { } missing)
        {
            return $"Step {step.Id} needs {missing.Property} of what step {missing.StepId} created, and the service did not say it.";
        }

        if (Preflight.ExecutorOf(ports.Executors, step.Action) is null)
        {
            return $"Nothing here can make the call of step {step.Id} ({step.Operation}).";
        }

        var unobserved = tracks.TakeWhile(other => other != track).FirstOrDefault(other =>
            other.State == StepState.Accepted && other.IsObservable
            && (step.DependsOn.Contains(other.Step.Id) || PlanOrder.Overlap(other.Step.Observes, step.Observes)));
        return unobserved is null
            ? null
            : $"Step {step.Id} waits for step {unobserved.Step.Id}, which was accepted but cannot be read back yet. Resume the run later.";
    }

    private string StopAtDrift(StepTrack track, PlanStep step, JsonNode? now)
    {
        var difference = Preflight.Difference(step, now);
        return Stop(track, $"The tenant is another one than planned for. {difference}.", difference: difference);
    }

    private string Stop(StepTrack track, string why, bool missingPermission = false, ThreeWayDifference? difference = null)
    {
        track.Why = why;
        if (track.State == StepState.Pending)
        {
            track.State = StepState.Stopped;
        }

        emit(new RunEvent.StepStopped(track.Step.Id, why, missingPermission, difference) { At = Now });
        return why;
    }

    private PlanStep Fill(StepTrack track) =>
        Placeholders.Fill(track.Step, reference => Preflight.CreatedProperty(tracks, reference));

    private void KeepCreated(StepTrack track, JsonNode? created) => track.KeepCreated(created, tracks);
}
