namespace SmtpAuth.Planning;

/// <summary>What a plan may contain, and for which route it is made.</summary>
/// <remarks>The planner copies the values; later changes do not reach a plan in the making.</remarks>
public sealed class PlannerOptions
{
    /// <summary>Gets or sets the route the sender shall take.</summary>
    /// <value>The default, <see langword="null"/>, means the route the sender takes today.</value>
    public Route? TargetRoute { get; set; }

    /// <summary>Gets or sets the names of the risks that were accepted, such as <c>security-defaults-off</c>.</summary>
    /// <value>The default is none: nothing that weakens the tenant is planned unasked.</value>
    public IReadOnlyCollection<string> AcceptedRisks { get; set; } = [];

    /// <summary>Gets or sets the language of what is said about the plan, <c>en</c> or <c>ro</c>. The steps hold both.</summary>
    /// <value>The default is <c>en</c>.</value>
    public string Language { get; set; } = "en";

    /// <summary>Gets or sets the clock that dates the plan.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets how long the plan may be applied, more than zero.</summary>
    /// <value>The default is 24 hours.</value>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);
}
