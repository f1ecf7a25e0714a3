using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Tests;

public sealed class PlanTests : IDisposable
{
    private readonly RecordedState _state = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_plan_for_the_switch_touches_the_mailbox_and_never_the_organization()
    {
        _state.Inheriting();

        var run = await _state.RunAsync("plan", "--json");

        run.ExitCode.Should().Be(ExitCode.Done, run.Out);
        run.Json["complete"]!.GetValue<bool>().Should().BeTrue();
        run.Json["approvalRequired"]!.GetValue<bool>().Should().BeFalse();
        var step = run.Json["steps"]!.AsArray().Should().ContainSingle().Subject!;
        step["operation"]!.GetValue<string>().Should().Be("enable-smtp-auth-on-mailbox");
        step["scope"]!.GetValue<string>().Should().Be("mailbox");
        step.AsObject().TryGetPropertyValue("before", out var before).Should().BeTrue();
        before.Should().BeNull();
        step["after"]!.GetValue<bool>().Should().BeFalse();
    }

    [Theory]
    [InlineData("security-defaults-off", "graph/securityDefaults", """{"isEnabled": true}""")]
    [InlineData("per-user-mfa-off", "graph/userAuthenticationRequirements", """{"perUserMfaState": "enforced"}""")]
    public async Task A_risk_is_withheld_by_name_until_it_is_accepted(string risk, string answer, string json)
    {
        _state.With(answer, json);

        var without = await _state.RunAsync("plan", "--json");
        var with = await _state.RunAsync("plan", "--json", "--accept-risk", risk);

        without.ExitCode.Should().Be(ExitCode.Negative);
        without.Json["complete"]!.GetValue<bool>().Should().BeFalse();
        without.Json["withheld"]!.AsArray().Should().Contain(withheld => withheld!["risk"]!.GetValue<string>() == risk);
        with.ExitCode.Should().Be(ExitCode.Done, with.Out);
        with.Json["approvalRequired"]!.GetValue<bool>().Should().BeTrue();
        with.Json["steps"]!.AsArray().Should().Contain(step => step!["risk"]!.GetValue<string>() == risk);
    }

    [Theory]
    [InlineData("--accept-risk", "security-defaults-off,per-user-mfa-off")]
    [InlineData("--accept-risk", "security-defaults-off", "--accept-risk", "per-user-mfa-off")]
    public async Task Risks_may_be_repeated_or_joined_by_commas(params string[] options)
    {
        _state.Inheriting()
            .With("graph/securityDefaults", """{"isEnabled": true}""")
            .With("graph/userAuthenticationRequirements", """{"perUserMfaState": "enforced"}""");

        var run = await _state.RunAsync("plan", ["--json", .. options]);

        run.ExitCode.Should().Be(ExitCode.Done, run.Out);
        run.Json["steps"]!.AsArray().Should().HaveCount(3);
    }

    [Fact]
    public async Task The_file_of_out_is_the_plan_that_is_printed_also_where_it_is_not_complete()
    {
        _state.Inheriting().With("graph/securityDefaults", """{"isEnabled": true}""");
        var file = _folder.File("plan.json");

        var run = await _state.RunAsync("plan", "--json", "--out", file);

        run.ExitCode.Should().Be(ExitCode.Negative);
        var plan = PlanJson.Read(await File.ReadAllTextAsync(file));
        plan.Complete.Should().BeFalse();
        PlanHash.Compute(plan).Should().Be(run.Json["hash"]!.GetValue<string>());
        run.Error.Should().Contain("plan.json");
    }

    [Fact]
    public async Task Text_for_people_shows_before_and_after_and_what_is_held_back()
    {
        _state.Inheriting().With("graph/userAuthenticationRequirements", """{"perUserMfaState": "enforced"}""");

        var run = await _state.RunAsync("plan");

        run.Out.Should().Contain("NOT COMPLETE").And.Contain("SmtpClientAuthenticationDisabled: null → false")
            .And.Contain("--accept-risk per-user-mfa-off");
    }

    [Theory]
    [InlineData("--accept-risk", "everything")]
    [InlineData("--route", "carrier-pigeon")]
    public async Task Unknown_risks_and_routes_exit_2(string option, string value)
    {
        var run = await _state.RunAsync("plan", option, value);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().Contain(value);
    }

    public void Dispose()
    {
        _state.Dispose();
        _folder.Dispose();
    }
}
