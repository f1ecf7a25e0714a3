using SmtpAuth.Replies;

namespace SmtpAuth.Rules;

/// <summary>A date on which something about a route changes.</summary>
/// <param name="Date">The first moment of it, in UTC.</param>
/// <param name="Precision">How exact the date is: <c>day</c>, <c>end of the month</c>, <c>month</c>, <c>half of the year</c>.</param>
/// <param name="Text">What happens then.</param>
/// <param name="Source">Where it is said.</param>
public sealed record RouteDeadline(DateTimeOffset Date, string Precision, LocalizedText Text, KnowledgeSource Source);
