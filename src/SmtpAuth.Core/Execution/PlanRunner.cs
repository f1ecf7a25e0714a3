using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>Applies plans without losing track: checks first, writes down before it writes, reads back, resumes and takes back.</summary>
/// <remarks>
/// <para>Each run is a sequence of events; the run goes on while somebody reads the sequence, and its last event is always
/// <see cref="RunEvent.RunFinished"/>. Cancelling, or leaving the sequence early, lets the write in flight finish, puts it
/// on record and stops.</para>
/// <para>What only a broken world can throw is let through: the journal's exceptions above all. Nothing is written once the
/// journal fails. Thread-safe; one run per tenant at a time, which the journal's lease sees to.</para>
/// </remarks>
public sealed class PlanRunner
{
    private readonly RunPorts _ports;
    private readonly IRunJournal _journal;

    /// <summary>Initializes a new instance of the <see cref="PlanRunner"/> class.</summary>
    /// <param name="readers">Who reads the tenant; for each answer the first that can.</param>
    /// <param name="executors">Who makes the calls; for each step the first that can.</param>
    /// <param name="journal">Where everything is written down.</param>
    /// <param name="gate">Who is asked for an approval, or <see langword="null"/> (the default) for nobody.</param>
    /// <param name="proof">What shows that a submission passes, or <see langword="null"/> (the default) for nothing.</param>
    /// <param name="time">The clock; <see langword="null"/> (the default) means the system's.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="readers"/>, <paramref name="executors"/> or <paramref name="journal"/> is <see langword="null"/>.
    /// </exception>
    public PlanRunner(
        IEnumerable<ITenantReader> readers,
        IEnumerable<IStepExecutor> executors,
        IRunJournal journal,
        IApprovalGate? gate = null,
        ISubmissionProof? proof = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(readers);
        ArgumentNullException.ThrowIfNull(executors);
        ArgumentNullException.ThrowIfNull(journal);

        _ports = new([.. readers], [.. executors], gate, proof, time ?? TimeProvider.System);
        _journal = journal;
    }

    /// <summary>Applies a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="approval">The approval, or <see langword="null"/> where there is none (yet).</param>
    /// <param name="options">How; <see langword="null"/> means the defaults.</param>
    /// <param name="cancellationToken">Cancels; the run can be resumed or undone afterwards.</param>
    /// <returns>What happens, as it happens.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="plan"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the run was on record.</exception>
    public IAsyncEnumerable<RunEvent> ApplyAsync(
        RemediationPlan plan, Approval? approval, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);

        var copy = (options ?? new()).Copy();
        var runId = copy.RunId ?? Guid.NewGuid().ToString("n");
        return EventStream.ReadAsync(
            (emit, token) => UnderLeaseAsync(
                TenantKey(plan), runId, copy, emit, session => StartAsync(session, plan, null, approval, copy, emit, token), token),
            cancellationToken);
    }

    /// <summary>Makes every check of <see cref="ApplyAsync"/> and shows what would be sent, without writing to tenant or journal.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="approval">The approval, or <see langword="null"/> where there is none (yet): nobody is asked for one.</param>
    /// <param name="options">How; <see langword="null"/> means the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The checks and one <see cref="RunEvent.StepPreviewed"/> for each step.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="plan"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<RunEvent> PreviewAsync(
        RemediationPlan plan, Approval? approval, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);

        var copy = (options ?? new()).Copy();
        return EventStream.ReadAsync((emit, token) => PlanPreview.ShowAsync(_ports, plan, approval, copy, emit, token), cancellationToken);
    }

    /// <summary>Takes up a run that was interrupted, stopped or not yet observed. What is done is not done again.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="approval">A new approval, or <see langword="null"/> to go on with the one on record.</param>
    /// <param name="options">How; <see langword="null"/> means the defaults. The id of the run stays.</param>
    /// <param name="cancellationToken">Cancels; the run can be resumed or undone afterwards.</param>
    /// <returns>What happens, as it happens.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="runId"/> is <see langword="null"/>.</exception>
    public IAsyncEnumerable<RunEvent> ResumeAsync(
        string runId, Approval? approval = null, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);

        var copy = (options ?? new()).Copy();
        return EventStream.ReadAsync((emit, token) => ResumeAsync(runId, approval, copy, emit, token), cancellationToken);
    }

    /// <summary>Makes the plan that would take a run back, without reading or changing the tenant.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The plan: what the run wrote, in reverse order, back to the values on record; <see langword="null"/> where the journal has no
    /// such run.
    /// </returns>
    /// <exception cref="FormatException">The journal cannot be understood.</exception>
    public async Task<RemediationPlan?> PlanUndoAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);

        var history = RunHistory.Replay(await _journal.ReadRunAsync(runId, cancellationToken).ConfigureAwait(false));
        return history is null ? null : UndoPlanner.Plan(history, _ports.Time.GetUtcNow());
    }

    /// <summary>Takes a run back: itself a run, with a plan, a journal and every check.</summary>
    /// <param name="runId">The run to take back.</param>
    /// <param name="options">How; <see langword="null"/> means the defaults. Its id is the new run's.</param>
    /// <param name="cancellationToken">Cancels; the new run can be resumed afterwards.</param>
    /// <returns>What happens, as it happens.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="runId"/> is <see langword="null"/>.</exception>
    public IAsyncEnumerable<RunEvent> UndoAsync(
        string runId, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);

        var copy = (options ?? new()).Copy();
        return EventStream.ReadAsync((emit, token) => UndoAsync(runId, copy, emit, token), cancellationToken);
    }

    /// <summary>Lists the runs of the journal, oldest first.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The runs.</returns>
    /// <exception cref="FormatException">The journal cannot be understood.</exception>
    public Task<IReadOnlyList<RunSummary>> ListRunsAsync(CancellationToken cancellationToken) =>
        RunSummary.ListAsync(_journal, cancellationToken);

    private async Task ResumeAsync(
        string runId, Approval? approval, RunOptions options, Action<RunEvent> emit, CancellationToken cancellationToken)
    {
        var found = await FindAsync(runId, emit, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return;
        }

        await UnderLeaseAsync(found.Tenant, runId, options, emit, ResumeUnderLeaseAsync, cancellationToken).ConfigureAwait(false);

        async Task ResumeUnderLeaseAsync(RunSession session)
        {
            // Read again: only now can nobody else be writing.
            var history = RunHistory.Replay(await _journal.ReadRunAsync(runId, cancellationToken).ConfigureAwait(false))!;
            var started = history.Started;
            await session.AppendAsync(new JournalRecord.RunResumed(options.RequestedBy) { At = _ports.Time.GetUtcNow() }).ConfigureAwait(false);
            emit(new RunEvent.RunStarted(runId, started.Plan, Resumed: true) { At = _ports.Time.GetUtcNow() });
            var engine = new RunEngine(_ports, session, started.Plan, history.Tracks, options, emit)
            {
                UndoOf = started.UndoOf,
                ProofAttempts = history.ProofAttempts,
            };
            await engine.RunAsync(approval ?? history.Approval, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task UndoAsync(string runId, RunOptions options, Action<RunEvent> emit, CancellationToken cancellationToken)
    {
        var found = await FindAsync(runId, emit, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return;
        }

        if (found.Started.UndoOf is { } original)
        {
            Refuse(runId, emit, RefusalKind.Run, $"Run {runId} itself takes back run {original}. Make a new plan instead.");
            return;
        }

        var undoId = options.RunId ?? Guid.NewGuid().ToString("n");
        await UnderLeaseAsync(found.Tenant, undoId, options, emit, UndoUnderLeaseAsync, cancellationToken).ConfigureAwait(false);

        async Task UndoUnderLeaseAsync(RunSession session)
        {
            var history = RunHistory.Replay(await _journal.ReadRunAsync(runId, cancellationToken).ConfigureAwait(false))!;
            var original = new RunEngine(_ports, session.For(runId), history.Started.Plan, history.Tracks, options, emit);
            if (await original.SettleForUndoAsync(cancellationToken).ConfigureAwait(false) is { } why)
            {
                Refuse(undoId, emit, RefusalKind.Unreadable, why);
                return;
            }

            var plan = UndoPlanner.Plan(history, _ports.Time.GetUtcNow());
            await StartAsync(session, plan, runId, null, options, emit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RunHistory?> FindAsync(string runId, Action<RunEvent> emit, CancellationToken cancellationToken)
    {
        var history = RunHistory.Replay(await _journal.ReadRunAsync(runId, cancellationToken).ConfigureAwait(false));
        if (history is null)
        {
            Refuse(runId, emit, RefusalKind.Run, $"The journal has no run {PlanJsonObject.Quote(runId)}. List its runs, or name another journal.");
            return null;
        }

        var undo = (await ListRunsAsync(cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(run => run.UndoOf == runId && run.Outcome is RunOutcome.Observed or RunOutcome.Applied);
        if (undo is not null)
        {
            Refuse(runId, emit, RefusalKind.Run, $"Run {runId} was taken back by run {undo.RunId}. There is nothing left to do.");
            return null;
        }

        return history;
    }

    private async Task StartAsync(
        RunSession session,
        RemediationPlan plan,
        string? undoOf,
        Approval? approval,
        RunOptions options,
        Action<RunEvent> emit,
        CancellationToken cancellationToken)
    {
        if ((await _journal.ReadRunAsync(session.RunId, cancellationToken).ConfigureAwait(false)).Count > 0)
        {
            Refuse(
                session.RunId,
                emit,
                RefusalKind.Run,
                $"The journal already has a run {PlanJsonObject.Quote(session.RunId)}. Resume it, or give the new run another id.");
            return;
        }

        await session.AppendAsync(
            new JournalRecord.RunStarted(plan, options.RequestedBy, undoOf) { At = _ports.Time.GetUtcNow() }).ConfigureAwait(false);
        emit(new RunEvent.RunStarted(session.RunId, plan, Resumed: false) { At = _ports.Time.GetUtcNow() });
        IReadOnlyList<StepTrack> tracks = [.. (PlanOrder.Sort(plan.Steps) ?? plan.Steps).Select(step => new StepTrack(step))];
        var engine = new RunEngine(_ports, session, plan, tracks, options, emit) { UndoOf = undoOf };
        await engine.RunAsync(approval, cancellationToken).ConfigureAwait(false);
    }

    private async Task UnderLeaseAsync(
        string tenant,
        string runId,
        RunOptions options,
        Action<RunEvent> emit,
        Func<RunSession, Task> run,
        CancellationToken cancellationToken)
    {
        var holder = options.RequestedBy is null ? $"run {runId}" : $"run {runId} of {options.RequestedBy}";
        var answer = await _journal.AcquireAsync(tenant, holder, options.LeaseDuration, cancellationToken).ConfigureAwait(false);
        if (answer is not LeaseAnswer.Granted granted)
        {
            var held = (LeaseAnswer.Held)answer;
            Refuse(runId, emit, RefusalKind.LeaseHeld, $"{held.Holder} is writing to this tenant, until {held.Until:u} at least. Try again then.");
            return;
        }

        var session = new RunSession(_journal, granted.Lease, options.LeaseDuration, _ports.Time, runId);
        try
        {
            await run(session).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What broke the run matters more than a lease that ends by itself.
            await Task.WhenAny(session.ReleaseAsync()).ConfigureAwait(false);
            throw;
        }

        await session.ReleaseAsync().ConfigureAwait(false);
    }

    private void Refuse(string runId, Action<RunEvent> emit, RefusalKind kind, string message)
    {
        emit(new RunEvent.PreflightRefused([new(kind, null, message)]) { At = _ports.Time.GetUtcNow() });
        var report = new RunReport { RunId = runId, Outcome = RunOutcome.Stopped, Steps = [], Refused = true, Why = message };
        emit(new RunEvent.RunFinished(report) { At = _ports.Time.GetUtcNow() });
    }

    // Where the plan does not name the tenant, its mailbox's domain stands for it.
    private static string TenantKey(RemediationPlan plan) =>
        (plan.TenantId ?? "domain:" + plan.Submission.Mailbox.Split('@').Last()).ToLowerInvariant();
}
