namespace SmtpAuth.Http;

/// <summary>What an answer means for another attempt.</summary>
internal enum ReplyVerdict
{
    /// <summary>It will not change by asking again.</summary>
    Final,

    /// <summary>The service did not take the call and asks to come back.</summary>
    NotTaken,

    /// <summary>The service broke; how far it got is not known.</summary>
    Broken,
}
