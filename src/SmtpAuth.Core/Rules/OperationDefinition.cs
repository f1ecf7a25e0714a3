using SmtpAuth.Replies;

namespace SmtpAuth.Rules;

/// <summary>One change that a plan can contain, declared once: how it is made, observed and taken back, what it costs, in words.</summary>
/// <remarks>Immutable and thread-safe. The templates are filled from facts when a plan is made.</remarks>
public sealed record OperationDefinition
{
    internal OperationDefinition(OperationTemplate template) => Template = template;

    /// <summary>Gets the id, such as <c>enable-smtp-auth-on-mailbox</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets who carries it out: <c>exchange</c>, <c>graph</c>, or <c>manual</c> where no interface does it.</summary>
    public required string Executor { get; init; }

    /// <summary>Gets how far it reaches: <c>client</c>, <c>mailbox</c> or <c>organization</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>Gets the name of the risk that has to be accepted.</summary>
    /// <value><see langword="null"/> where none has to be.</value>
    public string? Risk { get; init; }

    /// <summary>Gets the security cost, 0 (none) to 100 (very high).</summary>
    public required int SecurityCost { get; init; }

    /// <summary>Gets its place among the steps of a plan: lower numbers come first, what weakens the tenant most comes last.</summary>
    public required int Order { get; init; }

    /// <summary>Gets the ids of operations that have to come before it where a plan contains them.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Gets the permissions that making the change takes, as the service names them.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Gets the roles of which one is needed.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Gets how long it usually takes to work everywhere.</summary>
    public required TimeSpan PropagationTypical { get; init; }

    /// <summary>Gets the longest time after which it should work everywhere.</summary>
    public required TimeSpan PropagationMaximum { get; init; }

    /// <summary>Gets how sure the two times are, as in <see cref="KnowledgeSource.Confidence"/>.</summary>
    public required string PropagationConfidence { get; init; }

    /// <summary>Gets when it stops helping, in UTC.</summary>
    /// <value><see langword="null"/> where no end is known.</value>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Gets why it cannot be taken back.</summary>
    /// <value><see langword="null"/> where it can.</value>
    public LocalizedText? NoUndo { get; init; }

    /// <summary>Gets what to do where it is not done.</summary>
    /// <value><see langword="null"/> where there is nothing to be said: it asks for no risk and always applies.</value>
    public LocalizedText? Instead { get; init; }

    /// <summary>Gets the sources.</summary>
    public required IReadOnlyList<KnowledgeSource> Sources { get; init; }

    /// <summary>Gets the layer that decided what this operation is: <c>embedded</c>, or the name of a folder.</summary>
    public required string Layer { get; init; }

    internal OperationTemplate Template { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
