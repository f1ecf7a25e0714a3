namespace SmtpAuth;

/// <summary>One check that a submission passes on its way. The order of the members is the order in which it meets them.</summary>
/// <remarks>Later versions may add members: a switch over gates needs a default arm. Names for people and JSON: <see cref="Gates"/>.</remarks>
public enum Gate
{
    /// <summary>Name resolution and a TCP connection to port 587 or 25.</summary>
    Network,

    /// <summary>TLS 1.2 or later, a trusted certificate, STARTTLS.</summary>
    Tls,

    /// <summary>The right service: the submission host and not the MX host, the right cloud and region.</summary>
    Endpoint,

    /// <summary>An AUTH mechanism that the server offers and the client uses: LOGIN or XOAUTH2.</summary>
    Mechanism,

    /// <summary>The retirement of Basic authentication for client submission, and its default-off state before that.</summary>
    BasicRetirement,

    /// <summary>The Exchange authentication policy that allows or blocks Basic authentication for SMTP.</summary>
    AuthenticationPolicy,

    /// <summary>The SMTP AUTH switch of the mailbox, or of the organization where the mailbox inherits.</summary>
    SmtpAuthSwitch,

    /// <summary>Identity routing: a federated domain's own identity provider.</summary>
    Federation,

    /// <summary>The account and its first factor: it exists, is enabled, is not locked, and the password is right.</summary>
    Account,

    /// <summary>Entra security defaults.</summary>
    SecurityDefaults,

    /// <summary>Conditional Access policies.</summary>
    ConditionalAccess,

    /// <summary>Per-user multifactor authentication.</summary>
    PerUserMfa,

    /// <summary>OAuth authorization: audience, permission, service principal, mailbox rights.</summary>
    OAuthAuthorization,

    /// <summary>The mailbox: hosted in Exchange Online, licensed, of the right kind.</summary>
    Mailbox,

    /// <summary>The right to send as the sender address.</summary>
    SendAs,

    /// <summary>Limits: concurrency, rate, recipients, quota.</summary>
    Limits,

    /// <summary>Reputation: blocked senders, tenants and addresses.</summary>
    Reputation,
}
