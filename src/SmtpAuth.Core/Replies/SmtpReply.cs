namespace SmtpAuth.Replies;

/// <summary>What a mail server, the identity platform or a mail client said about a submission, classified.</summary>
/// <remarks>
/// <para>Failures that never got as far as a server's reply (time-outs, TLS, no token) are here too: their codes are
/// <see langword="null"/> and <see cref="Condition"/> says what happened.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed record SmtpReply
{
    /// <summary>Gets the three-digit reply code, 200 to 599.</summary>
    /// <value><see langword="null"/> where the text has none.</value>
    public int? ReplyCode { get; init; }

    /// <summary>Gets the enhanced status code.</summary>
    /// <value><see langword="null"/> where the text has none.</value>
    public EnhancedStatusCode? EnhancedStatusCode { get; init; }

    /// <summary>Gets the reply code that the words of the client stand for, where the text does not show it.</summary>
    /// <value><see langword="null"/> where the text has the code, or the words do not name exactly one.</value>
    public int? ImpliedReplyCode { get; init; }

    /// <summary>Gets who answered, as one of <see cref="ReplyProviders"/>.</summary>
    /// <value>The default is <c>unknown</c>.</value>
    public string Provider { get; init; } = ReplyProviders.Unknown;

    /// <summary>Gets what was said, as one of <see cref="ReplyConditions"/>.</summary>
    public required string Condition { get; init; }

    /// <summary>Gets the gate that closed.</summary>
    /// <value><see langword="null"/> where the reply points to no single gate.</value>
    public Gate? Gate { get; init; }

    /// <summary>Gets the step of the submission at which the reply came.</summary>
    /// <value>
    /// <c>connect</c>, <c>tls</c>, <c>token</c>, <c>auth</c>, <c>mail-from</c>, <c>rcpt</c>, <c>data</c>, <c>delivery</c>;
    /// <see langword="null"/> where it is not known.
    /// </value>
    public string? Phase { get; init; }

    /// <summary>Gets the Exchange Online host that answered, as spelled in the text.</summary>
    /// <value><see langword="null"/> where the text has none or only part of it.</value>
    public string? Server { get; init; }

    /// <summary>Gets the server's time, in UTC.</summary>
    /// <value><see langword="null"/> where the text has none.</value>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Gets the server's session id, 16 characters.</summary>
    /// <value><see langword="null"/> where the text has none or only part of it.</value>
    public string? SessionId { get; init; }

    /// <summary>Gets the words of the innermost deciding reply, on one line, without its codes and its server tag.</summary>
    /// <value>Never <see langword="null"/>, at most 1000 characters.</value>
    public string Text { get; init; } = string.Empty;

    /// <summary>Gets the codes of the reply that wraps this one.</summary>
    /// <value><see langword="null"/> where nothing wraps it.</value>
    public OuterReply? Outer { get; init; }

    /// <summary>Gets the error code of the identity platform, such as <c>AADSTS65001</c>.</summary>
    /// <value><see langword="null"/> where the text has none.</value>
    public string? EntraErrorCode { get; init; }

    /// <summary>Gets the id of the signature that decided.</summary>
    /// <value><see langword="null"/> where no signature knows the sentence and the codes alone decided.</value>
    public string? SignatureId { get; init; }
}
