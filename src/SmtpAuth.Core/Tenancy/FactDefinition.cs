namespace SmtpAuth.Tenancy;

/// <summary>What is declared about one fact: its type for rules, where it comes from, and what reading it takes.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FactDefinition
{
    /// <summary>Gets the name, such as <c>mailbox.smtpClientAuthenticationDisabled</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the type in CEL notation, such as <c>bool</c>, <c>nullable(string)</c> or <c>list(map(string, dyn))</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the names of the answers it is derived from, the deciding one first.</summary>
    /// <value>Empty for what the caller tells and for what nothing can tell yet.</value>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>Gets how a person or a program reads it: a cmdlet, a request, a place.</summary>
    public required string How { get; init; }

    /// <summary>Gets the least permission or role that reading it takes.</summary>
    /// <value>Empty where none is needed.</value>
    public required string Permission { get; init; }

    /// <summary>Gets what reading it costs, from 1 (one cheap request) to 5 (dear: a licence, a wait, or many requests).</summary>
    public required int Cost { get; init; }

    /// <summary>Gets the routes on which it can matter.</summary>
    /// <value>Empty means every route.</value>
    public required IReadOnlyList<Route> Routes { get; init; }

    /// <summary>Gets a value indicating whether it is read only when asked for by name, because it explains and does not decide.</summary>
    public required bool OnRequest { get; init; }

    /// <summary>Gets what it means, by language (<c>en</c>, <c>ro</c>).</summary>
    public required IReadOnlyDictionary<string, string> Description { get; init; }
}
