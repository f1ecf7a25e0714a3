using SmtpAuth.Testing;

namespace SmtpAuth.Cli.Tests;

public sealed class ApplyTests
{
    private static readonly string[] Risky = ["--accept-risk", "conditional-access-exclusion,per-user-mfa-off"];

    [Fact]
    public async Task A_risky_plan_is_approved_applied_proved_and_taken_back_and_the_tenant_is_as_it_was()
    {
        await using var tenant = await TestTenant.StartAsync(
            builder => builder.ConditionalAccessPolicy(policy => policy.BlockLegacyAuthentication()), printer => printer.PerUserMfa("enforced"));
        var before = tenant.Emulated.Snapshot();
        var plan = await tenant.PlanAsync(Risky);

        var applied = await tenant.ConnectedAsync(
            "apply", plan, "--approve-by", "Ana Pop", "--password-env", "PRINTER_PASSWORD", "--wait", "5s", "--journal", tenant.Journal, "--json");

        applied.ExitCode.Should().Be(ExitCode.Done, applied.Error);
        applied.Json["outcome"]!.GetValue<string>().Should().Be("proved");
        applied.Json["steps"]!.AsArray().Select(step => step!["state"]!.GetValue<string>()).Should().Equal("observed", "observed", "observed");
        applied.Error.Should().NotContain(TestTenant.Password);

        var undone = await tenant.ConnectedAsync(
            "undo", "--journal", tenant.Journal, "--run", applied.Json["runId"]!.GetValue<string>(), "--wait", "5s", "--json");

        undone.ExitCode.Should().Be(ExitCode.Done, undone.Error);
        before.DifferencesTo(tenant.Emulated.Snapshot()).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_secret_the_outcome_is_at_best_observed()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plan = await tenant.PlanAsync();

        var run = await tenant.ConnectedAsync("apply", plan, "--wait", "5s", "--journal", tenant.Journal, "--json");

        run.ExitCode.Should().Be(ExitCode.Done, run.Error);
        run.Json["outcome"]!.GetValue<string>().Should().Be("observed");
    }

    [Fact]
    public async Task A_submission_that_is_still_refused_exits_5()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plan = await tenant.PlanAsync();
        tenant.Environment["PRINTER_PASSWORD"] = "another one";

        var run = await tenant.ConnectedAsync(
            "apply", plan, "--password-env", "PRINTER_PASSWORD", "--wait", "0s", "--journal", tenant.Journal, "--json");

        run.ExitCode.Should().Be(ExitCode.Failed);
        run.Json["proof"]!["accepted"]!.GetValue<bool>().Should().BeFalse();
    }

    [Fact]
    public async Task A_missing_approval_is_refused_before_anything_is_written()
    {
        await using var tenant = await TestTenant.StartAsync(printer: printer => printer.PerUserMfa("enforced"));
        var plan = await tenant.PlanAsync("--accept-risk", "per-user-mfa-off");

        var run = await tenant.ConnectedAsync("apply", plan, "--journal", tenant.Journal, "--json");

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Json["refusals"]!.AsArray().Select(refusal => refusal!["kind"]!.GetValue<string>()).Should().Equal("approval-missing");
        tenant.Emulated.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_tenant_that_moved_is_refused_with_a_three_way_difference()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plan = await tenant.PlanAsync();
        tenant.Emulated.State.User(TestTenant.Mailbox).SmtpClientAuthenticationDisabled = true;
        var changes = tenant.Emulated.Changes.Count;

        var run = await tenant.ConnectedAsync("apply", plan, "--journal", tenant.Journal, "--json");

        run.ExitCode.Should().Be(ExitCode.Refused);
        var refusal = run.Json["refusals"]!.AsArray().Should().ContainSingle().Subject!;
        refusal["kind"]!.GetValue<string>().Should().Be("drift");
        refusal["difference"]!["before"].Should().BeNull();
        refusal["difference"]!["now"]!.GetValue<bool>().Should().BeTrue();
        refusal["difference"]!["after"]!.GetValue<bool>().Should().BeFalse();
        tenant.Emulated.Changes.Should().HaveCount(changes);
    }

    [Fact]
    public async Task A_token_without_permission_is_refused_and_nothing_changes()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plan = await tenant.PlanAsync();
        tenant.Environment["SMTPAUTH_EXCHANGE_TOKEN"] = tenant.Emulated.IssueToken(TokenAudience.Exchange, token => token.ReadOnly());

        var run = await tenant.ConnectedAsync("apply", plan, "--journal", tenant.Journal);

        run.ExitCode.Should().Be(ExitCode.Refused, run.Error);
        run.Error.Should().NotContain("   at ");
        tenant.Emulated.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_dry_run_makes_every_check_and_writes_nothing()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plan = await tenant.PlanAsync();

        var run = await tenant.ConnectedAsync("apply", plan, "--dry-run", "--json");

        run.ExitCode.Should().Be(ExitCode.Done, run.Error);
        run.Json["dryRun"]!.GetValue<bool>().Should().BeTrue();
        run.Error.Should().Contain("Set-CASMailbox");
        tenant.Emulated.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_person_can_make_the_changes_and_is_believed_as_far_as_reads_agree()
    {
        await using var tenant = await TestTenant.StartAsync();
        var plan = await tenant.PlanAsync();

        var run = await tenant.RunAsync(
            "n\n", ["apply", plan, "--executor", "manual", "--wait", "0s", "--journal", tenant.Journal, .. tenant.Connection]);

        run.ExitCode.Should().Be(ExitCode.Failed);
        run.Error.Should().Contain("Press Enter when that is done");
        tenant.Emulated.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_journal_is_verified_and_an_edited_one_found_out()
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.ConnectedAsync("apply", await tenant.PlanAsync(), "--wait", "0s", "--journal", tenant.Journal);

        var intact = await Run.Of("audit-log", "verify", "--journal", tenant.Journal, "--json");
        var cutOff = await Run.Of("audit-log", "verify", "--journal", tenant.Journal, "--head", $"999:{new string('a', 64)}", "--json");

        intact.ExitCode.Should().Be(ExitCode.Done);
        intact.Json["entries"]!.GetValue<int>().Should().BeGreaterThan(4);
        cutOff.ExitCode.Should().Be(ExitCode.Negative);
        cutOff.Json["intact"]!.GetValue<bool>().Should().BeFalse();
    }

    [Theory]
    [InlineData("undo", "--run", "no-such-run")]
    [InlineData("resume", "--run", "no-such-run")]
    public async Task A_run_that_the_journal_does_not_have_is_refused(string verb, params string[] options)
    {
        await using var tenant = await TestTenant.StartAsync();
        await tenant.ConnectedAsync("apply", await tenant.PlanAsync(), "--wait", "0s", "--journal", tenant.Journal);

        var run = await tenant.ConnectedAsync([verb, "--journal", tenant.Journal, .. options]);

        run.ExitCode.Should().Be(ExitCode.Refused);
        run.Error.Should().Contain("no-such-run");
    }

    [Theory]
    [InlineData("undo", "--run", "x")]
    [InlineData("resume")]
    public async Task A_journal_that_is_not_there_is_bad_input(string verb, params string[] options)
    {
        await using var tenant = await TestTenant.StartAsync();

        var run = await tenant.ConnectedAsync([verb, "--journal", tenant.Folder.File("none.db"), .. options]);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().Contain("none.db");
    }

    [Fact]
    public async Task The_journal_lies_in_the_state_folder_unless_told_otherwise_and_that_is_said()
    {
        await using var tenant = await TestTenant.StartAsync();
        tenant.Environment["XDG_STATE_HOME"] = tenant.Folder.Path;

        var run = await tenant.ConnectedAsync("apply", await tenant.PlanAsync(), "--wait", "0s");

        var path = Path.Combine(tenant.Folder.Path, "smtpauth", "journal.db");
        run.Error.Should().Contain("journal.db");
        File.Exists(path).Should().BeTrue();
    }
}
