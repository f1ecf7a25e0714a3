using System.Reflection;
using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests;

/// <summary>Snapshots, recorded folders, the cloud file, and what the emulated tenant stands on.</summary>
public sealed class StateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smtpauth-state-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_emulation_knows_none_of_the_packages_it_judges() =>
        typeof(EmulatedTenant).Assembly.GetReferencedAssemblies().Select(reference => reference.Name)
            .Should().OnlyContain(name => name!.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    [Fact]
    public async Task Two_tenants_of_one_description_have_the_same_snapshot_and_no_secret_is_in_it()
    {
        static void Describe(EmulatedTenantBuilder t) => t
            .OrganizationSmtpAuthDisabled(false)
            .ConditionalAccessPolicy(p => p.BlockLegacyAuthentication().ExcludeUsers(Submission.Printer))
            .AdminClientSecret("canary-client-secret")
            .WithUser(Submission.Printer, u => u.Password("canary-password").AppPassword("canaryapppassword"));
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var one = await EmulatedTenant.StartAsync(clock, Describe);
        await using var two = await EmulatedTenant.StartAsync(clock, Describe);

        one.Snapshot().Json.Should().Be(two.Snapshot().Json).And.NotContain("canary");
        one.Snapshot().DifferencesTo(two.Snapshot()).Should().BeEmpty();
        await Submission.LoginAsync(one, password: "canary-password");
        one.SignIns.Select(entry => entry.ToJsonString()).Should().OnlyContain(text => !text.Contains("canary"));
    }

    [Fact]
    public async Task Restore_puts_everything_back_at_once()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .Delays(delays => delays.All(TimeSpan.FromHours(1)))
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).SmtpClientAuthenticationDisabled(false)));
        var before = tenant.Snapshot();
        tenant.State.SecurityDefaults = true;
        tenant.State.User(Submission.Printer).SmtpClientAuthenticationDisabled = true;
        tenant.State.Remove(ObjectKinds.Mailboxes, tenant.State.User(Submission.Printer).Id);
        before.DifferencesTo(tenant.Snapshot()).Should().HaveCount(3);

        tenant.Restore(before);

        tenant.Snapshot().Json.Should().Be(before.Json);
        tenant.Changes.Should().BeEmpty();
        (await Submission.LoginAsync(tenant)).Should().BeNull();
    }

    [Fact]
    public async Task The_cloud_file_points_at_the_tenant()
    {
        await using var tenant = await EmulatedTenant.StartAsync();
        var cloud = JsonNode.Parse(tenant.CloudFileJson())!.AsObject();

        cloud.Select(member => member.Key).Should().Equal("authority", "graph", "exchange", "smtpHost", "smtpPort", "smtpTrustCertificateSha256");
        cloud["authority"]!.ToString().Should().StartWith("https://127.0.0.1:");
        cloud["graph"]!.ToString().Should().StartWith("http://127.0.0.1:").And.NotEndWith("/");
        cloud["smtpPort"]!.GetValue<int>().Should().Be(tenant.SmtpPort);
        cloud["smtpTrustCertificateSha256"]!.ToString().Should().HaveLength(64);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_so()
    {
        await using var tenant = await EmulatedTenant.StartAsync();
        var again = () => EmulatedTenant.StartAsync(t => t.Ports(smtp: tenant.SmtpPort));
        var graph = () => EmulatedTenant.StartAsync(t => t.Ports(graph: tenant.Graph.Port));

        (await again.Should().ThrowAsync<IOException>()).Which.Message.Should().Contain(tenant.SmtpPort.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await graph.Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task A_folder_of_recorded_answers_becomes_a_tenant()
    {
        Write("graph/securityDefaults.json", """{"@odata.context":"x","isEnabled":true}""");
        Write("graph/user.json", """{"id":"d1a5c9e3-27b8-4f60-94ad-3c8e6b1f7052","userPrincipalName":"copier@contoso.example","accountEnabled":true}""");
        Write("graph/userAuthenticationRequirements.json", """{"perUserMfaState":"enforced"}""");
        Write("graph/organization.json", """{"value":[{"id":"0f0f0f0f-0000-4000-8000-000000000001"}]}""");
        Write("graph/groupMembers-bb06c1d8-4e73-4fa2-9c85-a7d0e3b6f219.json", """{"value":[{"id":"d1a5c9e3-27b8-4f60-94ad-3c8e6b1f7052"}]}""");
        Write("exchange/Get-TransportConfig.json", """{"SmtpClientAuthenticationDisabled":true}""");
        Write("exchange/Get-CASMailbox.json", """[{"PrimarySmtpAddress":"copier@contoso.example","SmtpClientAuthenticationDisabled":null},{"PrimarySmtpAddress":"scan@contoso.example","SmtpClientAuthenticationDisabled":false}]""");
        Write("exchange/Get-AuthenticationPolicy.json", """{"Name":"Allow","AllowBasicAuthSmtp":true}""");
        Write("exchange/Get-RecipientPermission.json", """[{"Identity":"scan","Trustee":"copier@contoso.example","AccessRights":["SendAs"]},{"Identity":"scan","Trustee":"NT AUTHORITY\\SELF","AccessRights":["SendAs"]}]""");
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .FromFolder(_folder).Password("copier@contoso.example", Submission.Password).Password("scan@contoso.example", Submission.Password));
        using var admin = new AdminClient(tenant);

        tenant.TenantId.Should().Be("0f0f0f0f-0000-4000-8000-000000000001");
        tenant.State.User("copier@contoso.example").PerUserMfa.Should().Be("enforced");
        (await Submission.LoginAsync(tenant, "copier@contoso.example")).Should().Contain("disabled for the Tenant");
        (await Submission.LoginAsync(tenant, "scan@contoso.example")).Should().Contain("security defaults");
        (await admin.CmdletAsync("Set-AuthenticationPolicy", """{"Identity":"Allow","AllowBasicAuthSmtp":false}""")).Status.Should().Be(200);
        (await admin.CmdletAsync("Get-RecipientPermission", """{"Identity":"scan@contoso.example"}""")).Values.Should().HaveCount(2);
        (await admin.GetAsync("/v1.0/users/copier@contoso.example/transitiveMemberOf/microsoft.graph.group")).Values.Should().ContainSingle();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("\"text\"")]
    [InlineData("[{}]")]
    public async Task A_recorded_answer_that_cannot_be_read_is_named(string text)
    {
        Write("graph/user.json", text);
        var start = () => EmulatedTenant.StartAsync(t => t.FromFolder(_folder));

        await start.Should().ThrowAsync<FormatException>().WithMessage("*user.json*");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var start = () => EmulatedTenant.StartAsync(t => t.FromFolder(Path.Combine(_folder, "none")));

        await start.Should().ThrowAsync<DirectoryNotFoundException>().WithMessage("*none*");
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
