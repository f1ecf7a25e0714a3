using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Commands;

/// <summary>Lets a person make each change in the portal, and waits until they say so.</summary>
internal sealed class ManualExecutor(CommandContext context) : IStepExecutor
{
    public string Name => "manual";

    public bool CanExecute(StepAction action) => true;

    public Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken)
    {
        context.Error.Line(4, context.Words["run.manualWait"]);
        return await context.Streams.In.ReadLineAsync(cancellationToken) is not null
            ? new StepOutcome.Accepted()
            : new StepOutcome.Refused(context.Words["run.manualEnd"]);
    }
}
