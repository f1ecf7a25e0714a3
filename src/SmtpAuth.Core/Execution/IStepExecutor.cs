using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Applies step actions to one kind of system, such as Exchange Online.</summary>
/// <remarks>
/// Implementers: the runner has just read the value and found it as planned, and it reads back afterwards; the executor
/// makes exactly the one call that the action describes and never repeats a write blindly. Every refusal the service
/// explains is a <see cref="StepOutcome"/>; a lost answer is <see cref="StepOutcome.Uncertain"/>.
/// </remarks>
public interface IStepExecutor
{
    /// <summary>Gets the executor's name, such as <c>graph</c> or <c>exchange</c>.</summary>
    string Name { get; }

    /// <summary>Decides, without I/O, whether this executor can make the call.</summary>
    /// <param name="action">The action.</param>
    /// <returns><see langword="true"/> when it can.</returns>
    bool CanExecute(StepAction action);

    /// <summary>Finds out, before anything is written, what the identity lacks for the steps.</summary>
    /// <param name="steps">Steps whose actions this executor makes.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    /// <returns>
    /// One sentence for each permission or role that is certainly missing; empty when nothing is known to be missing.
    /// </returns>
    Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken);

    /// <summary>Makes the call.</summary>
    /// <param name="action">An action for which <see cref="CanExecute"/> is <see langword="true"/>, with nothing left to fill in.</param>
    /// <param name="cancellationToken">Cancels before the write; a write in flight is allowed to finish.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before anything was written.</exception>
    Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken);
}
