using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Shows after a run whether a real submission passes now.</summary>
/// <remarks>
/// Implementers: wait between tries, because failures feed lockouts and changes take time to spread; stop at the first
/// acceptance; a try at least once, however short the wait.
/// </remarks>
public interface ISubmissionProof
{
    /// <summary>Tries until a submission is accepted or the time is over.</summary>
    /// <param name="plan">The plan that was applied.</param>
    /// <param name="wait">How long to go on trying; zero means one try.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>The tries, as they happen.</returns>
    IAsyncEnumerable<ProofAttempt> ProveAsync(RemediationPlan plan, TimeSpan wait, CancellationToken cancellationToken);
}
