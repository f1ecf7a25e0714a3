using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>One thing that happened in a run, as it is kept. Closed: a switch over it needs no default arm.</summary>
/// <remarks>Holds no secret. Treat the JSON values as read-only.</remarks>
public abstract record JournalRecord
{
    private protected JournalRecord()
    {
    }

    /// <summary>Gets when it happened, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A run began. Nothing was checked yet.</summary>
    /// <param name="Plan">The plan to apply.</param>
    /// <param name="RequestedBy">Who asked for it, or <see langword="null"/> where that is not known.</param>
    /// <param name="UndoOf">The run that it takes back, or <see langword="null"/> where it takes back none.</param>
    public sealed record RunStarted(RemediationPlan Plan, string? RequestedBy, string? UndoOf) : JournalRecord;

    /// <summary>A run was taken up again.</summary>
    /// <param name="RequestedBy">Who asked for it, or <see langword="null"/> where that is not known.</param>
    public sealed record RunResumed(string? RequestedBy) : JournalRecord;

    /// <summary>Every check before the first write passed.</summary>
    /// <param name="Approval">The approval, or <see langword="null"/> where none was needed.</param>
    public sealed record PreflightPassed(Approval? Approval) : JournalRecord;

    /// <summary>The run was refused before it wrote anything.</summary>
    /// <param name="Reasons">Why, one sentence each.</param>
    public sealed record PreflightRefused(IReadOnlyList<string> Reasons) : JournalRecord;

    /// <summary>The tenant already was as the step wants it, so nothing was written.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Now">The value that was read.</param>
    public sealed record StepSkipped(string StepId, JsonNode? Now) : JournalRecord;

    /// <summary>A write is about to be made. On record before the call.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Attempt">1 for the first attempt at this step, and so on.</param>
    /// <param name="Executor">The executor's name.</param>
    /// <param name="Previous">The value read just before; what undo restores.</param>
    /// <param name="Action">The call, with everything filled in.</param>
    public sealed record StepIntended(string StepId, int Attempt, string Executor, JsonNode? Previous, StepAction Action)
        : JournalRecord;

    /// <summary>What became of a write.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Settlement">What became of it.</param>
    /// <param name="Reason">Why, where it was not simply accepted; otherwise <see langword="null"/>.</param>
    /// <param name="Created">
    /// Of what the service created, the properties the plan refers to; <see langword="null"/> where it created nothing.
    /// </param>
    public sealed record StepSettled(string StepId, StepSettlement Settlement, string? Reason, JsonObject? Created) : JournalRecord;

    /// <summary>The value was read back after an accepted write.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Observed">Whether the value is the one the step wants.</param>
    /// <param name="Now">The value read last; <see langword="null"/> also where it could not be read.</param>
    /// <param name="Why">Why it is not observed, or <see langword="null"/> where it is.</param>
    public sealed record StepReadBack(string StepId, bool Observed, JsonNode? Now, string? Why) : JournalRecord;

    /// <summary>A real submission was tried.</summary>
    /// <param name="Attempt">What it showed.</param>
    public sealed record ProofTried(ProofAttempt Attempt) : JournalRecord;

    /// <summary>The run ended.</summary>
    /// <param name="Outcome">How far it got.</param>
    /// <param name="Why">Why it got no further, or <see langword="null"/> where there is nothing to say.</param>
    public sealed record RunFinished(RunOutcome Outcome, string? Why) : JournalRecord;
}
