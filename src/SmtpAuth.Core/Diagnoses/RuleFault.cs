namespace SmtpAuth.Diagnoses;

/// <summary>A rule that could not be evaluated. It counts neither as matched nor as not matched, and it is never hidden.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Gate">The gate it speaks about, which is unknown as far as this rule goes.</param>
/// <param name="Message">What went wrong, in a sentence for the rule's author.</param>
public sealed record RuleFault(string Rule, Gate Gate, string Message);
