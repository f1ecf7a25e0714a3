using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Shows a step to a person and waits until they have carried it out.</summary>
/// <remarks>Implementers: show <see cref="PlanStep.Portal"/> in the person's language, with the values before and after.</remarks>
public interface IStepPrompt
{
    /// <summary>Shows a step and waits.</summary>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Cancels the waiting; whether the person did anything is then for a read to say.</param>
    /// <returns>Whether the person says that it is done; <see langword="false"/> means that they will not do it.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<bool> AskAsync(PlanStep step, CancellationToken cancellationToken);
}
