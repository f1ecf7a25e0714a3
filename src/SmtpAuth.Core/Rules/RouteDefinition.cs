using SmtpAuth.Replies;

namespace SmtpAuth.Rules;

/// <summary>What a pack says about one route: the gates it passes, what it asks for, what it costs, until when it works.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record RouteDefinition
{
    /// <summary>Gets the route.</summary>
    public required Route Route { get; init; }

    /// <summary>Gets the gates that a sender on this route meets, in order.</summary>
    public required IReadOnlyList<Gate> Gates { get; init; }

    /// <summary>Gets a value indicating whether the planner can plan it; otherwise it needs what the tenant's facts do not show.</summary>
    public required bool IsPlannable { get; init; }

    /// <summary>Gets a value indicating whether it reaches recipients inside the organization only.</summary>
    public bool IsInternalOnly { get; init; }

    /// <summary>Gets the security cost of using the route at all, 0 (none) to 100 (very high).</summary>
    public required int SecurityCost { get; init; }

    /// <summary>Gets how much work moving a client to it is, 1 (none) to 5 (much).</summary>
    public required int Effort { get; init; }

    /// <summary>Gets when it stops working by default, in UTC.</summary>
    /// <value><see langword="null"/> where no end is known.</value>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets its name for people.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Gets what it asks for and cannot do, by language (<c>en</c>, <c>ro</c>), one sentence each.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Constraints { get; init; }

    /// <summary>Gets the dates on which something about it changes, in order.</summary>
    public IReadOnlyList<RouteDeadline> Deadlines { get; init; } = [];

    /// <summary>Gets the sources.</summary>
    public required IReadOnlyList<KnowledgeSource> Sources { get; init; }
}
