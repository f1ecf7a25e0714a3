namespace SmtpAuth.Replies;

/// <summary>How a phrase shows who answered. The order of the members is from strong to weak.</summary>
public enum ProviderEvidenceStrength
{
    /// <summary>It is part of the reply itself: a link, a trace, a turn of phrase.</summary>
    Reply,

    /// <summary>It is the server's greeting.</summary>
    Greeting,

    /// <summary>It is the host that the client says it talked to.</summary>
    Contact,

    /// <summary>It is the recipient's domain; tells apart services that answer from the same servers.</summary>
    Recipient,
}
