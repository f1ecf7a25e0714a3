using Azure.Core;
using SmtpAuth.Exchange;
using SmtpAuth.Graph;
using SmtpAuth.Probe;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Acceptance;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_code_of_the_readme_runs_and_prints_what_the_readme_says()
    {
        await using var tenant = await EmulatedTenant.StartAsync(builder => builder
            .WithUser("printer@contoso.example", user => user.Password("n0t-a-real-passw0rd")));
        var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "the emulated cloud");
        var credential = new ReadyTokenCredential(
            cloud, new(tenant.IssueToken(TokenAudience.Graph)), new(tenant.IssueToken(TokenAudience.Exchange)));
        using var printed = new StringWriter();

        await RunAsync(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
            tenant.TenantId, cloud, credential, new Secret("n0t-a-real-passw0rd"), printed);

        Normalize(Fence("text")).Should().Be(Normalize(printed.ToString()));
    }

    [Fact]
    public void The_code_of_the_readme_is_the_code_that_runs()
    {
        var source = File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "SmtpAuth.Acceptance.Tests", "ReadmeTests.cs"));
        var start = source.LastIndexOf("// The README begins.", StringComparison.Ordinal);
        var end = source.LastIndexOf("// The README ends.", StringComparison.Ordinal);

        Normalize(Fence("csharp")).Should().Be(Normalize(source[(source.IndexOf('\n', start) + 1)..end]));
    }

    private static async Task RunAsync(
        string errorText, string tenantId, MicrosoftCloud cloud, TokenCredential credential, Secret password, StringWriter Console)
    {
        // The README begins.
        var printer = new Submission { Mailbox = "printer@contoso.example" };
        using var graph = new GraphConnection(cloud, credential);
        using var exchange = new ExchangeAdminApiCommands(cloud, tenantId, credential);
        var remediator = new RemediatorBuilder().AddGraph(graph).AddExchange(exchange)
            .UseProbe(new MailKitSubmissionProbe(), cloud, printer, password).Build();

        var plan = await remediator.PlanAsync(errorText, printer);
        plan.Steps.ToList().ForEach(step => Console.WriteLine(step.Summary["en"]));
        var report = await remediator.ApplyAsync(plan);
        Console.WriteLine($"{report.Outcome}: {report.Proof?.ReplyText}");

        // The README ends.
    }

    private static string Fence(string language)
    {
        var readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        var start = readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Normalize(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
