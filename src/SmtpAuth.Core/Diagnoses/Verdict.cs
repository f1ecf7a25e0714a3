namespace SmtpAuth.Diagnoses;

/// <summary>Whether the sender may submit, as far as the tenant's facts tell.</summary>
public enum Verdict
{
    /// <summary>Unknown facts decide.</summary>
    Unknown,

    /// <summary>No known fact of the tenant blocks.</summary>
    Open,

    /// <summary>At least one gate is closed.</summary>
    Blocked,
}
