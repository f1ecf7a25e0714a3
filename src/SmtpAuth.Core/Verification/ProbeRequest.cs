using SmtpAuth.Tenancy;

namespace SmtpAuth.Verification;

/// <summary>One attempt at a client submission.</summary>
/// <remarks>A class and not a record, so that nothing prints it by accident. Immutable and thread-safe.</remarks>
public sealed class ProbeRequest
{
    /// <summary>Gets the host, a DNS name or a loopback address.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the TCP port.</summary>
    /// <value>The default is 587.</value>
    public int Port { get; init; } = 587;

    /// <summary>Gets the SHA-256 fingerprint, as hexadecimal digits, of the one certificate to trust besides the system's.</summary>
    /// <value><see langword="null"/> (the default) means that only the system's trust counts.</value>
    public string? TrustedCertificateSha256 { get; init; }

    /// <summary>Gets the sender: mailbox, route and From address. The route is one of the three client submission routes.</summary>
    public required Submission Submission { get; init; }

    /// <summary>Gets the password (<see cref="Route.Basic"/>) or the access token (OAuth routes).</summary>
    public required Secret Credential { get; init; }

    /// <summary>Gets the recipient for MAIL FROM and RCPT TO.</summary>
    /// <value><see langword="null"/> (the default) means that the attempt ends after AUTH.</value>
    public string? Recipient { get; init; }

    /// <summary>Gets a value indicating whether to go on to DATA and send a short message.</summary>
    /// <value>The default is <see langword="false"/>: RSET follows RCPT TO and nothing is sent.</value>
    public bool SendMessage { get; init; }

    /// <summary>Gets how long each phase may take.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan PhaseTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
