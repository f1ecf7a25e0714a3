namespace SmtpAuth.Cli.Tests;

public sealed class RulesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_embedded_rules_are_listed_in_order_pass_their_tests_and_are_in_order()
    {
        var list = await Run.Of("rules", "list", "--json");
        var test = await Run.Of("rules", "test", "--json");
        var lint = await Run.Of("rules", "lint", "--json");

        list.Json["rules"]!.AsArray().Select(rule => rule!["id"]!.GetValue<string>()).Should().Contain("EXO001").And.BeInAscendingOrder(StringComparer.Ordinal);
        (test.ExitCode, test.Json["failed"]!.GetValue<int>()).Should().Be((ExitCode.Done, 0));
        (lint.ExitCode, lint.Json["valid"]!.GetValue<bool>()).Should().Be((ExitCode.Done, true));
    }

    [Theory]
    [InlineData("rules", "list")]
    [InlineData("rules", "show", "EXO001")]
    [InlineData("rules", "show", "exo001", "--lang", "ro")]
    [InlineData("rules", "lint")]
    [InlineData("rules", "test")]
    public async Task Text_for_people_is_plain_when_piped(params string[] args)
    {
        var run = await Run.Of(args);

        run.ExitCode.Should().Be(ExitCode.Done);
        run.Out.Should().NotBeEmpty().And.NotContain("\u001b");
    }

    [Fact]
    public async Task A_rule_that_does_not_exist_is_bad_input()
    {
        var run = await Run.Of("rules", "show", "EXO999");

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().Contain("EXO999");
    }

    [Fact]
    public async Task A_misspelt_fact_in_a_pack_is_found_with_file_line_and_suggestion()
    {
        var rule = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "SmtpAuth.Core", "Pack", "rules", "EXO001.json")))
            .Replace("\"when\": \"mailbox.smtpClientAuthenticationDisabled", "\"when\": \"mailbox.smtpClientAuthenticationDisabld", StringComparison.Ordinal);
        _folder.File("rules/EXO001.json", rule);

        var lint = await Run.Of("rules", "lint", _folder.Path, "--json");
        var used = await Run.Of("rules", "list", "--pack", _folder.Path);

        lint.ExitCode.Should().Be(ExitCode.Negative);
        var problem = lint.Json["problems"]!.AsArray().Should().ContainSingle().Subject!;
        problem["where"]!.GetValue<string>().Should().StartWith("rules/EXO001.json:");
        problem["message"]!.GetValue<string>().Should().Contain("smtpClientAuthenticationDisabled");
        used.ExitCode.Should().Be(ExitCode.BadInput);
    }

    public void Dispose() => _folder.Dispose();
}
