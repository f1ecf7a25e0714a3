namespace SmtpAuth.Verification;

/// <summary>How far an attempt at a submission got. In the order of a session.</summary>
public enum ProbePhase
{
    /// <summary>Name resolution.</summary>
    Resolve,

    /// <summary>TCP connection and greeting.</summary>
    Connect,

    /// <summary>STARTTLS and the TLS handshake.</summary>
    Tls,

    /// <summary>EHLO after TLS, and the choice of a mechanism.</summary>
    Ehlo,

    /// <summary>AUTH.</summary>
    Auth,

    /// <summary>MAIL FROM.</summary>
    MailFrom,

    /// <summary>RCPT TO.</summary>
    RcptTo,

    /// <summary>DATA and the message.</summary>
    Data,
}
