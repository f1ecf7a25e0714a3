namespace SmtpAuth.Execution;

/// <summary>How a run ended.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RunReport
{
    /// <summary>Gets the id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets how far it got.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Gets the steps, in the order of the run.</summary>
    public required IReadOnlyList<StepReport> Steps { get; init; }

    /// <summary>Gets a value indicating whether it was refused before it wrote anything (this time).</summary>
    public bool Refused { get; init; }

    /// <summary>Gets a value indicating whether it was cancelled.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Gets a value indicating whether it only showed what would be sent.</summary>
    public bool Preview { get; init; }

    /// <summary>Gets why it got no further, one line.</summary>
    /// <value><see langword="null"/> means that there is nothing to say.</value>
    public string? Why { get; init; }

    /// <summary>Gets the last try at a real submission.</summary>
    /// <value><see langword="null"/> means that none was made.</value>
    public ProofAttempt? Proof { get; init; }

    /// <summary>Gets the run that this one took back.</summary>
    /// <value><see langword="null"/> means that it took back none.</value>
    public string? UndoOf { get; init; }
}
