using System.CommandLine;
using System.Text.Json.Nodes;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth emulate</c>: runs a tenant on loopback until it is stopped.</summary>
internal sealed class EmulateCommand : Verb
{
    private readonly Option<string?> _state = new("--tenant-state")
    {
        Description = "Folder with recorded answers to start from, as --state takes it. Without it, the tenant of the demo.",
        HelpName = "FOLDER",
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "Port for SMTP; the three that follow serve the token endpoint, Graph and Exchange. 0 means any free ports.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _cloudFile = new("--cloud-file")
    {
        Description = "Where to write the file for --cloud. The default lies in the folder for temporary files.",
        HelpName = "FILE",
    };

    public EmulateCommand(CommandStreams streams, GlobalOptions global)
        : base("emulate", "Runs an emulated tenant (Graph, Exchange, SMTP) on loopback, so that every verb can be tried without a tenant.", streams, global)
    {
        _port.Validators.Add(result =>
        {
            if (result.GetValue(_port) is < 0 or > 65532)
            {
                result.AddError("--port: expected a number from 0 to 65532.");
            }
        });
        Add(_state);
        Add(_port);
        Add(_cloudFile);
    }

    public override IReadOnlyList<string> Examples =>
        ["smtpauth emulate", "smtpauth emulate --port 5870", "smtpauth emulate --tenant-state recorded/ --json"];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var password = DemoTenant.NewPassword();
        var recorded = context.Value(_state) is { } folder ? TenantOptions.ReadFolder("--tenant-state", folder) : null;
        var port = context.Value(_port);
        await using var tenant = await EmulatedTenant.StartAsync(
            builder =>
            {
                if (port > 0)
                {
                    builder.Ports(authority: port + 1, graph: port + 2, exchange: port + 3, smtp: port);
                }

                if (recorded is null)
                {
                    DemoTenant.Describe(builder, password);
                }
                else
                {
                    RecordedObjects.Describe(builder, recorded, password);
                }
            },
            cancellationToken);
        if (recorded is not null)
        {
            RecordedObjects.Overlay(tenant.State, recorded);
        }

        var file = context.Value(_cloudFile) ?? Path.Combine(Path.GetTempPath(), $"smtpauth-cloud-{Environment.ProcessId}.json");
        await PlanFiles.WriteAsync(file, tenant.CloudFileJson(), cancellationToken);
        var mailbox = recorded is null ? DemoTenant.Mailbox : RecordedObjects.Mailbox(recorded);
        WriteStart(context, tenant, file, mailbox, password);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }

        return ExitCode.Done;
    }

    private static void WriteStart(CommandContext context, EmulatedTenant tenant, string file, string mailbox, string password)
    {
        var graph = tenant.IssueToken(TokenAudience.Graph);
        var exchange = tenant.IssueToken(TokenAudience.Exchange);
        if (context.Json)
        {
            JsonDocumentWriter.WriteLine(context.Streams.Out, json =>
            {
                json.WriteStartObject();
                json.WriteString("tenant", tenant.TenantId);
                json.WriteString("mailbox", mailbox);
                json.WriteString("password", password);
                json.WriteString("cloudFile", file);
                json.WritePropertyName("cloud");
                JsonNode.Parse(tenant.CloudFileJson())!.WriteTo(json);
                json.WriteStartObject("environment");
                json.WriteString("SMTPAUTH_GRAPH_TOKEN", graph);
                json.WriteString("SMTPAUTH_EXCHANGE_TOKEN", exchange);
                json.WriteEndObject();
                json.WriteEndObject();
            });
            return;
        }

        var page = context.Out;
        page.Line(0, new Span(context.Words.Format("emulate.started", tenant.TenantId), Tone.Good));
        page.Line(0, context.Words["emulate.paste"]);
        page.Blank();
        page.Verbatim(2, $"export SMTPAUTH_GRAPH_TOKEN={graph}");
        page.Verbatim(2, $"export SMTPAUTH_EXCHANGE_TOKEN={exchange}");
        page.Verbatim(2, $"export MAILBOX_PASSWORD={password}");
        page.Blank();
        var connection = $"--tenant {tenant.TenantId} --cloud {file} --credential environment-token";
        page.Verbatim(2, $"smtpauth probe --mailbox {mailbox} --cloud {file} --password-env MAILBOX_PASSWORD");
        page.Verbatim(2, $"smtpauth diagnose --mailbox {mailbox} {connection}");
        page.Verbatim(2, $"smtpauth plan --mailbox {mailbox} {connection} --out plan.json");
        page.Verbatim(2, $"smtpauth apply plan.json {connection} --approve-by you --password-env MAILBOX_PASSWORD --wait 10s");
        page.Blank();
        page.Line(0, new Span(context.Words["emulate.stop"], Tone.Quiet));
        page.Flush();
    }
}
