namespace SmtpAuth.Execution;

/// <summary>What became of a write, as the journal keeps it.</summary>
public enum StepSettlement
{
    /// <summary>The service accepted it, or a later read showed that it was made.</summary>
    Accepted,

    /// <summary>The service refused it; nothing was written.</summary>
    Refused,

    /// <summary>The answer was lost; only a read can tell.</summary>
    Uncertain,

    /// <summary>The answer was lost, and reads showed for long enough that nothing was written.</summary>
    NotWritten,
}
