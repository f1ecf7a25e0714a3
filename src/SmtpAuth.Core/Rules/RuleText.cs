namespace SmtpAuth.Rules;

/// <summary>What a rule says to a person, in one language.</summary>
/// <param name="What">What the rule recognizes.</param>
/// <param name="Why">Why it happens.</param>
/// <param name="ChangeSafety">What the remedy changes and what it does not: for the person who approves.</param>
public sealed record RuleText(string What, string Why, string ChangeSafety);
