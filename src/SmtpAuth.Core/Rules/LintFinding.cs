namespace SmtpAuth.Rules;

/// <summary>Something about a rule or an operation that its author should look at.</summary>
/// <param name="Id">The id of the rule or the operation.</param>
/// <param name="Check">The name of the check, such as <c>missing-near-miss</c>.</param>
/// <param name="IsError">Whether it is certainly wrong; otherwise it is only suspicious.</param>
/// <param name="Message">What was found and what to do, in one line.</param>
public sealed record LintFinding(string Id, string Check, bool IsError, string Message);
