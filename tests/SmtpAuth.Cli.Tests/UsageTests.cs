namespace SmtpAuth.Cli.Tests;

public sealed class UsageTests
{
    public static TheoryData<string> Verbs => new(
        "demo", "explain", "diagnose", "plan", "approve", "apply", "resume", "undo", "probe", "emulate", "audit-log verify", "rules list",
        "rules show", "rules lint", "rules test", "rules explain", "rules eval", "completion");

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_of_every_verb_shows_examples_and_lists_the_exit_codes(string verb)
    {
        var run = await Run.Of([.. verb.Split(' '), "--help"]);

        run.ExitCode.Should().Be(ExitCode.Done);
        run.Error.Should().BeEmpty();
        run.Out.Should().Contain("Examples:").And.Contain($"smtpauth {verb}").And.Contain("130  cancelled");
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("explain", "text", "--file", "x")]
    [InlineData("explain", "text", "--lang", "fr")]
    [InlineData("explain", "text", "--as-of", "tomorrow")]
    [InlineData("explain", "text", "--pack", "no-such-folder")]
    [InlineData("explain", "--file", "no-such-file")]
    [InlineData("explain", "text", "--no-such-option")]
    [InlineData("no-such-verb")]
    public async Task Bad_usage_is_said_in_a_line_on_standard_error_and_exits_2(params string[] args)
    {
        var run = await Run.Of(args);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Out.Should().BeEmpty();
        run.Error.Should().StartWith("smtpauth: ").And.NotContain("   at ");
    }
}
