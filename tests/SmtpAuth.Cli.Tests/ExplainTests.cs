using System.Text.Json.Nodes;

namespace SmtpAuth.Cli.Tests;

public sealed class ExplainTests
{
    private const string Wrapped =
        "The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.57 Client not "
        + "authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
        + "Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [MN2PR05CA0004.namprd05.prod.outlook.com "
        + "2023-09-12T20:59:57.214Z 08DBB276B7E699C4]";

    [Fact]
    public async Task Explain_writes_the_reply_the_gate_and_the_causes()
    {
        var run = await Run.Of("explain", Wrapped, "--json");

        run.ExitCode.Should().Be(ExitCode.Done);
        run.Error.Should().BeEmpty();
        var reply = run.Json["reply"]!;
        reply["replyCode"]!.GetValue<int>().Should().Be(535);
        reply["enhancedStatusCode"]!.GetValue<string>().Should().Be("5.7.139");
        reply["provider"]!.GetValue<string>().Should().Be("exchange-online");
        reply["condition"]!.GetValue<string>().Should().Be("smtp-auth-disabled-tenant");
        reply["server"]!.GetValue<string>().Should().Be("MN2PR05CA0004.namprd05.prod.outlook.com");
        reply["time"]!.GetValue<string>().Should().Be("2023-09-12T20:59:57.214Z");
        reply["sessionId"]!.GetValue<string>().Should().Be("08DBB276B7E699C4");
        run.Json["gate"]!.GetValue<string>().Should().Be("smtp-auth-switch");
        run.Json["candidateCauses"]!.AsArray().Should().Contain(cause => cause!["cause"]!.GetValue<string>() == "tenant-smtp-auth-off");
        run.Json["sources"]!.AsArray().Should().NotBeEmpty();
        run.Json.AsObject().Select(member => member.Key).Should().Contain(["nextFacts", "routes", "deadlines"]);
    }

    [Fact]
    public async Task A_code_that_the_text_does_not_have_is_null_and_not_absent()
    {
        var run = await Run.Of("explain", "5.7.3 Authentication unsuccessful", "--json");

        run.Json["reply"]!.AsObject().TryGetPropertyValue("replyCode", out var code).Should().BeTrue();
        code.Should().BeNull();
    }

    [Fact]
    public async Task The_text_may_come_from_standard_input_or_from_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Wrapped);

        var fromArgument = await Run.Of("explain", Wrapped, "--json");
        var fromInput = await Run.Of(["explain", "-", "--json"], Wrapped);
        var fromFile = await Run.Of("explain", "--file", file, "--json");

        fromInput.Should().Be(fromArgument);
        fromFile.Should().Be(fromArgument);
        File.Delete(file);
    }

    [Theory]
    [InlineData("It is going to rain tomorrow.")]
    [InlineData("\u0000\u0001\u0002\uFFFD\uFFFD\u001b[31m")]
    public async Task A_text_without_a_mail_failure_gives_null_a_sentence_and_exit_code_2(string text)
    {
        var run = await Run.Of(["explain", "-", "--json"], text);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Json.AsObject().Should().ContainKey("reply").WhoseValue.Should().BeNull();
        run.Error.Should().StartWith("smtpauth: No mail failure can be read").And.NotContain("\u001b");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public async Task An_empty_text_is_bad_input(string text)
    {
        var run = await Run.Of(["explain", "-"], text);

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().Contain("Found no text in standard input");
    }

    [Fact]
    public async Task A_megabyte_of_noise_is_read_like_any_other_text()
    {
        var noise = new string([.. Enumerable.Range(0, 1_000_000).Select(index => (char)(33 + (index % 1009 * 7919 % 90)))]);

        var run = await Run.Of(["explain", "-"], noise);

        run.ExitCode.Should().BeOneOf(ExitCode.Done, ExitCode.BadInput);
        run.Error.Should().NotContain("   at ");
    }

    [Fact]
    public async Task Lines_are_answered_in_order_and_a_bad_one_does_not_stop_the_run()
    {
        var run = await Run.Of(
            ["explain", "--jsonl"],
            """
            {"id": "a", "text": "535 5.7.3 Authentication unsuccessful"}
            not JSON
            [1]
            {"id": {"deep": 1}, "text": 7}
            {"id": 4, "text": "\ud800"}

            {"id": 5, "text": "nothing about mail"}
            """);

        run.ExitCode.Should().Be(ExitCode.Done);
        run.JsonLines.Select(line => line["id"]?.ToJsonString()).Should().Equal("\"a\"", null, null, "{\"deep\":1}", "4", "5");
        run.JsonLines[0]["reply"]!["enhancedStatusCode"]!.GetValue<string>().Should().Be("5.7.3");
        run.JsonLines.Take(1..5).Should().OnlyContain(line => line["error"]!.GetValue<string>().Length > 0);
        run.JsonLines[5].AsObject().Should().ContainKey("reply").WhoseValue.Should().BeNull();
    }

    [Fact]
    public async Task Text_for_people_has_no_escape_sequences_and_no_blanks_at_line_ends_when_piped()
    {
        var run = await Run.Of("explain", Wrapped);

        run.Out.Should().NotContain("\u001b").And.NotMatchRegex(" \n").And.Contain("535 5.7.139");
    }

    [Fact]
    public async Task The_words_come_in_Romanian_too()
    {
        var english = await Run.Of("explain", Wrapped);
        var romanian = await Run.Of("explain", Wrapped, "--lang", "ro");

        english.Out.Should().Contain("What it means");
        romanian.Out.Should().Contain("Ce înseamnă").And.NotContain("What it means");
    }
}
