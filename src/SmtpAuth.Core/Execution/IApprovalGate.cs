using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Asks someone whether a plan may be applied: a prompt, a file, a button.</summary>
/// <remarks>
/// Implementers: return an approval only after a person has seen the plan, bound to the plan hash as it was
/// given; <see langword="null"/> is a no. The runner checks whatever comes back.
/// </remarks>
public interface IApprovalGate
{
    /// <summary>Asks for an approval. Called after every other check has passed and before anything is written.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="planHash">Its hash.</param>
    /// <param name="requestedBy">Who wants to apply it, or <see langword="null"/> where that is not known.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>The approval, or <see langword="null"/> where it was not given.</returns>
    Task<Approval?> AskAsync(RemediationPlan plan, string planHash, string? requestedBy, CancellationToken cancellationToken);
}
