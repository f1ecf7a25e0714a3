using SmtpAuth.Tenancy;

namespace SmtpAuth.Diagnoses;

/// <summary>Every gate's verdict for one sender, the causes, and what is worth finding out next.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Diagnosis
{
    /// <summary>Gets the sender.</summary>
    public required Submission Submission { get; init; }

    /// <summary>Gets whether the sender may submit.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Gets one verdict for each gate, in order.</summary>
    public required IReadOnlyList<GateVerdict> Gates { get; init; }

    /// <summary>Gets the causes, confirmed ones first, then in the order of the gates.</summary>
    public required IReadOnlyList<Cause> Causes { get; init; }

    /// <summary>Gets every closed gate after the one that replied: what fails next once that one is open.</summary>
    public required IReadOnlyList<Gate> WillFailNext { get; init; }

    /// <summary>Gets the disagreements between the reply and the state.</summary>
    public required IReadOnlyList<Contradiction> Contradictions { get; init; }

    /// <summary>Gets the facts worth reading next, cheapest first.</summary>
    public required IReadOnlyList<NextFact> NextFacts { get; init; }

    /// <summary>Gets the rules that could not be evaluated.</summary>
    public IReadOnlyList<RuleFault> Faults { get; init; } = [];
}
