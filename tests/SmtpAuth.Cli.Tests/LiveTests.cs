using SmtpAuth.Testing;

namespace SmtpAuth.Cli.Tests;

public sealed class LiveTests
{
    [Fact]
    public async Task A_probe_tells_accepted_from_refused_and_shows_no_secret()
    {
        await using var tenant = await TestTenant.StartAsync();
        string[] probe = ["probe", "--mailbox", TestTenant.Mailbox, "--cloud", tenant.CloudFile, "--password-env", "PRINTER_PASSWORD", "--json"];

        var refused = await tenant.RunAsync("", probe);
        tenant.Emulated.State.User(TestTenant.Mailbox).SmtpClientAuthenticationDisabled = false;
        var accepted = await tenant.RunAsync("", probe);

        refused.ExitCode.Should().Be(ExitCode.Negative);
        refused.Json["reply"]!["condition"]!.GetValue<string>().Should().Be("smtp-auth-disabled-tenant");
        accepted.ExitCode.Should().Be(ExitCode.Done);
        accepted.Json["phase"]!.GetValue<string>().Should().Be("auth");
        var secret = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(TestTenant.Password));
        (refused.Out + accepted.Out).Should().NotContain(TestTenant.Password).And.NotContain(secret);
        tenant.Emulated.Accepted.Should().BeEmpty();
    }

    [Fact]
    public async Task A_refused_certificate_is_no_answer_and_exits_5()
    {
        await using var tenant = await TestTenant.StartAsync();
        var cloud = tenant.Folder.File("other.json", tenant.Emulated.CloudFileJson().Replace(
            tenant.Emulated.SmtpCertificateSha256, new string('0', 64), StringComparison.Ordinal));

        var run = await tenant.RunAsync("", "probe", "--mailbox", TestTenant.Mailbox, "--cloud", cloud, "--password-env", "PRINTER_PASSWORD");

        run.ExitCode.Should().Be(ExitCode.Failed);
        run.Out.Should().Contain("certificate").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("NO_SUCH_VARIABLE", "basic")]
    [InlineData("PRINTER_PASSWORD", "oauth-app")]
    public async Task A_secret_that_is_not_there_or_does_not_fit_is_bad_input(string variable, string mechanism)
    {
        await using var tenant = await TestTenant.StartAsync();

        var run = await tenant.RunAsync(
            "", "probe", "--mailbox", TestTenant.Mailbox, "--cloud", tenant.CloudFile, "--password-env", variable, "--mechanism", mechanism);

        run.ExitCode.Should().Be(ExitCode.BadInput);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_leaves_facts_unknown()
    {
        await using var tenant = await TestTenant.StartAsync();
        var cloud = tenant.Folder.File("nowhere.json", """
            {"authority": "https://127.0.0.1:9", "graph": "http://127.0.0.1:9", "exchange": "http://127.0.0.1:9", "smtpHost": "127.0.0.1", "smtpPort": 9}
            """);

        var run = await tenant.RunAsync(
            "",
            "diagnose", "--mailbox", TestTenant.Mailbox, "--tenant", tenant.Emulated.TenantId, "--cloud", cloud, "--credential", "environment-token", "--json");

        run.ExitCode.Should().Be(ExitCode.Unknown);
        run.Json["verdict"]!.GetValue<string>().Should().Be("unknown");
    }

    [Fact]
    public async Task A_token_that_may_not_read_leaves_facts_unknown_and_says_why()
    {
        await using var tenant = await TestTenant.StartAsync(printer: printer => printer.SmtpClientAuthenticationDisabled(false));
        tenant.Environment["SMTPAUTH_GRAPH_TOKEN"] = tenant.Emulated.IssueToken(TokenAudience.Graph, token => token.Roles());

        var run = await tenant.ConnectedAsync("diagnose", "--mailbox", TestTenant.Mailbox, "--json");

        run.ExitCode.Should().Be(ExitCode.Unknown);
        run.Json["gates"]!.AsArray().Single(gate => gate!["gate"]!.GetValue<string>() == "security-defaults")!["missing"]!.AsArray()
            .Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_mailbox_that_is_not_there_is_blocked_and_not_unknown()
    {
        await using var tenant = await TestTenant.StartAsync();

        var run = await tenant.ConnectedAsync("diagnose", "--mailbox", "nobody@contoso.example", "--json");

        run.ExitCode.Should().Be(ExitCode.Negative);
        run.Json["gates"]!.AsArray().Where(gate => gate!["status"]!.GetValue<string>() == "closed")
            .Select(gate => gate!["gate"]!.GetValue<string>()).Should().Contain("account");
    }

    [Fact]
    public async Task An_emulated_tenant_serves_until_it_is_stopped_and_starts_from_recorded_answers()
    {
        using var state = new RecordedState().Inheriting();
        using var stop = new CancellationTokenSource();
        using var folder = new TemporaryFolder();
        var file = folder.File("cloud.json");

        var emulation = Run.Of(["emulate", "--tenant-state", state.Path, "--cloud-file", file, "--json"], "", null, stop.Token);
        while (!File.Exists(file) && !emulation.IsCompleted)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        var run = await emulation;

        run.ExitCode.Should().Be(ExitCode.Cancelled);
        run.Json["mailbox"]!.GetValue<string>().Should().Be("printer@contoso.example");
        run.Json["tenant"]!.GetValue<string>().Should().Be("22222222-2222-2222-2222-222222222222");
        File.Exists(file).Should().BeFalse();
    }
}
