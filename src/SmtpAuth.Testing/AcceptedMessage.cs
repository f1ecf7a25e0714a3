namespace SmtpAuth.Testing;

/// <summary>One message that the submission service took.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Id">An id of the emulator.</param>
/// <param name="Mailbox">The user principal name of the mailbox that submitted.</param>
/// <param name="Mechanism"><c>LOGIN</c> or <c>XOAUTH2</c>.</param>
/// <param name="Sender">The address in MAIL FROM.</param>
/// <param name="Recipients">The addresses in RCPT TO.</param>
/// <param name="MessageId">The Message-ID header, or <see langword="null"/>.</param>
/// <param name="Subject">The Subject header as it was sent, or <see langword="null"/>.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="Content">The message; only its first 256 KiB when it is larger.</param>
/// <param name="FromIp">The address the client was seen from.</param>
/// <param name="At">When, in UTC.</param>
public sealed record AcceptedMessage(
    string Id,
    string Mailbox,
    string Mechanism,
    string Sender,
    IReadOnlyList<string> Recipients,
    string? MessageId,
    string? Subject,
    long Size,
    string Content,
    string FromIp,
    DateTimeOffset At);
