using Azure.Core;
using SmtpAuth.Cli.Options;
using SmtpAuth.Exchange;
using SmtpAuth.Execution;
using SmtpAuth.Graph;
using SmtpAuth.Planning;
using SmtpAuth.Probe;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;
using SmtpAuth.Verification;

namespace SmtpAuth.Cli;

/// <summary>One tenant, reached through Microsoft Graph, Exchange Online and client submission.</summary>
internal sealed class Connection : IDisposable
{
    private readonly MicrosoftCloud _cloud;
    private readonly GraphConnection _graph;
    private readonly ExchangeAdminApiCommands _exchange;

    private Connection(string tenant, MicrosoftCloud cloud, TokenCredential credential)
    {
        Name = tenant;
        _cloud = cloud;
        _graph = new GraphConnection(cloud, credential);
        _exchange = new ExchangeAdminApiCommands(cloud, tenant, credential);
        Readers = [new GraphTenantReader(_graph), new ExchangeTenantReader(_exchange)];
    }

    /// <summary>Gets the tenant as it was named.</summary>
    public string Name { get; }

    public IReadOnlyList<ITenantReader> Readers { get; }

    public ISubmissionProbe Probe { get; } = new MailKitSubmissionProbe();

    /// <summary>Connects to the tenant that the options name. Nothing is sent yet.</summary>
    public static Connection Open(CommandContext context, ConnectionOptions options)
    {
        var cloud = Clouds.Read(context.Value(options.Cloud)!);
        var tenant = context.Value(options.Tenant)!;
        if (string.IsNullOrWhiteSpace(tenant) || tenant.Any(char.IsWhiteSpace))
        {
            throw CommandFailure.BadInput($"--tenant: '{tenant}' is not a tenant. Expected its id or one of its domains.");
        }

        return new Connection(tenant, cloud, TenantCredentials.Create(
            context.Value(options.Credential)!,
            cloud,
            tenant,
            new TenantCredentialOptions
            {
                ReadVariable = context.Streams.Environment,
                ShowMessage = message => context.Streams.Error.WriteLineAsync(message),
            }));
    }

    /// <summary>Connects to an emulated tenant, with tokens for everything.</summary>
    public static Connection ToEmulated(EmulatedTenant tenant)
    {
        var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "the emulated cloud");
        return new Connection(tenant.TenantId, cloud, new ReadyTokenCredential(
            cloud, new Secret(tenant.IssueToken(TokenAudience.Graph)), new Secret(tenant.IssueToken(TokenAudience.Exchange))));
    }

    /// <summary>Gets executors by name.</summary>
    /// <param name="names">Names joined by commas: <c>graph</c>, <c>exchange</c>.</param>
    public IReadOnlyList<IStepExecutor> Executors(string names) =>
    [
        .. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name switch
        {
            "graph" => (IStepExecutor)new GraphStepExecutor(_graph),
            "exchange" => new ExchangeStepExecutor(_exchange),
            _ => throw CommandFailure.BadInput(
                $"--executor: '{name}' is not an executor. Expected graph, exchange or both, or one of script and manual."),
        }),
    ];

    /// <summary>Makes the proof of a plan, or <see langword="null"/> where there is no secret to sign in with.</summary>
    public ISubmissionProof? ProofFor(RemediationPlan plan, Secret? secret) => secret is null || !IsClientSubmission(plan.Route)
        ? null
        : new SubmissionVerifier(Probe, ProbeRequestFor(plan.Submission with { Route = plan.Route }, secret, recipient: null, sendMessage: false));

    public ProbeRequest ProbeRequestFor(Submission submission, Secret secret, string? recipient, bool sendMessage) => new()
    {
        Host = _cloud.SmtpHost,
        Port = _cloud.SmtpPort,
        TrustedCertificateSha256 = _cloud.SmtpTrustCertificateSha256,
        Submission = submission,
        Credential = secret,
        Recipient = recipient,
        SendMessage = sendMessage,
    };

    public void Dispose()
    {
        _graph.Dispose();
        _exchange.Dispose();
    }

    private static bool IsClientSubmission(Route route) => route is Route.Basic or Route.OAuthDelegated or Route.OAuthApp;
}
