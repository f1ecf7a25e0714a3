namespace SmtpAuth;

/// <summary>One way of getting mail out. Each passes a subset of the gates and has constraints of its own.</summary>
/// <remarks>Later versions may add members: a switch over routes needs a default arm. Names for people and JSON: <see cref="Routes"/>.</remarks>
public enum Route
{
    /// <summary>Client submission with a user name and a password.</summary>
    Basic,

    /// <summary>Client submission with an OAuth 2.0 token of a user.</summary>
    OAuthDelegated,

    /// <summary>Client submission with an OAuth 2.0 token of an application.</summary>
    OAuthApp,

    /// <summary>Relay through an inbound connector, identified by address or certificate.</summary>
    SmtpRelay,

    /// <summary>Direct Send: unauthenticated to the MX host, internal recipients only.</summary>
    DirectSend,

    /// <summary>High Volume Email: internal recipients only.</summary>
    HighVolumeEmail,

    /// <summary>Azure Communication Services Email over SMTP.</summary>
    AzureCommunicationServices,

    /// <summary>Microsoft Graph <c>sendMail</c>, without SMTP.</summary>
    GraphSendMail,
}
