using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>An executor that wants the whole step and not only the call: one that shows it to a person, for example.</summary>
/// <remarks>The obligations are those of <see cref="IStepExecutor"/>.</remarks>
public interface IWholeStepExecutor : IStepExecutor
{
    /// <summary>Carries out a step. The runner calls this in place of <see cref="IStepExecutor.ExecuteAsync"/>.</summary>
    /// <param name="step">A step whose action this executor can execute, with nothing left to fill in.</param>
    /// <param name="cancellationToken">Cancels before the write; a write in flight is allowed to finish.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before anything was written.</exception>
    Task<StepOutcome> ExecuteStepAsync(PlanStep step, CancellationToken cancellationToken);
}
