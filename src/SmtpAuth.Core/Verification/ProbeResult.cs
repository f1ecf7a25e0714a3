namespace SmtpAuth.Verification;

/// <summary>What one attempt at a submission showed.</summary>
/// <remarks>Immutable and thread-safe. Holds no secret: transcripts are masked where they are recorded.</remarks>
public sealed record ProbeResult
{
    /// <summary>Gets what became of the attempt.</summary>
    public required ProbeOutcome Outcome { get; init; }

    /// <summary>Gets the phase in which the attempt ended.</summary>
    public required ProbePhase Phase { get; init; }

    /// <summary>Gets the deciding reply exactly as the server gave it, lines joined by a line feed.</summary>
    /// <value><see langword="null"/> means that the server gave none.</value>
    public string? ReplyText { get; init; }

    /// <summary>Gets why there was no answer, one sentence for a person: what was found, expected, and what to do.</summary>
    /// <value><see langword="null"/> means that the server answered.</value>
    public string? Failure { get; init; }

    /// <summary>Gets the masked transcript: one line each, <c>C: </c> before what the client sent, <c>S: </c> before replies.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];

    /// <summary>Gets the negotiated TLS version, such as <c>TLS 1.3</c>.</summary>
    /// <value><see langword="null"/> means that TLS was not reached.</value>
    public string? TlsVersion { get; init; }

    /// <summary>Gets the SHA-256 fingerprint of the server's certificate as upper-case hexadecimal digits.</summary>
    /// <value><see langword="null"/> means that no certificate was seen.</value>
    public string? CertificateSha256 { get; init; }

    /// <summary>Gets the AUTH mechanisms the server offered after TLS.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];
}
