namespace SmtpAuth.Testing.Tests;

/// <summary>The Exchange administration as a careful client meets it.</summary>
public sealed class ExchangeTests
{
    private const string Smtp = "SmtpClientAuthenticationDisabled";

    [Fact]
    public async Task A_parameter_that_is_absent_changes_nothing_and_one_that_is_null_clears()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer, u => u.SmtpClientAuthenticationDisabled(true)));
        using var admin = new AdminClient(tenant);
        async Task<bool?> SetAsync(string more)
        {
            await admin.CmdletAsync("Set-CASMailbox", $$"""{"Identity":"printer@contoso.example"{{more}}}""");
            return tenant.State.User(Submission.Printer).SmtpClientAuthenticationDisabled;
        }

        (await SetAsync("")).Should().BeTrue();
        (await SetAsync(""","ImapEnabled":true""")).Should().BeTrue();
        (await SetAsync($""","{Smtp}":null""")).Should().BeNull();
        (await SetAsync($""","{Smtp}":false""")).Should().BeFalse();
        (await SetAsync($""","{Smtp}":"True","WhatIf":true""")).Should().BeFalse();
        (await SetAsync($""","smtpclientauthenticationdisabled":"True" """)).Should().BeTrue();
    }

    [Fact]
    public async Task A_setting_that_already_is_so_is_a_warning()
    {
        await using var tenant = await EmulatedTenant.StartAsync();
        using var admin = new AdminClient(tenant);

        var answer = await admin.CmdletAsync("Set-TransportConfig", $$"""{"{{Smtp}}":true}""");

        answer.Json["@adminapi.warnings"]![0]!.ToString().Should()
            .Be(@"The command completed successfully but no settings of 'contoso.onmicrosoft.com\Transport Settings' have been modified.");
        tenant.Changes.Should().BeEmpty();
        (await admin.CmdletAsync("Set-TransportConfig", $$"""{"{{Smtp}}":false}""")).Json["@adminapi.warnings"]!.AsArray().Should().BeEmpty();
        tenant.State.OrganizationSmtpAuthDisabled.Should().BeFalse();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Identity":null}""")]
    public async Task Without_an_identity_a_read_returns_everything(string parameters)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser("a@contoso.example").WithUser("b@contoso.example"));
        using var admin = new AdminClient(tenant);

        (await admin.CmdletAsync("Get-CASMailbox", parameters)).Values.Should().HaveCount(2);
        (await admin.CmdletAsync("Set-CASMailbox", parameters)).Status.Should().Be(400);
    }

    [Theory]
    [InlineData("Exchange Administrator", "Set-TransportConfig", 200)]
    [InlineData("Exchange Recipient Administrator", "Set-TransportConfig", 401)]
    [InlineData("Exchange Recipient Administrator", "Set-CASMailbox", 200)]
    [InlineData("Global Reader", "Set-CASMailbox", 401)]
    [InlineData("Global Reader", "Get-CASMailbox", 200)]
    [InlineData("Security Reader", "Get-TransportConfig", 200)]
    [InlineData("Reports Reader", "Get-CASMailbox", 403)]
    public async Task A_role_decides_which_cmdlets_may_run(string role, string cmdlet, int status)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer));
        using var admin = new AdminClient(tenant) { Exchange = t => t.DirectoryRoles(role) };
        var parameters = cmdlet.EndsWith("CASMailbox", StringComparison.Ordinal) ? """{"Identity":"printer@contoso.example"}""" : "{}";

        var answer = await admin.CmdletAsync(cmdlet, parameters);

        answer.Status.Should().Be(status);
        if (status == 401)
        {
            answer.ErrorMessage.Should().Be($"User is not allowed to call {cmdlet}");
        }

        using var module = new HttpRequestMessage(HttpMethod.Get, new Uri(tenant.Exchange, $"/adminapi/v1.0/{tenant.TenantId}/EXOModuleFile?Version=3.9.2"));
        module.Headers.Authorization = new("Bearer", tenant.IssueToken(TokenAudience.Exchange, admin.Exchange));
        using var http = new HttpClient();
        using var file = await http.SendAsync(module);
        (await file.Content.ReadAsStringAsync()).Contains(cmdlet + ",", StringComparison.Ordinal).Should().Be(status == 200);
    }

    [Fact]
    public async Task The_app_role_missing_is_401_and_the_directory_role_missing_is_403_with_nul_bytes()
    {
        await using var tenant = await EmulatedTenant.StartAsync();
        using var admin = new AdminClient(tenant) { Exchange = t => t.Roles("SMTP.SendAsApp") };

        var withoutAppRole = await admin.CmdletAsync("Get-TransportConfig");
        (withoutAppRole.Status, withoutAppRole.Content.Length).Should().Be((401, 0));
        withoutAppRole.Headers["WWW-Authenticate"].Should().Contain("invalid_token");
        admin.Exchange = t => t.DirectoryRoles();
        var withoutRole = await admin.CmdletAsync("Get-TransportConfig");
        withoutRole.Status.Should().Be(403);
        withoutRole.Content.Should().HaveCount(64).And.OnlyContain(character => character == 0);
        admin.Exchange = t => t.Audience("https://graph.microsoft.com");
        (await admin.CmdletAsync("Get-TransportConfig")).Status.Should().Be(401);
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_that_want_the_same_body_and_anchor()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t =>
        {
            for (var number = 0; number < 5; number++)
            {
                t.WithUser($"device{number}@contoso.example");
            }
        });
        using var admin = new AdminClient(tenant);
        const string Body = """{"CmdletInput":{"CmdletName":"Get-CASMailbox","Parameters":{"ResultSize":"Unlimited"}}}""";
        var first = await admin.PostExchangeAsync(new Uri(tenant.Exchange, $"/adminapi/beta/{tenant.TenantId}/InvokeCommand?$select=PrimarySmtpAddress"), Body, "odata.maxpagesize=3");
        var next = new Uri(first.Json["@odata.nextLink"]!.ToString());

        first.Values.Should().HaveCount(3);
        first.Values[0]!.AsObject().Select(member => member.Key).Should().Equal("PrimarySmtpAddress");
        (await admin.PostExchangeAsync(next, Body, "odata.maxpagesize=3")).Values.Should().HaveCount(2);
        (await admin.PostExchangeAsync(next, Body + " ", "odata.maxpagesize=3")).ErrorMessage.Should().StartWith("Expired or Invalid pagination");
        admin.Anchor = "UPN:other@contoso.example";
        (await admin.PostExchangeAsync(next, Body, "odata.maxpagesize=3")).ErrorMessage.Should().StartWith("Expired or Invalid pagination");
    }

    [Fact]
    public async Task A_list_over_a_thousand_is_cut_with_a_warning_unless_all_are_asked_for()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t =>
        {
            for (var number = 0; number < 1001; number++)
            {
                t.WithUser($"device{number}@contoso.example");
            }
        });
        using var admin = new AdminClient(tenant);

        var cut = await admin.CmdletAsync("Get-CASMailbox", "{}", prefer: "odata.maxpagesize=5000");
        cut.Values.Should().HaveCount(1000);
        cut.Json["@adminapi.warnings"]![0]!.ToString().Should().Contain("only the first 1000 items");
        (await admin.CmdletAsync("Get-CASMailbox", """{"ResultSize":"Unlimited"}""", prefer: "odata.maxpagesize=5000")).Values.Should().HaveCount(1001);
        (await admin.CmdletAsync("Get-CASMailbox", """{"ResultSize":2}""")).Values.Should().HaveCount(2);
        (await admin.CmdletAsync("Get-CASMailbox", """{"ResultSize":"many"}""")).Status.Should().Be(400);
    }

    [Fact]
    public async Task An_authentication_policy_lives_from_creation_over_assignment_to_removal()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .AuthenticationPolicy("Block", allowBasicAuthSmtp: false, organizationDefault: true)
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).SmtpClientAuthenticationDisabled(false)));
        using var admin = new AdminClient(tenant);
        var before = tenant.Snapshot();
        (await Submission.LoginAsync(tenant)).Should().EndWith("basic authentication is disabled.");

        var created = (await admin.CmdletAsync("New-AuthenticationPolicy", """{"Name":"Allow SMTP","AllowBasicAuthSmtp":true}""")).Values[0]!;
        ((bool)created["AllowBasicAuthImap"]!).Should().BeFalse();
        (await admin.CmdletAsync("New-AuthenticationPolicy", """{"Name":"allow smtp"}""")).Status.Should().Be(400);
        (await admin.CmdletAsync("Set-User", """{"Identity":"printer","AuthenticationPolicy":"Nobody knows"}""")).Status.Should().Be(400);
        await admin.CmdletAsync("Set-User", $$"""{"Identity":"printer","AuthenticationPolicy":"{{created["Guid"]}}"}""");
        (await admin.CmdletAsync("Get-User", """{"Identity":"printer"}""")).Values[0]!["AuthenticationPolicy"]!.ToString().Should().Be("Allow SMTP");
        (await Submission.LoginAsync(tenant)).Should().BeNull();

        (await admin.CmdletAsync("Remove-AuthenticationPolicy", """{"Identity":"Block","Confirm":false}""")).Status.Should().Be(400);
        await admin.CmdletAsync("Set-User", """{"Identity":"printer","AuthenticationPolicy":null}""");
        await admin.CmdletAsync("Remove-AuthenticationPolicy", """{"Identity":"Allow SMTP","Confirm":false}""");
        tenant.Snapshot().Json.Should().Be(before.Json);
        await admin.CmdletAsync("Set-OrganizationConfig", """{"DefaultAuthenticationPolicy":null}""");
        (await Submission.LoginAsync(tenant)).Should().BeNull();
    }

    [Fact]
    public async Task Organization_customization_is_needed_first_where_the_organization_is_dehydrated()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.Dehydrated());
        using var admin = new AdminClient(tenant);

        (await admin.CmdletAsync("New-AuthenticationPolicy", """{"Name":"A"}""")).Text.Should().Contain("Enable-OrganizationCustomization");
        await admin.CmdletAsync("Enable-OrganizationCustomization");
        (await admin.CmdletAsync("New-AuthenticationPolicy", """{"Name":"A"}""")).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_list_setting_is_replaced_by_a_list_and_changed_by_a_hash_table()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.InboundConnector("Relay", "203.0.113.10"));
        using var admin = new AdminClient(tenant);
        async Task<string> SetAsync(string value)
        {
            await admin.CmdletAsync("Set-InboundConnector", $$"""{"Identity":"Relay","SenderIPAddresses":{{value}}}""");
            return (await admin.CmdletAsync("Get-InboundConnector", """{"Identity":"Relay"}""")).Values[0]!["SenderIPAddresses"]!.ToJsonString();
        }

        (await SetAsync("""{"@odata.type":"#Exchange.GenericHashTable","Add":"198.51.100.24"}""")).Should().Be("""["203.0.113.10","198.51.100.24"]""");
        (await SetAsync("""{"Remove":["203.0.113.10"]}""")).Should().Be("""["198.51.100.24"]""");
        (await SetAsync("""["192.0.2.1"]""")).Should().Be("""["192.0.2.1"]""");
    }

    [Theory]
    [InlineData("""{"Identity":"printer@contoso.example","Bogus":1}""", "Parameter set cannot be resolved")]
    [InlineData("""{"Identity":"printer@contoso.example","SmtpClientAuthenticationDisabled":"maybe"}""", "Cannot convert value \\\"maybe\\\"")]
    [InlineData("""{"Identity":"printer@contoso.example","SmtpClientAuthenticationDisabled":{}}""", "System.Collections.Hashtable")]
    [InlineData("""{"Identity":"nobody@contoso.example"}""", "couldn't be found")]
    [InlineData("""{"Identity":{}}""", "System.Object")]
    public async Task A_bad_parameter_is_explained(string parameters, string text)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer));
        using var admin = new AdminClient(tenant);

        var answer = await admin.CmdletAsync("Set-CASMailbox", parameters);

        answer.Status.Should().Be(400);
        answer.Text.Should().Contain(text);
        tenant.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Send_as_is_granted_and_taken_away()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .OrganizationSmtpAuthDisabled(false)
            .WithUser("billing@contoso.example", u => u.SharedMailbox())
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).Alias("scan@contoso.example")));
        using var admin = new AdminClient(tenant);
        const string Right = """{"Identity":"billing@contoso.example","Trustee":"printer@contoso.example","AccessRights":["SendAs"],"Confirm":false}""";

        (await Submission.SendAsync(tenant, from: "scan@contoso.example")).Should().BeNull();
        (await Submission.SendAsync(tenant, from: "billing@contoso.example")).Should()
            .StartWith("554 5.2.252 SendAsDenied; printer@contoso.example not allowed to send as billing@contoso.example; STOREDRV.Submission.Exception");
        await admin.CmdletAsync("Add-RecipientPermission", Right);
        (await Submission.SendAsync(tenant, from: "billing@contoso.example")).Should().BeNull();
        (await admin.CmdletAsync("Get-RecipientPermission", """{"Identity":"billing@contoso.example"}""")).Values
            .Select(item => item!["Trustee"]!.ToString()).Should().Equal(@"NT AUTHORITY\SELF", "printer@contoso.example");
        await admin.CmdletAsync("Remove-RecipientPermission", Right);
        (await Submission.SendAsync(tenant, from: "billing@contoso.example")).Should().Contain("SendAsDenied");
    }
}
