using SmtpAuth.Exchange;
using SmtpAuth.Graph;
using SmtpAuth.Probe;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;
using SmtpAuth.Verification;

namespace SmtpAuth.Acceptance;

/// <summary>An emulated tenant with a printer in it, and the real adapters connected to it over real sockets.</summary>
internal sealed class ConnectedTenant : IAsyncDisposable
{
    public const string Printer = "printer@contoso.example";
    private static readonly Secret Password = new("n0t-a-real-passw0rd");

    private ConnectedTenant(EmulatedTenant emulated)
    {
        Emulated = emulated;
        Cloud = MicrosoftCloud.Parse(emulated.CloudFileJson(), "the emulated cloud");
        Credential = new(
            Cloud, new(emulated.IssueToken(TokenAudience.Graph)), new(emulated.IssueToken(TokenAudience.Exchange)));
        Graph = new(Cloud, Credential);
        Exchange = new(Cloud, emulated.TenantId, Credential);
    }

    public EmulatedTenant Emulated { get; }

    public MicrosoftCloud Cloud { get; }

    public ReadyTokenCredential Credential { get; }

    public GraphConnection Graph { get; }

    public ExchangeAdminApiCommands Exchange { get; }

    public Submission Submission { get; } = new() { Mailbox = Printer };

    public static async Task<ConnectedTenant> StartAsync(
        Action<EmulatedTenantBuilder> configure, Action<EmulatedUserBuilder> printer) =>
        new(await EmulatedTenant.StartAsync(builder =>
        {
            configure(builder);
            builder.WithUser(Printer, user =>
            {
                user.Password(Password.Reveal());
                printer(user);
            });
        }));

    public Remediator Remediator() => new RemediatorBuilder()
        .AddGraph(Graph)
        .AddExchange(Exchange)
        .UseProbe(new MailKitSubmissionProbe(), Request())
        .Build();

    public Task<ProbeResult> SubmitAsync() => new MailKitSubmissionProbe().ProbeAsync(Request(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Graph.Dispose();
        Exchange.Dispose();
        await Emulated.DisposeAsync();
    }

    private ProbeRequest Request() => new()
    {
        Host = Cloud.SmtpHost,
        Port = Cloud.SmtpPort,
        TrustedCertificateSha256 = Cloud.SmtpTrustCertificateSha256,
        Submission = Submission,
        Credential = Password,
        Recipient = "archive@contoso.example",
        SendMessage = true,
    };
}
