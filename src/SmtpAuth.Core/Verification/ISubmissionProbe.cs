namespace SmtpAuth.Verification;

/// <summary>Tries a real client submission, as far as the server's answer to AUTH, or further where it is told to.</summary>
/// <remarks>
/// Implementers: one attempt a call, because repeated failures feed lockouts; never send a message unless
/// <see cref="ProbeRequest.SendMessage"/> says so; the transcript has no secret in it.
/// </remarks>
public interface ISubmissionProbe
{
    /// <summary>Makes one attempt.</summary>
    /// <param name="request">Where, as whom and how far.</param>
    /// <param name="cancellationToken">Cancels; the connection is closed.</param>
    /// <returns>What the server said, or why there was no answer. Failures of network and TLS are results, not exceptions.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<ProbeResult> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken);
}
