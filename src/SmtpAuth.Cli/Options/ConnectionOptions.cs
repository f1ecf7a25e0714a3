using System.CommandLine;
using SmtpAuth.Graph;

namespace SmtpAuth.Cli.Options;

/// <summary>The options that say which tenant is meant, in which cloud, and who asks.</summary>
internal sealed class ConnectionOptions
{
    public Option<string?> Tenant { get; } = new("--tenant")
    {
        Description = "The tenant: its id or one of its domains.",
        HelpName = "ID",
    };

    public Option<string> Cloud { get; } = new("--cloud")
    {
        Description = "The Microsoft cloud (global, usgov, usgovdod, china), or a JSON file with the endpoints.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "global",
    };

    public Option<string> Credential { get; } = new Option<string>("--credential")
    {
        Description = "Who asks: a kind of Azure.Identity, or environment-token for ready tokens in SMTPAUTH_GRAPH_TOKEN and SMTPAUTH_EXCHANGE_TOKEN.",
        HelpName = "KIND",
        DefaultValueFactory = _ => "default",
    }.AcceptOnlyFromAmong([.. TenantCredentials.Kinds]);

    public void AddTo(Command command, bool tenantRequired)
    {
        Tenant.Required = tenantRequired;
        command.Add(Tenant);
        command.Add(Cloud);
        command.Add(Credential);
    }
}
