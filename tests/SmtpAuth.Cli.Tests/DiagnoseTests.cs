namespace SmtpAuth.Cli.Tests;

public sealed class DiagnoseTests : IDisposable
{
    private const string Refusal = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.";
    private readonly RecordedState _state = new();

    [Fact]
    public async Task A_sender_whom_nothing_stops_is_open_and_exits_0()
    {
        var run = await _state.RunAsync("diagnose", "--json", "--as-of", "2026-11-25");

        run.ExitCode.Should().Be(ExitCode.Done, run.Out);
        run.Json["verdict"]!.GetValue<string>().Should().Be("open");
    }

    [Fact]
    public async Task Every_gate_is_judged_in_order_and_a_closed_one_has_rule_evidence_and_cause()
    {
        _state.Inheriting().With("graph/userAuthenticationRequirements", """{"perUserMfaState": "enforced"}""");

        var run = await _state.RunAsync("diagnose", "--json", "--error", Refusal);

        run.ExitCode.Should().Be(ExitCode.Negative);
        run.Json["verdict"]!.GetValue<string>().Should().Be("blocked");
        run.Json["gates"]!.AsArray().Select(gate => gate!["gate"]!.GetValue<string>()).Should().Equal(Gates.All.Select(gate => gate.ToName()));
        var closed = run.Json["gates"]!.AsArray().Where(gate => gate!["status"]!.GetValue<string>() == "closed").ToList();
        closed.Select(gate => gate!["gate"]!.GetValue<string>()).Should().Equal("smtp-auth-switch", "per-user-mfa");
        closed[0]!["rules"]!.AsArray().Select(rule => rule!.GetValue<string>()).Should().Equal("EXO001");
        closed[0]!["evidence"]!.AsArray().Should().Contain(evidence =>
            evidence!["fact"]!.GetValue<string>() == "organization.smtpClientAuthenticationDisabled" && evidence["value"]!.GetValue<bool>());
        run.Json["causes"]!.AsArray().Should().Contain(cause =>
            cause!["cause"]!.GetValue<string>() == "tenant-smtp-auth-off" && cause["certainty"]!.GetValue<string>() == "confirmed"
            && cause["explainsReply"]!.GetValue<bool>());
        run.Json["willFailNext"]!.AsArray().Select(gate => gate!.GetValue<string>()).Should().Equal("per-user-mfa");
        run.Json["reply"]!["condition"]!.GetValue<string>().Should().Be("smtp-auth-disabled-tenant");
    }

    [Fact]
    public async Task A_missing_file_is_an_unknown_fact_with_a_reason_and_a_way_to_find_out_and_exits_3()
    {
        _state.Inheriting().Without("exchange/Get-TransportConfig");

        var run = await _state.RunAsync("diagnose", "--json");

        run.ExitCode.Should().Be(ExitCode.Unknown);
        var gate = run.Json["gates"]!.AsArray().Single(gate => gate!["gate"]!.GetValue<string>() == "smtp-auth-switch")!;
        gate["status"]!.GetValue<string>().Should().Be("unknown");
        var missing = gate["missing"]!.AsArray().Single()!;
        missing["fact"]!.GetValue<string>().Should().Be("organization.smtpClientAuthenticationDisabled");
        missing["reason"]!.GetValue<string>().Should().NotBeEmpty();
        missing["how"]!.GetValue<string>().Should().Contain("Get-TransportConfig");
        run.Json["nextFacts"]!.AsArray().Should().Contain(next => next!["fact"]!.GetValue<string>() == "organization.smtpClientAuthenticationDisabled");
    }

    [Fact]
    public async Task After_the_December_date_the_retirement_gate_is_not_open()
    {
        var run = await _state.RunAsync("diagnose", "--json", "--as-of", "2027-02-01");

        run.Json["gates"]!.AsArray().Single(gate => gate!["gate"]!.GetValue<string>() == "basic-retirement")!["status"]!.GetValue<string>()
            .Should().NotBe("open");
        run.ExitCode.Should().NotBe(ExitCode.Done);
    }

    [Fact]
    public async Task Text_for_people_names_closed_gates_and_comes_in_Romanian_too()
    {
        _state.Inheriting();

        var english = await _state.RunAsync("diagnose");
        var romanian = await _state.RunAsync("diagnose", "--lang", "ro");

        english.Out.Should().Contain("BLOCKED").And.Contain("✗ SMTP AUTH switch").And.Contain("EXO001");
        romanian.Out.Should().Contain("BLOCAT").And.Contain("Comutatorul SMTP AUTH").And.NotContain("organization, and the mailbox");
    }

    [Theory]
    [InlineData("--error", "nothing about mail")]
    [InlineData("--error", "")]
    [InlineData("--mechanism", "kerberos")]
    [InlineData("--app-id", "seven")]
    [InlineData("--from", "nobody")]
    [InlineData("--tenant", "contoso.example")]
    [InlineData("--pack", "no-such-folder")]
    public async Task Bad_options_exit_2(string option, string value)
    {
        var run = await _state.RunAsync("diagnose", option, value);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().StartWith("smtpauth: ").And.NotContain("   at ");
        run.Out.Should().BeEmpty();
    }

    [Theory]
    [InlineData("not-an-address")]
    [InlineData("@contoso.example")]
    [InlineData("a b@contoso.example")]
    public async Task What_cannot_be_an_address_is_bad_input(string mailbox)
    {
        var run = await Run.Of("diagnose", "--mailbox", mailbox, "--state", _state.Path);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().Contain("is not an address");
    }

    [Fact]
    public async Task A_state_folder_that_is_not_there_and_a_file_that_is_no_JSON_are_bad_input()
    {
        var nowhere = await Run.Of("diagnose", "--mailbox", "a@contoso.example", "--state", "no-such-folder");
        _state.With("graph/user", "{ not JSON");
        var broken = await _state.RunAsync("diagnose");

        (nowhere.ExitCode, broken.ExitCode).Should().Be((ExitCode.BadInput, ExitCode.BadInput));
        nowhere.Error.Should().Contain("no-such-folder");
        broken.Error.Should().Contain("graph/user.json");
    }

    [Fact]
    public async Task A_rule_says_why_it_matched()
    {
        _state.Inheriting();

        var run = await _state.RunAsync("rules explain EXO001", "--json");

        run.ExitCode.Should().Be(ExitCode.Negative);
        run.Json["outcome"]!.GetValue<string>().Should().Be("closed");
        run.Json["facts"]!.AsArray().Select(fact => fact!["fact"]!.GetValue<string>())
            .Should().Contain("organization.smtpClientAuthenticationDisabled");
        run.Json["explanation"]!["parts"]!.AsArray().Should().NotBeEmpty();
    }

    public void Dispose() => _state.Dispose();
}
