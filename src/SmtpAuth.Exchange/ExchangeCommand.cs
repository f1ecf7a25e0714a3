using System.Text.Json.Nodes;

namespace SmtpAuth.Exchange;

/// <summary>One cmdlet of Exchange Online with its parameters.</summary>
/// <param name="Name">The cmdlet, such as <c>Get-CASMailbox</c>.</param>
/// <param name="Parameters">Its parameters; JSON <c>null</c> is sent as such, an absent one is not sent. Treat it as read-only.</param>
public sealed record ExchangeCommand(string Name, JsonObject Parameters)
{
    /// <summary>Gets a value indicating whether the cmdlet only reads: <c>Get-</c> and <c>Test-</c> do.</summary>
    public bool IsRead => Name.StartsWith("Get-", StringComparison.OrdinalIgnoreCase) || Name.StartsWith("Test-", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() =>
        Name + string.Concat(Parameters.Select(parameter => $" -{parameter.Key} {OneLine.Of(parameter.Value?.ToJsonString().Trim('"') ?? "$null", 100)}"));
}
