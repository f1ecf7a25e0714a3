namespace SmtpAuth.Diagnoses;

/// <summary>What is known about one gate for one sender.</summary>
public enum GateStatus
{
    /// <summary>Facts that could decide are missing, or cannot be known in advance.</summary>
    Unknown,

    /// <summary>The known facts let the sender through.</summary>
    Open,

    /// <summary>A rule says that the sender is stopped here.</summary>
    Closed,

    /// <summary>The sender's route does not pass this gate.</summary>
    NotOnRoute,
}
