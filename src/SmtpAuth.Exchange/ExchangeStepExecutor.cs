using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Exchange;

/// <summary>Makes the changes of a plan that are cmdlets of Exchange Online.</summary>
/// <remarks>
/// <para>Only cmdlets and parameters of a fixed list are sent. A cmdlet that would ask a person for confirmation gets
/// <c>Confirm: false</c>, because the plan was the question.</para>
/// <para>Thread-safe as far as the commands are.</para>
/// </remarks>
public sealed class ExchangeStepExecutor : IStepExecutor
{
    private readonly IExchangeCommands _commands;

    /// <summary>Initializes a new instance of the <see cref="ExchangeStepExecutor"/> class.</summary>
    /// <param name="commands">Carries out the cmdlets.</param>
    /// <exception cref="ArgumentNullException"><paramref name="commands"/> is <see langword="null"/>.</exception>
    public ExchangeStepExecutor(IExchangeCommands commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        _commands = commands;
    }

    /// <inheritdoc/>
    public string Name => "exchange";

    /// <inheritdoc/>
    public bool CanExecute(StepAction action) =>
        action is StepAction.Cmdlet cmdlet && ExchangeCmdlets.IsPermitted(cmdlet.Name, cmdlet.Parameters);

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="steps"/> is <see langword="null"/>.</exception>
    public async Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var cmdlets = steps.Select(step => step.Action).OfType<StepAction.Cmdlet>().Select(cmdlet => cmdlet.Name)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (cmdlets.Count == 0)
        {
            return [];
        }

        var known = await _commands.FindPermissionsAsync(cancellationToken).ConfigureAwait(false);
        var permitted = known.Cmdlets is null ? null : new HashSet<string>(known.Cmdlets, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. known.Missing,
            .. cmdlets.Where(cmdlet => permitted?.Contains(cmdlet) == false).Select(cmdlet =>
                $"The identity may not run {cmdlet} in Exchange Online. It needs one of these roles: {Roles(steps, cmdlet)}."),
        ];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The action is none that <see cref="CanExecute"/> allows.</exception>
    public async Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken)
    {
        if (action is not StepAction.Cmdlet cmdlet || !CanExecute(action))
        {
            throw new ArgumentException("Exchange Online does not make this call. Ask CanExecute first.", nameof(action));
        }

        var command = new ExchangeCommand(cmdlet.Name, ExchangeCmdlets.Complete(cmdlet.Name, cmdlet.Parameters));
        return await _commands.RunAsync(command, cancellationToken).ConfigureAwait(false) switch
        {
            ExchangeResult.Answered answered => new StepOutcome.Accepted(Created(answered)),
            ExchangeResult.Failed { Kind: ExchangeFailureKind.AnswerLost } lost => new StepOutcome.Uncertain(lost.Reason),
            ExchangeResult.Failed refused => new StepOutcome.Refused(refused.Reason, refused.Kind == ExchangeFailureKind.NotPermitted),
            var other => throw new InvalidOperationException($"There is no {other.GetType().Name}."),
        };
    }

    private static string Roles(IReadOnlyList<PlanStep> steps, string cmdlet)
    {
        var roles = steps.Where(step => step.Action is StepAction.Cmdlet { Name: var name } && string.Equals(name, cmdlet, StringComparison.OrdinalIgnoreCase))
            .SelectMany(step => step.Roles).Distinct().ToList();
        return roles.Count == 0 ? "Exchange Administrator" : string.Join(", ", roles);
    }

    // Names with an "@" describe the types of the others and are no properties.
    private static JsonObject? Created(ExchangeResult.Answered answered)
    {
        if (answered.Values.Count != 1 || answered.Values[0].ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var created = new JsonObject();
        foreach (var member in answered.Values[0].EnumerateObject().Where(member => !member.Name.Contains('@')))
        {
            created[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return created;
    }
}
