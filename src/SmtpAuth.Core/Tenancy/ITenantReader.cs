namespace SmtpAuth.Tenancy;

/// <summary>Reads answers from one kind of system, such as Microsoft Graph or Exchange Online.</summary>
/// <remarks>
/// Implementers: whatever the service explains (no permission, no licence, not found, throttled too long) becomes a failed
/// <see cref="TenantAnswer"/> with its reason, never an empty one and never an exception. An object that is known not to
/// exist is an empty list. Nothing is cached between calls, because the runner relies on fresh reads. No write, ever.
/// </remarks>
public interface ITenantReader
{
    /// <summary>Decides, without I/O, whether this reader can ask for an answer.</summary>
    /// <param name="answer">One of <see cref="AnswerNames"/>.</param>
    /// <returns><see langword="true"/> when it can.</returns>
    bool CanRead(string answer);

    /// <summary>Reads answers.</summary>
    /// <param name="submission">The sender whose mailbox and user are meant.</param>
    /// <param name="answers">The names to read; each is one for which <see cref="CanRead"/> is <see langword="true"/>.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>One answer for each name, and any further ones that came along.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<IReadOnlyList<TenantAnswer>> ReadAsync(
        Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken);
}
