namespace SmtpAuth.Diagnoses;

/// <summary>The verdict on one gate, and who says so.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record GateVerdict
{
    /// <summary>Gets the gate.</summary>
    public required Gate Gate { get; init; }

    /// <summary>Gets the status.</summary>
    public required GateStatus Status { get; init; }

    /// <summary>Gets the ids of the rules that closed the gate, or that could; empty where none did.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Gets why, in a sentence or two for a person, in the language that was asked for.</summary>
    public required string Why { get; init; }

    /// <summary>Gets the known facts it rests on.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Gets the facts that could change it and are not known.</summary>
    public IReadOnlyList<MissingFact> Missing { get; init; } = [];
}
