using SmtpAuth.Diagnoses;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Replies;
using SmtpAuth.Tenancy;

namespace SmtpAuth;

/// <summary>The whole path on one screen: read the error, read the tenant, diagnose, plan, apply, prove, take back.</summary>
/// <remarks>Made by a <see cref="RemediatorBuilder"/>. As thread-safe as the readers and executors it was given.</remarks>
public sealed class Remediator
{
    private readonly RemediatorParts _parts;
    private readonly PlanRunner _runner;

    internal Remediator(RemediatorParts parts)
    {
        _parts = parts;
        _runner = new(parts.Readers, parts.Executors, parts.Journal, parts.Gate, parts.Proof, parts.Time);
    }

    /// <summary>Judges every gate of a sender's route. Changes nothing.</summary>
    /// <param name="errorText">What the sender met: any text with the server's reply; <see langword="null"/> where it met nothing yet.</param>
    /// <param name="submission">Who submits, and how.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>The diagnosis.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="submission"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">No mail failure can be read in <paramref name="errorText"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<Diagnosis> DiagnoseAsync(string? errorText, Submission submission, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(submission);

        var reply = ReadReply(errorText);                                                                                     // 1 Replies
        var answers = await ReadTenantAsync(submission, [submission.Route], cancellationToken).ConfigureAwait(false);          // 2 Tenancy
        return _parts.Diagnoser.Diagnose(reply, TenantState.From(answers, submission, _parts.Time.GetUtcNow()));               // 3 Rules, Diagnoses
    }

    /// <summary>Proposes the least harmful steps that let a sender through. Changes nothing.</summary>
    /// <param name="errorText">What the sender met: any text with the server's reply; <see langword="null"/> where it met nothing yet.</param>
    /// <param name="submission">Who submits, and how.</param>
    /// <param name="options">The route and the accepted risks; <see langword="null"/> (the default) accepts none.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="submission"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">No mail failure can be read in <paramref name="errorText"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<RemediationPlan> PlanAsync(
        string? errorText, Submission submission, PlannerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(submission);

        var reply = ReadReply(errorText);                                                                                     // 1 Replies
        var answers = await ReadTenantAsync(submission, Routes.All, cancellationToken).ConfigureAwait(false);                  // 2 Tenancy
        var state = TenantState.From(answers, submission, _parts.Time.GetUtcNow());
        var diagnosis = _parts.Diagnoser.Diagnose(reply, state);                                                               // 3 Rules, Diagnoses
        return _parts.Planner.Plan(diagnosis, state, answers, options ?? new() { Language = _parts.Language, Clock = _parts.Time });  // 4 Planning
    }

    /// <summary>Applies a plan step by step, each one recorded, made and read back, and tries a real submission where a probe was given.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="approval">The approval; needed where <see cref="RemediationPlan.ApprovalRequired"/> says so.</param>
    /// <param name="options">How; <see langword="null"/> (the default) means the defaults.</param>
    /// <param name="progress">Told of everything that happens; <see langword="null"/> (the default) for nobody.</param>
    /// <param name="cancellationToken">Cancels between two writes; the journal knows how far it got.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="plan"/> is <see langword="null"/>.</exception>
    public Task<RunReport> ApplyAsync(                                                                                         // 5 Execution, 6 Verification
        RemediationPlan plan,
        Approval? approval = null,
        RunOptions? options = null,
        IProgress<RunEvent>? progress = null,
        CancellationToken cancellationToken = default) =>
        FollowAsync(_runner.ApplyAsync(plan, approval, options, cancellationToken), progress);

    /// <summary>Takes a run back: restores the recorded values, and removes what the run created.</summary>
    /// <param name="runId">The run, as <see cref="RunReport.RunId"/> names it.</param>
    /// <param name="options">How; <see langword="null"/> (the default) means the defaults.</param>
    /// <param name="progress">Told of everything that happens; <see langword="null"/> (the default) for nobody.</param>
    /// <param name="cancellationToken">Cancels between two writes; the journal knows how far it got.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="runId"/> is <see langword="null"/>.</exception>
    public Task<RunReport> UndoAsync(
        string runId, RunOptions? options = null, IProgress<RunEvent>? progress = null, CancellationToken cancellationToken = default) =>
        FollowAsync(_runner.UndoAsync(runId, options, cancellationToken), progress);

    private SmtpReply? ReadReply(string? errorText) => errorText is null ? null
        : new SmtpReplyParser(_parts.Diagnoser.Pack.Replies).TryRead(errorText, out var reply) ? reply
        : throw new FormatException("Found no mail failure in the error text, expected the message as the program or the bounce shows it.");

    private async Task<TenantAnswers> ReadTenantAsync(Submission submission, IEnumerable<Route> routes, CancellationToken cancellationToken) =>
        TenantAnswers.None.With(await new TenantReaders(_parts.Readers)
            .ReadAsync(submission, RequiredAnswers.For(submission, routes), cancellationToken).ConfigureAwait(false));

    private static async Task<RunReport> FollowAsync(IAsyncEnumerable<RunEvent> events, IProgress<RunEvent>? progress)
    {
        RunReport? report = null;
        await foreach (var happened in events.ConfigureAwait(false))
        {
            progress?.Report(happened);
            report = (happened as RunEvent.RunFinished)?.Report ?? report;
        }

        return report!;
    }
}
