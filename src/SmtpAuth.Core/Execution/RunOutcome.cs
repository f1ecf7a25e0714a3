namespace SmtpAuth.Execution;

/// <summary>How far a run got. The last three are grades of success, never confused.</summary>
public enum RunOutcome
{
    /// <summary>It stopped before the end of the plan, or never began.</summary>
    Stopped,

    /// <summary>Every write was accepted; not every value has been read back yet.</summary>
    Applied,

    /// <summary>Every value was read back as planned.</summary>
    Observed,

    /// <summary>A real submission was accepted afterwards.</summary>
    Proved,
}
