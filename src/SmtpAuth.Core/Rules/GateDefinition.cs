using SmtpAuth.Replies;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Rules;

/// <summary>What a pack says about one gate: its name for people, and who decides about it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record GateDefinition
{
    /// <summary>Gets the gate.</summary>
    public required Gate Gate { get; init; }

    /// <summary>
    /// Gets a value indicating whether only an attempt decides (network, limits, reputation, …): then the gate is unknown in
    /// advance, and that alone does not make the answer unknown.
    /// </summary>
    public required bool IsDecidedByAttempt { get; init; }

    /// <summary>Gets the condition under which a gate that an attempt decides is known to be open all the same, compiled.</summary>
    /// <value><see langword="null"/> where there is none.</value>
    public CelProgram? OpenWhen { get; init; }

    /// <summary>Gets its name for people.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Gets why nothing in the tenant settles it.</summary>
    /// <value><see langword="null"/> where the tenant settles it on every route.</value>
    public LocalizedText? Why { get; init; }
}
