using SmtpAuth.Tenancy;
using SmtpAuth.Testing;
using SmtpAuth.Verification;

namespace SmtpAuth.Probe;

internal static class Some
{
    public const string Mailbox = "printer@contoso.example";

    /// <summary>A password that must never be seen again.</summary>
    public const string Password = "Canary-Pa55word!";

    public static Task<EmulatedTenant> TenantAsync(Action<EmulatedTenantBuilder>? configure = null) => EmulatedTenant.StartAsync(tenant =>
    {
        tenant.WithUser(Mailbox, user => user.Password(Password).SmtpClientAuthenticationDisabled(false));
        configure?.Invoke(tenant);
    });

    public static ProbeRequest Request(
        EmulatedTenant tenant,
        string password = Password,
        Route route = Route.Basic,
        string? recipient = null,
        bool sendMessage = false,
        string? from = null,
        string? trusted = "the tenant's") => new()
        {
            Host = tenant.SmtpHost,
            Port = tenant.SmtpPort,
            TrustedCertificateSha256 = trusted == "the tenant's" ? tenant.SmtpCertificateSha256 : trusted,
            Submission = new Submission { Mailbox = Mailbox, Route = route, From = from },
            Credential = new Secret(password),
            Recipient = recipient,
            SendMessage = sendMessage,
        };

    public static ProbeRequest Request(string host, int port, TimeSpan? timeout = null, string? trusted = null) => new()
    {
        Host = host,
        Port = port,
        TrustedCertificateSha256 = trusted,
        Submission = new Submission { Mailbox = Mailbox },
        Credential = new Secret(Password),
        PhaseTimeout = timeout ?? TimeSpan.FromSeconds(30),
    };

    public static Task<ProbeResult> ProbeAsync(ProbeRequest request) => new MailKitSubmissionProbe().ProbeAsync(request, CancellationToken.None);

    /// <summary>Everything a result could print.</summary>
    public static string Everything(ProbeResult result) =>
        string.Join("\n", [.. result.Transcript, result.ReplyText ?? "", result.Failure ?? "", result.ToString()]);
}
