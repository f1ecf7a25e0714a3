using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>The steps that open every closed gate of a route, and what was held back, as data.</summary>
/// <remarks>A plan can be shown, stored, reviewed, approved by someone else and applied later. Immutable and thread-safe.</remarks>
public sealed record RemediationPlan
{
    /// <summary>The version of the JSON form that this library writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Gets the sender the plan is for.</summary>
    public required Submission Submission { get; init; }

    /// <summary>Gets the id of the tenant the plan was made from.</summary>
    /// <value><see langword="null"/> means that the answers did not tell.</value>
    public string? TenantId { get; init; }

    /// <summary>Gets the route the sender takes once the plan is applied.</summary>
    public required Route Route { get; init; }

    /// <summary>Gets a value indicating whether the sender gets through once the steps are applied.</summary>
    public required bool Complete { get; init; }

    /// <summary>Gets the steps, in order of application.</summary>
    public required IReadOnlyList<PlanStep> Steps { get; init; }

    /// <summary>Gets what was held back, and why.</summary>
    public required IReadOnlyList<WithheldStep> Withheld { get; init; }

    /// <summary>Gets the other routes, best first, and why each ranks lower.</summary>
    public required IReadOnlyList<RouteAlternative> Alternatives { get; init; }

    /// <summary>Gets the risks that the person who asked for the plan accepted.</summary>
    public IReadOnlyList<string> AcceptedRisks { get; init; } = [];

    /// <summary>Gets when the plan was made, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the plan must no longer be applied, in UTC.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Gets the version of the rule pack that decided.</summary>
    public required string PackVersion { get; init; }

    /// <summary>Gets a value indicating whether someone has to approve: a step's risk had to be accepted.</summary>
    public bool ApprovalRequired => Steps.Any(step => step.Risk is not null);
}
