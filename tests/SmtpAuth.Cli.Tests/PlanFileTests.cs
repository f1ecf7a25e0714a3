using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Tests;

public sealed class PlanFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task An_approval_is_bound_to_the_plan_that_was_shown()
    {
        var plan = Some.Plan("per-user-mfa-off");
        var file = _folder.File("plan.json", PlanJson.Write(plan));

        var run = await Run.Of("approve", file, "--by", "Ana Pop", "--out", _folder.File("approval.json"));

        run.ExitCode.Should().Be(ExitCode.Done);
        run.Out.Should().Contain("printer@contoso.example").And.Contain("no second factor for this user");
        var approval = ApprovalJson.Read(await File.ReadAllTextAsync(_folder.File("approval.json")));
        approval.PlanHash.Should().Be(PlanHash.Compute(plan));
        approval.ApprovedBy.Should().Be("Ana Pop");
    }

    [Theory]
    [InlineData("approve", "--by", "me", "--out", "approval.json")]
    [InlineData("apply", "--tenant", "contoso.example")]
    public async Task A_plan_that_was_altered_is_refused(string verb, params string[] options)
    {
        var file = _folder.File("plan.json", PlanJson.Write(Some.Plan()).Replace("printer@", "director@", StringComparison.Ordinal));

        var run = await Run.Of([verb, file, .. options]);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Error.Should().Contain("altered").And.NotContain("   at ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"formatVersion\": 99}")]
    public async Task What_is_not_a_plan_is_bad_input(string content)
    {
        var run = await Run.Of("apply", _folder.File("plan.json", content), "--tenant", "contoso.example");

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().StartWith("smtpauth: ").And.Contain("plan.json");
    }

    [Fact]
    public async Task A_plan_can_be_had_as_a_script()
    {
        var file = _folder.File("plan.json", PlanJson.Write(Some.Plan()));

        var run = await Run.Of("apply", file, "--tenant", "contoso.example", "--executor", "script");

        run.ExitCode.Should().Be(ExitCode.Done);
        run.Out.Should().StartWith("#").And.Contain("Set-CASMailbox").And.Contain("[switch] $Undo");
    }

    public void Dispose() => _folder.Dispose();
}
