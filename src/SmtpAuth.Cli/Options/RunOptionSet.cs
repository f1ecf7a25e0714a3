using System.CommandLine;
using SmtpAuth.Execution;

namespace SmtpAuth.Cli.Options;

/// <summary>The options that apply, resume and undo share.</summary>
internal sealed class RunOptionSet
{
    public ConnectionOptions Connection { get; } = new();

    public SecretOptions Secret { get; } = new();

    public Option<string?> Journal { get; } = new("--journal")
    {
        Description = "File that records what is intended and what was done. The default lies in your state folder.",
        HelpName = "FILE",
    };

    public Option<TimeSpan?> Wait { get; } = new("--wait")
    {
        Description = "How long to wait until changes have spread, such as 30s or 15m; 0s looks once.",
        HelpName = "DURATION",
        CustomParser = Durations.Parse,
    };

    public void AddTo(Command command, bool withSecret, bool journalRequired)
    {
        Connection.AddTo(command, tenantRequired: true);
        Journal.Required = journalRequired;
        command.Add(Journal);
        command.Add(Wait);
        if (withSecret)
        {
            Secret.AddTo(command);
        }
    }

    public RunOptions Read(CommandContext context) => new()
    {
        TenantId = context.Value(Connection.Tenant),
        Wait = context.Value(Wait),
        RequestedBy = Environment.UserName,
    };
}
