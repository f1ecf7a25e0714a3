namespace SmtpAuth.Testing.Tests;

/// <summary>Which gate answers a submission with a password, for every combination of the settings that matter.</summary>
public sealed class BasicSubmissionTests
{
    private const string Start = "535 5.7.139 Authentication unsuccessful, ";
    private const string Tenant = Start + "SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.";
    private const string Mailbox = Start + "SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.";
    private const string Defaults = Start + "user is locked by your organization's security defaults policy. Contact your administrator.";
    private const string Criteria = Start + "the request did not meet the criteria to be authenticated successfully. Contact your administrator.";
    private const string Credentials = Start + "the user credentials were incorrect.";
    private const string BasicDisabled = Start + "basic authentication is disabled.";

    [Theory]
    [InlineData(null, false, null)]
    [InlineData(null, true, Tenant)]
    [InlineData(false, true, null)]
    [InlineData(false, false, null)]
    [InlineData(true, true, Mailbox)]
    [InlineData(true, false, Mailbox)]
    public async Task The_mailbox_switch_beats_the_organization_and_null_inherits(bool? mailbox, bool organization, string? refusal)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .OrganizationSmtpAuthDisabled(organization)
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).SmtpClientAuthenticationDisabled(mailbox)));

        (await Submission.SendAsync(tenant)).Should().Be(refusal);
        tenant.Accepted.Should().HaveCount(refusal is null ? 1 : 0);
    }

    [Fact]
    public async Task Every_gate_answers_in_its_turn_once_the_one_before_is_open()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .OrganizationSmtpAuthDisabled(true)
            .SecurityDefaults(true)
            .ConditionalAccessPolicy(p => p.BlockLegacyAuthentication())
            .AuthenticationPolicy("Block Basic", allowBasicAuthSmtp: false, organizationDefault: true)
            .AuthenticationPolicy("Allow Basic SMTP", allowBasicAuthSmtp: true)
            .BasicAuthenticationRetired()
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).PerUserMfa("enforced")));
        var printer = tenant.State.User(Submission.Printer);
        var replies = new List<string?> { await Submission.LoginAsync(tenant) };

        tenant.Behavior.BasicAuthenticationRetiredFrom = null;
        replies.Add(await Submission.LoginAsync(tenant));
        printer.AuthenticationPolicy = "Allow Basic SMTP";
        replies.Add(await Submission.LoginAsync(tenant));
        printer.SmtpClientAuthenticationDisabled = false;
        replies.Add(await Submission.LoginAsync(tenant, password: "wrong"));
        replies.Add(await Submission.LoginAsync(tenant));
        tenant.State.SecurityDefaults = false;
        replies.Add(await Submission.LoginAsync(tenant));
        tenant.State.Remove(ObjectKinds.ConditionalAccessPolicies, tenant.State.All(ObjectKinds.ConditionalAccessPolicies)[0]["id"]!.ToString());
        replies.Add(await Submission.LoginAsync(tenant));
        printer.PerUserMfa = "disabled";
        replies.Add(await Submission.LoginAsync(tenant));

        replies.Should().Equal(
            "550 5.7.30 Basic authentication is not supported for Client Submission.",
            BasicDisabled,
            Tenant,
            Credentials,
            Defaults,
            Criteria,
            Credentials,
            null);
        tenant.SignIns.Select(entry => (int)entry["status"]!["errorCode"]!).Reverse()
            .Should().Equal(50126, 530035, 53003, 50126, 0);
    }
}
