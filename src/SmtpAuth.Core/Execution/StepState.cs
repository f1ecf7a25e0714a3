namespace SmtpAuth.Execution;

/// <summary>How far one step got.</summary>
public enum StepState
{
    /// <summary>Nothing was written.</summary>
    Pending,

    /// <summary>The tenant already was as the step wants it.</summary>
    AlreadySatisfied,

    /// <summary>The write is on record, but what became of it is not known yet.</summary>
    Uncertain,

    /// <summary>The service accepted the write; the value has not been read back yet.</summary>
    Accepted,

    /// <summary>The value was read back as the step wants it.</summary>
    Observed,

    /// <summary>The service refused, or the tenant turned out to be another one than planned for.</summary>
    Stopped,
}
