using SmtpAuth.Execution;
using SmtpAuth.Planning;

/// <summary>Writes every call to the host's change ticket before another executor makes it.</summary>
internal sealed class TicketedExecutor(IStepExecutor inner, TextWriter ticket) : IStepExecutor
{
    public string Name => $"ticketed {inner.Name}";

    public bool CanExecute(StepAction action) => inner.CanExecute(action);

    public Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken) =>
        inner.FindMissingPermissionsAsync(steps, cancellationToken);

    public async Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken)
    {
        await ticket.WriteLineAsync($"Ticket: {inner.Name} is about to make {(action as StepAction.Cmdlet)?.Name ?? action.GetType().Name}.");
        return await inner.ExecuteAsync(action, cancellationToken);
    }
}
