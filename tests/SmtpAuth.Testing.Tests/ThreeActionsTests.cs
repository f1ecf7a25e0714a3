namespace SmtpAuth.Testing.Tests;

/// <summary>The three actions of the support article, each done through the service that owns the setting.</summary>
public sealed class ThreeActionsTests
{
    [Fact]
    public async Task Setting_the_mailbox_switch_over_Exchange_lets_the_printer_in_and_null_puts_it_back()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer, u => u.Password(Submission.Password)));
        using var admin = new AdminClient(tenant);
        var before = tenant.Snapshot();

        (await Submission.SendAsync(tenant)).Should().Contain("disabled for the Tenant");
        var set = await admin.CmdletAsync("Set-CASMailbox", """{"Identity":"printer@contoso.example","SmtpClientAuthenticationDisabled":false}""");
        set.Status.Should().Be(200);
        set.Values.Should().BeEmpty();
        (await Submission.SendAsync(tenant)).Should().BeNull();
        before.DifferencesTo(tenant.Snapshot()).Should().ContainSingle().Which.Should().EndWith("SmtpClientAuthenticationDisabled: null => false");

        await admin.CmdletAsync("Set-CASMailbox", """{"Identity":"printer@contoso.example","SmtpClientAuthenticationDisabled":null}""");
        (await Submission.SendAsync(tenant)).Should().Contain("disabled for the Tenant");
        tenant.Snapshot().Json.Should().Be(before.Json);
        tenant.Changes.Select(change => (change.Source, change.Kind, change.Property, change.Before, change.After)).Should().Equal(
            ("exchange", ObjectKinds.CasMailboxes, "SmtpClientAuthenticationDisabled", "null", "false"),
            ("exchange", ObjectKinds.CasMailboxes, "SmtpClientAuthenticationDisabled", "false", "null"));
    }

    [Fact]
    public async Task Security_defaults_switched_off_over_Graph_let_the_printer_in()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .SecurityDefaults(true)
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).SmtpClientAuthenticationDisabled(false)));
        using var admin = new AdminClient(tenant);

        (await Submission.SendAsync(tenant)).Should().Contain("security defaults policy");
        (await admin.SendAsync(HttpMethod.Patch, "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy", """{"isEnabled":false}"""))
            .Status.Should().Be(204);
        (await Submission.SendAsync(tenant)).Should().BeNull();
    }

    [Fact]
    public async Task Per_user_mfa_disabled_over_Graph_beta_lets_the_password_in_and_an_app_password_worked_before()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer, u => u
            .Password(Submission.Password).AppPassword("abcdefghijklmnop").PerUserMfa("enforced").SmtpClientAuthenticationDisabled(false)));
        using var admin = new AdminClient(tenant);

        (await Submission.SendAsync(tenant)).Should().Contain("the user credentials were incorrect");
        (await Submission.SendAsync(tenant, password: "abcd efgh ijkl mnop")).Should().BeNull();
        (await admin.GetAsync("/beta/users/printer@contoso.example/authentication/requirements")).Json["perUserMfaState"]!.ToString()
            .Should().Be("enforced");
        (await admin.SendAsync(
            HttpMethod.Patch, "/beta/users/printer@contoso.example/authentication/requirements", """{"perUserMfaState":"disabled"}"""))
            .Status.Should().Be(204);
        (await Submission.SendAsync(tenant)).Should().BeNull();
        (await Submission.SendAsync(tenant, password: "abcdefghijklmnop")).Should().Contain("the user credentials were incorrect");
    }

    [Fact]
    public async Task Excluding_the_printer_from_the_blocking_policy_lets_it_in()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .ConditionalAccessPolicy(p => p.BlockLegacyAuthentication())
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).SmtpClientAuthenticationDisabled(false)));
        using var admin = new AdminClient(tenant);
        var policy = (await admin.GetAsync("/v1.0/identity/conditionalAccess/policies")).Values[0]!;

        (await Submission.SendAsync(tenant)).Should().Contain("did not meet the criteria");
        (await admin.SendAsync(
            HttpMethod.Patch,
            $"/v1.0/identity/conditionalAccess/policies/{policy["id"]}",
            $$$"""{"conditions":{"users":{"excludeUsers":["{{{tenant.State.User(Submission.Printer).Id}}}"]} } }""")).Status.Should().Be(204);
        (await Submission.SendAsync(tenant)).Should().BeNull();
    }
}
