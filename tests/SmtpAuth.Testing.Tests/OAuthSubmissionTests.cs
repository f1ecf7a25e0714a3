using System.Text;

namespace SmtpAuth.Testing.Tests;

/// <summary>Which tokens may submit for which mailbox.</summary>
public sealed class OAuthSubmissionTests
{
    private const string Refused = "535 5.7.3 Authentication unsuccessful";
    private const string Billing = "billing@contoso.example";
    private const string Mailer = "e2a6c4b8-15d9-4370-8e5b-c3f7d1a90246";

    [Theory]
    [InlineData("good", null)]
    [InlineData("for Exchange", null)]
    [InlineData("for Graph", Refused)]
    [InlineData("other scope", Refused)]
    [InlineData("expired", Refused)]
    [InlineData("another user", Refused)]
    [InlineData("not ours", Refused)]
    [InlineData("security defaults", null)]
    [InlineData("Basic retired", null)]
    [InlineData("Basic blocked", null)]
    [InlineData("switch off", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.")]
    [InlineData("account blocked", Refused)]
    public async Task A_user_token_submits_when_audience_scope_and_user_fit_and_the_switch_is_open(string circumstance, string? reply)
    {
        await using var tenant = await StartAsync();
        var token = tenant.IssueToken(TokenAudience.Smtp, t => _ = circumstance switch
        {
            "for Exchange" => t.User(Submission.Printer).Audience("https://outlook.office365.com"),
            "for Graph" => t.User(Submission.Printer).Audience("https://graph.microsoft.com"),
            "other scope" => t.User(Submission.Printer).Scopes("IMAP.AccessAsUser.All"),
            "expired" => t.User(Submission.Printer).ExpiresIn(TimeSpan.FromMinutes(-5)),
            "another user" => t.User("other@contoso.example"),
            _ => t.User(Submission.Printer),
        });
        switch (circumstance)
        {
            case "not ours": token = "ya29.not-a-real-token"; break;
            case "security defaults": tenant.State.SecurityDefaults = true; break;
            case "Basic retired": tenant.Behavior.BasicAuthenticationRetiredFrom = DateTimeOffset.MinValue; break;
            case "Basic blocked": tenant.State.DefaultAuthenticationPolicy = "Block"; break;
            case "switch off": tenant.State.User(Submission.Printer).SmtpClientAuthenticationDisabled = true; break;
            case "account blocked": tenant.State.User(Submission.Printer).AccountEnabled = false; break;
            default: break;
        }

        (await Submission.OAuthAsync(tenant, Submission.Printer, token)).Should().Be(reply);
        tenant.SignIns.Should().BeEmpty("the sign-in happened when the token was issued");
    }

    [Fact]
    public async Task A_member_submits_for_a_shared_mailbox_with_full_access()
    {
        await using var tenant = await StartAsync();
        using var admin = new AdminClient(tenant);
        var token = tenant.IssueToken(TokenAudience.Smtp, t => t.User(Submission.Printer));

        (await Submission.OAuthAsync(tenant, Billing, token)).Should().Be(Refused);
        await admin.CmdletAsync("Add-MailboxPermission", """{"Identity":"billing@contoso.example","User":"printer@contoso.example","AccessRights":["FullAccess"]}""");
        (await Submission.OAuthAsync(tenant, Billing, token)).Should().BeNull();
    }

    [Fact]
    public async Task An_application_needs_the_claim_the_right_object_id_and_full_access()
    {
        await using var tenant = await StartAsync();
        using var admin = new AdminClient(tenant);
        var token = tenant.IssueToken(TokenAudience.Smtp, t => t.Application(Mailer));
        var objectId = tenant.State.All(ObjectKinds.ServicePrincipals).First(item => item["appId"]!.ToString() == Mailer)["id"]!;
        Task Register(object id) => admin.CmdletAsync("New-ServicePrincipal", $$"""{"AppId":"{{Mailer}}","ObjectId":"{{id}}","DisplayName":"Mailer"}""");

        (await Submission.OAuthAsync(tenant, Billing, token)).Should().Be(Refused);
        await Register("11111111-2222-3333-4444-555555555555");
        await admin.CmdletAsync("Add-MailboxPermission", """{"Identity":"billing","User":"11111111-2222-3333-4444-555555555555","AccessRights":["FullAccess"]}""");
        (await Submission.OAuthAsync(tenant, Billing, token)).Should().Be(Refused, "the object id is not the enterprise application's");
        await admin.CmdletAsync("Remove-ServicePrincipal", $$"""{"Identity":"{{Mailer}}","Confirm":false}""");
        await Register(objectId);
        (await Submission.OAuthAsync(tenant, Billing, token)).Should().Be(Refused);
        await admin.CmdletAsync("Add-MailboxPermission", $$"""{"Identity":"billing","User":"{{objectId}}","AccessRights":["FullAccess"]}""");
        (await Submission.OAuthAsync(tenant, Billing, token)).Should().BeNull();
        (await Submission.OAuthAsync(tenant, Billing, tenant.IssueToken(TokenAudience.Smtp, t => t.Application(Mailer).Roles()))).Should().Be(Refused);
    }

    [Fact]
    public async Task Without_the_claim_a_role_assignment_within_its_scope_opens_the_mailbox()
    {
        await using var tenant = await StartAsync(t => t.Application(Mailer, a => a.RegisteredInExchange())
            .WithUser("sender@contoso.example", u => u.MemberOf("SMTP senders")));
        using var admin = new AdminClient(tenant);
        var token = tenant.IssueToken(TokenAudience.Smtp, t => t.Application(Mailer).Roles());

        await admin.CmdletAsync("New-ManagementScope", """{"Name":"Senders","RecipientRestrictionFilter":"MemberOfGroup -eq 'CN=SMTP senders,OU=contoso'"}""");
        await admin.CmdletAsync("New-ManagementRoleAssignment", $$"""{"Role":"Application SMTP.SendAsApp","App":"{{Mailer}}","CustomResourceScope":"Senders"}""");
        (await Submission.OAuthAsync(tenant, "sender@contoso.example", token)).Should().BeNull();
        (await Submission.OAuthAsync(tenant, Billing, token)).Should().Be(Refused);
        (await admin.CmdletAsync("Test-ServicePrincipalAuthorization", $$"""{"Identity":"{{Mailer}}","Resource":"sender@contoso.example"}"""))
            .Values[0]!["InScope"]!.ToString().Should().Be("True");
        (await admin.CmdletAsync("Test-ServicePrincipalAuthorization", $$"""{"Identity":"{{Mailer}}","Resource":"billing@contoso.example"}"""))
            .Values[0]!["InScope"]!.ToString().Should().Be("False");
    }

    [Fact]
    public async Task A_refused_token_can_be_challenged_first_as_other_servers_do()
    {
        await using var tenant = await StartAsync(t => t.Behave(behavior => behavior.ChallengeRefusedTokens = true));
        (await Submission.OAuthAsync(tenant, Submission.Printer, "bad")).Should().Be(Refused);

        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);
        await wire.SendAsync("AUTH XOAUTH2");
        var challenge = (await wire.SendAsync(Convert.ToBase64String(Encoding.ASCII.GetBytes("user=a\u0001auth=Bearer b\u0001\u0001"))))[0];
        Encoding.ASCII.GetString(Convert.FromBase64String(challenge[4..])).Should().Contain("\"status\":\"401\"");
        (await wire.SendAsync(string.Empty))[0].Should().StartWith(Refused);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("dXNlcj1hAWF1dGg9QmVhcmVyIGIB")]
    [InlineData("AQEB")]
    public async Task A_malformed_response_is_refused(string response)
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);

        (await wire.SendAsync($"AUTH XOAUTH2 {response}"))[0].Should().StartWith(Refused);
    }

    private static Task<EmulatedTenant> StartAsync(Action<EmulatedTenantBuilder>? configure = null) => EmulatedTenant.StartAsync(t =>
    {
        t.OrganizationSmtpAuthDisabled(false)
            .AuthenticationPolicy("Block", allowBasicAuthSmtp: false)
            .WithUser(Submission.Printer)
            .WithUser("other@contoso.example")
            .WithUser(Billing, u => u.SharedMailbox())
            .Application(Mailer);
        configure?.Invoke(t);
    });
}
