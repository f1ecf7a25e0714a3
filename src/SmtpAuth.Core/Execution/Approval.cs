namespace SmtpAuth.Execution;

/// <summary>Someone's word that one particular plan may be applied.</summary>
/// <remarks>Bound to the plan's hash: any edit of the plan ends it. Holds no secret. Immutable and thread-safe.</remarks>
/// <param name="PlanHash">The hash of the approved plan, as <see cref="Planning.PlanHash.Compute"/> gives it.</param>
/// <param name="ApprovedBy">Who approved: a name or an address, not empty.</param>
/// <param name="ApprovedAt">When, in UTC.</param>
/// <param name="Expires">When the approval ends, in UTC.</param>
public sealed record Approval(string PlanHash, string ApprovedBy, DateTimeOffset ApprovedAt, DateTimeOffset Expires);
