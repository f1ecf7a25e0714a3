namespace SmtpAuth.Cli.Commands;

/// <summary>One cause that may lie behind a reply.</summary>
/// <param name="Rule">The rule that would confirm it, or the reply signature where no rule can.</param>
/// <param name="Cause">The cause's label.</param>
/// <param name="Likelihood"><c>likely</c>, <c>possible</c> or <c>rare</c>.</param>
/// <param name="Why">Why it gives this reply.</param>
internal sealed record CandidateCause(string Rule, string Cause, string Likelihood, string Why);
