namespace SmtpAuth.Rules;

/// <summary>What became of one rule on one state.</summary>
public enum RuleOutcome
{
    /// <summary>Facts that would decide are unknown.</summary>
    Unknown,

    /// <summary>The condition does not hold: as far as this rule goes the gate is open.</summary>
    NotMatched,

    /// <summary>The condition holds: the gate is closed.</summary>
    Matched,

    /// <summary>The condition could not be evaluated. That is neither "matched" nor "not matched".</summary>
    Faulted,
}
