using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace SmtpAuth.Testing.Tests.Contract;

/// <summary>Every recorded SMTP conversation, held again with the emulated tenant, goes the same way line by line.</summary>
public sealed partial class SmtpFixtureTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Fixtures.Names("smtp")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recorded_conversation_goes_the_same_way(string name)
    {
        if (name == Fixtures.None)
        {
            output.WriteLine("The fixtures are not here, so nothing was compared. Set SMTPAUTH_FIXTURES to their folder.");
            return;
        }

        await using var tenant = await FixtureTenant.StartAsync(name);
        Arrange(tenant, name);
        await using var wire = await SmtpWire.ConnectAsync(tenant);
        var pending = new Queue<string>();
        foreach (var step in ((JsonArray)Fixtures.Read(name)["transcript"]!).OfType<JsonObject>())
        {
            if (step["tls"] is not null)
            {
                await wire.StartTlsAsync();
            }
            else if (step["c"]?.ToString() is { } said)
            {
                await wire.WriteAsync(Said(tenant, name, said) + "\r\n");
            }
            else if (step["close"] is not null)
            {
                (await wire.ReadAsync()).Should().BeEmpty();
            }
            else
            {
                if (pending.Count == 0)
                {
                    Array.ForEach(await wire.ReadAsync(), pending.Enqueue);
                }

                Normal(pending.Dequeue()).Should().Be(Normal(step["s"]!.ToString()));
            }
        }
    }

    private static void Arrange(EmulatedTenant tenant, string name)
    {
        var copier = tenant.State.User(FixtureTenant.Copier);
        foreach (var policy in tenant.State.All(ObjectKinds.ConditionalAccessPolicies))
        {
            tenant.State.Remove(ObjectKinds.ConditionalAccessPolicies, policy["id"]!.ToString());
        }

        copier.SmtpClientAuthenticationDisabled = name switch
        {
            "smtp-login-fail-mailbox-disabled" => true,
            "smtp-login-fail-tenant-disabled" => null,
            _ => false,
        };
        switch (name)
        {
            case "smtp-login-fail-454":
                tenant.AddFault(new Fault(EmulatedService.Smtp, FaultKind.Reply) { Target = "AUTH", Reply = "454 4.7.0 Temporary authentication failure" });
                break;
            case "smtp-login-fail-573":
                tenant.State.Remove(ObjectKinds.Mailboxes, copier.Id);
                break;
            case "smtp-login-fail-basic-disabled": copier.AuthenticationPolicy = "Block Basic Auth"; break;
            case "smtp-login-fail-credentials": copier.SetPassword("another"); break;
            case "smtp-login-fail-retired-5730": tenant.Behavior.BasicAuthenticationRetiredFrom = DateTimeOffset.MinValue; break;
            case "smtp-login-fail-security-defaults": tenant.State.SecurityDefaults = true; break;
            case "smtp-login-fail-criteria":
                var policy = (JsonObject)Fixtures.Read("graph-ca-policies-list")["response"]!["body"]!["value"]![0]!;
                tenant.State.Put(ObjectKinds.ConditionalAccessPolicies, "blocking", policy);
                break;
            case "smtp-too-many-errors": tenant.Behavior.MostProtocolErrors = 2; break;
            case "smtp-xoauth2-fail-535": tenant.Behavior.ChallengeRefusedTokens = false; break;
            default: break;
        }
    }

    // The recorded token is not one of this tenant's: where it was accepted, one of ours takes its place.
    private static string Said(EmulatedTenant tenant, string name, string said)
    {
        if (said == "<message>")
        {
            return "From: copier01@contoso.com\r\nMessage-ID: <scan-0001@copier01.contoso.com>\r\nSubject: Scan\r\n\r\nScan";
        }

        var response = said.Split(' ')[^1];
        if (name == "smtp-xoauth2-fail-535" || !response.StartsWith("dXNlcj1", StringComparison.Ordinal))
        {
            return said;
        }

        var token = tenant.IssueToken(TokenAudience.Smtp, t => t.User(FixtureTenant.Copier));
        var ours = Encoding.ASCII.GetBytes($"user={FixtureTenant.Copier}\u0001auth=Bearer {token}\u0001\u0001");
        return said.Replace(response, Convert.ToBase64String(ours), StringComparison.Ordinal);
    }

    private static string Normal(string line)
    {
        var text = Trace().Replace(line, "[trace]");
        text = Banner().Replace(text, "ready at [date] [id]");
        return Host().Replace(text, "host.outlook.office365.com");
    }

    [GeneratedRegex(@"\[[A-Z0-9]+\.[A-Z0-9]+\.PROD\.OUTLOOK\.COM \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [0-9A-F]{16}\]")]
    private static partial Regex Trace();

    [GeneratedRegex(@"ready at [A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000 \[[0-9A-F]{16}\]")]
    private static partial Regex Banner();

    [GeneratedRegex(@"[A-Z0-9]+\.outlook\.office365\.com")]
    private static partial Regex Host();
}
