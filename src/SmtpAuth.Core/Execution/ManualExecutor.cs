using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Lets a person make the changes in the portals and waits; the runner then verifies by reading.</summary>
/// <remarks>Thread-safe as far as its prompt is.</remarks>
public sealed class ManualExecutor : IWholeStepExecutor
{
    private readonly IStepPrompt _prompt;
    private readonly bool _everyStep;

    /// <summary>Initializes a new instance of the <see cref="ManualExecutor"/> class.</summary>
    /// <param name="prompt">Who shows the steps.</param>
    /// <param name="everyStep">
    /// Whether to take every step, or only those that no interface can do (<see langword="false"/>, the default).
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="prompt"/> is <see langword="null"/>.</exception>
    public ManualExecutor(IStepPrompt prompt, bool everyStep = false)
    {
        ArgumentNullException.ThrowIfNull(prompt);

        _prompt = prompt;
        _everyStep = everyStep;
    }

    /// <inheritdoc/>
    public string Name => "manual";

    /// <inheritdoc/>
    public bool CanExecute(StepAction action) => _everyStep || action is StepAction.Manual;

    /// <inheritdoc/>
    /// <remarks>What a person is permitted to do shows when they try.</remarks>
    public Task<IReadOnlyList<string>> FindMissingPermissionsAsync(
        IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken) =>
        Task.FromResult<StepOutcome>(new StepOutcome.Refused("A call alone cannot be shown to a person; the whole step is needed."));

    /// <inheritdoc/>
    public async Task<StepOutcome> ExecuteStepAsync(PlanStep step, CancellationToken cancellationToken) =>
        await _prompt.AskAsync(step, cancellationToken).ConfigureAwait(false)
            ? new StepOutcome.Accepted()
            : new StepOutcome.Refused("The person did not make the change.");
}
