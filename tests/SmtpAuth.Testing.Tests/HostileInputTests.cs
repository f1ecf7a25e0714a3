using System.Net.Sockets;
using System.Text;

namespace SmtpAuth.Testing.Tests;

/// <summary>Whatever comes in, an answer goes out: no crash, no hang, nothing changed.</summary>
public sealed class HostileInputTests
{
    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "1", "\"x\"", "{\"a\":1,\"a\":2}", "{\"CmdletInput\":null}", "{\"CmdletInput\":{\"CmdletName\":5}}",
        "{\"CmdletInput\":{\"CmdletName\":\"Set-CASMailbox\",\"Parameters\":[]}}",
        "{\"CmdletInput\":{\"CmdletName\":\"Set-CASMailbox\",\"Parameters\":{\"Identity\":\"printer\",\"identity\":\"printer\"}}}",
        "{\"CmdletInput\":{\"CmdletName\":\"Get-CASMailbox\",\"Parameters\":{\"Identity\":[1,{}],\"ResultSize\":-1}}}",
        "{\"CmdletInput\":{\"CmdletName\":\"Set-InboundConnector\",\"Parameters\":{\"Identity\":\"Relay\",\"SenderDomains\":{\"Add\":{}}}}}",
        "{\"requests\":null}", "{\"requests\":[1,null]}", "{\"requests\":[{\"id\":\"1\"}]}", "{\"requests\":[{\"id\":\"1\",\"url\":\"/$batch\",\"method\":\"POST\"}]}",
        "{\"requests\":[{\"id\":\"1\",\"url\":\"$batch\",\"method\":\"POST\",\"headers\":5}]}",
        "{\"isEnabled\":\"yes\"}", "{\"perUserMfaState\":[]}", "{\"signInIdentity\":5,\"signInConditions\":{}}", "{\"accountEnabled\":{}}",
    ];

    private static readonly string[] Paths =
    [
        "/", "/v1.0", "/v1.0/", "/v1.0/nothing", "/v2.0/users", "/v1.0/users/%00", "/v1.0/users/%FF%FE", "/v1.0/users//x", "/v1.0/me", "/v1.0/$batch",
        "/v1.0/users?$filter=((((", "/v1.0/users?$filter='", "/v1.0/users?$skiptoken=9_9_9", "/v1.0/users?$top=-1", "/v1.0/users?$select=,,",
        "/v1.0/policies", "/v1.0/identity/conditionalAccess", "/v1.0/identity/conditionalAccess/evaluate", "/v1.0/servicePrincipals(appId='x')",
        "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy", "/beta/users/printer@contoso.example/authentication/requirements",
        "/v1.0/users/printer@contoso.example", "/v1.0/domains/x/y/z", "/v1.0/auditLogs/signIns?$filter=a/b/c eq 1e9",
    ];

    [Fact]
    public async Task Graph_answers_any_path_and_body_without_an_internal_error()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer));
        using var admin = new AdminClient(tenant);
        foreach (var path in Paths)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete })
            {
                foreach (var body in method == HttpMethod.Get || method == HttpMethod.Delete ? [""] : Bodies)
                {
                    (await admin.SendAsync(method, path, body)).Status.Should().BeInRange(200, 499, $"{method} {path} {body}");
                }
            }
        }
    }

    [Fact]
    public async Task Exchange_answers_any_body_without_an_internal_error()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer).InboundConnector("Relay", "203.0.113.10"));
        using var admin = new AdminClient(tenant);
        foreach (var path in new[] { "InvokeCommand", "$batch", "InvokeCommand?$skiptoken=AAAA", "Nothing" })
        {
            foreach (var body in Bodies)
            {
                (await admin.PostExchangeAsync(new Uri(tenant.Exchange, $"/adminapi/beta/{tenant.TenantId}/{path}"), body)).Status
                    .Should().BeInRange(200, 499, $"{path} {body}");
            }
        }

        (await admin.PostExchangeAsync(new Uri(tenant.Exchange, $"/adminapi/beta/another.example/InvokeCommand"), Bodies[0])).Status.Should().Be(401);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var tenant = await EmulatedTenant.StartAsync();
        using var admin = new AdminClient(tenant);

        (await admin.SendAsync(HttpMethod.Post, "/v1.0/$batch", new string(' ', 5 * 1024 * 1024), null, ("Expect", "100-continue"))).Status.Should().Be(413);
    }

    [Fact]
    public async Task Submission_outlives_any_bytes()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .OrganizationSmtpAuthDisabled(false).WithUser(Submission.Printer, u => u.Password(Submission.Password)));
        var random = new Random(20261125);
        for (var attempt = 0; attempt < 40; attempt++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(tenant.SmtpHost, tenant.SmtpPort);
            var noise = new byte[random.Next(1, 3000)];
            random.NextBytes(noise);
            byte[] bytes = attempt % 2 == 0 ? [.. Encoding.ASCII.GetBytes("EHLO x\r\nSTARTTLS\r\n"), .. noise] : noise;
            await client.GetStream().WriteAsync(bytes);
        }

        (await Submission.SendAsync(tenant)).Should().BeNull();
    }
}
