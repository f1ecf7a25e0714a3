namespace SmtpAuth.Rules;

/// <summary>What became of one of a rule's own tests.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="It">What the test shows.</param>
/// <param name="Expected">What the rule had to find.</param>
/// <param name="Actual">What it found.</param>
public sealed record RuleTestResult(string Rule, string It, RuleOutcome Expected, RuleOutcome Actual)
{
    /// <summary>Gets a value indicating whether the rule found what it had to.</summary>
    public bool IsPassed => Expected == Actual;
}
