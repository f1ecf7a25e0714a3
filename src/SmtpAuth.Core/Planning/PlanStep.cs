using System.Text.Json.Nodes;

namespace SmtpAuth.Planning;

/// <summary>One change, as data: what, from which value to which, how, how far it reaches, and how to take it back.</summary>
/// <remarks>Holds no client and no delegate. Treat the JSON values as read-only; then it is thread-safe.</remarks>
public sealed record PlanStep
{
    /// <summary>Gets the step's id, unique in its plan, such as <c>s1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the id of the operation in the rule pack, such as <c>enable-smtp-auth-on-mailbox</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets what is changed, for a person: an address, a policy's name, the organization.</summary>
    public required string Target { get; init; }

    /// <summary>Gets the value that the step changes, compares before and reads back after.</summary>
    public required Observation Observes { get; init; }

    /// <summary>Gets the value the plan was made from.</summary>
    /// <value><see langword="null"/> is JSON <c>null</c>: set to null, or not existing where the whole object is observed.</value>
    public JsonNode? Before { get; init; }

    /// <summary>Gets the value to reach. Of an object only the members named here count.</summary>
    /// <value><see langword="null"/> is JSON <c>null</c>.</value>
    public JsonNode? After { get; init; }

    /// <summary>Gets how the change is made.</summary>
    public required StepAction Action { get; init; }

    /// <summary>Gets how the change is taken back.</summary>
    /// <value><see langword="null"/> means that it cannot be.</value>
    public StepAction? Undo { get; init; }

    /// <summary>Gets the name of the risk that was accepted for this step, such as <c>security-defaults-off</c>.</summary>
    /// <value><see langword="null"/> means that none had to be.</value>
    public string? Risk { get; init; }

    /// <summary>Gets how far the change reaches.</summary>
    public required StepScope Scope { get; init; }

    /// <summary>Gets the security cost, 0 (none) to 100 (very high).</summary>
    public required int SecurityCost { get; init; }

    /// <summary>Gets the permissions that the executor needs, as the service names them.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Gets the directory or Exchange roles of which the executor needs one.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Gets the names of the facts that must be true for the change to be possible, such as a licence of the tenant.</summary>
    /// <value>The default is none. Each is read and checked before the first write of the run.</value>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Gets how long the change usually takes to work everywhere.</summary>
    public required TimeSpan PropagationTypical { get; init; }

    /// <summary>Gets the longest time after which the change should work everywhere.</summary>
    public required TimeSpan PropagationMaximum { get; init; }

    /// <summary>Gets the ids of the steps that must be done before this one.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Gets one sentence for the person who approves, by language (<c>en</c>, <c>ro</c>).</summary>
    public required IReadOnlyDictionary<string, string> Summary { get; init; }

    /// <summary>Gets the steps in the admin portals, by language.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Portal { get; init; }

    /// <summary>Gets the PowerShell lines that make the change, safely quoted.</summary>
    public required string PowerShell { get; init; }
}
