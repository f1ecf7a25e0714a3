using SmtpAuth.Testing;

namespace SmtpAuth.Cli.Tests;

/// <summary>An emulated tenant, and the command connected to it as a person would connect it.</summary>
internal sealed class TestTenant : IAsyncDisposable
{
    public const string Mailbox = "printer@contoso.example";
    public const string Password = "n0t-a-real-passw0rd";

    private TestTenant(EmulatedTenant tenant)
    {
        Emulated = tenant;
        Environment = new()
        {
            ["SMTPAUTH_GRAPH_TOKEN"] = tenant.IssueToken(TokenAudience.Graph),
            ["SMTPAUTH_EXCHANGE_TOKEN"] = tenant.IssueToken(TokenAudience.Exchange),
            ["PRINTER_PASSWORD"] = Password,
        };
        CloudFile = Folder.File("cloud.json", tenant.CloudFileJson());
    }

    public EmulatedTenant Emulated { get; }

    public TemporaryFolder Folder { get; } = new();

    public string CloudFile { get; }

    public string Journal => Folder.File("journal.db");

    public Dictionary<string, string> Environment { get; }

    public string[] Connection => ["--tenant", Emulated.TenantId, "--cloud", CloudFile, "--credential", "environment-token"];

    /// <summary>Starts a tenant whose printer inherits SMTP AUTH off, and whatever else the test adds.</summary>
    public static async Task<TestTenant> StartAsync(Action<EmulatedTenantBuilder>? configure = null, Action<EmulatedUserBuilder>? printer = null) =>
        new(await EmulatedTenant.StartAsync(builder =>
        {
            builder.WithUser(Mailbox, user =>
            {
                user.Password(Password);
                printer?.Invoke(user);
            });
            configure?.Invoke(builder);
        }));

    public Task<Run> RunAsync(string stdin, params string[] args) => Run.Of(args, stdin, Environment);

    public Task<Run> ConnectedAsync(params string[] args) => Run.Of([.. args, .. Connection], "", Environment);

    /// <summary>Plans for the printer and returns the file of the plan.</summary>
    public async Task<string> PlanAsync(params string[] options)
    {
        var file = Folder.File("plan.json");
        var run = await ConnectedAsync(["plan", "--mailbox", Mailbox, "--out", file, .. options]);
        run.ExitCode.Should().Be(ExitCode.Done, run.Error);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await Emulated.DisposeAsync();
        Folder.Dispose();
    }
}
