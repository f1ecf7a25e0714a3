namespace SmtpAuth.Cli.Tests;

public sealed class RulesEvalTests
{
    public static TheoryData<string, string> Lines => new()
    {
        // expression with bindings x, y    =>    answer
        { """{"expr": "1 + 1"}""",                                                          """{"id":null,"value":{"int64Value":"2"}}""" },
        { """{"id": 1, "expr": "2u * 3u"}""",                                               """{"id":1,"value":{"uint64Value":"6"}}""" },
        { """{"id": 1, "expr": "0.5 + 1.0"}""",                                             """{"id":1,"value":{"doubleValue":1.5}}""" },
        { """{"id": 1, "expr": "-1.0 / 0.0"}""",                                            """{"id":1,"value":{"doubleValue":"-Infinity"}}""" },
        { """{"id": 1, "expr": "b'ab'"}""",                                                 """{"id":1,"value":{"bytesValue":"YWI="}}""" },
        { """{"id": 1, "expr": "null"}""",                                                  """{"id":1,"value":{"nullValue":null}}""" },
        { """{"id": 1, "expr": "type(1)"}""",                                               """{"id":1,"value":{"typeValue":"int"}}""" },
        { """{"id": 1, "expr": "[1, 'a']"}""",                                              """{"id":1,"value":{"listValue":{"values":[{"int64Value":"1"},{"stringValue":"a"}]}}}""" },
        { """{"id": 1, "expr": "{'a': true}"}""",                                           """{"id":1,"value":{"mapValue":{"entries":[{"key":{"stringValue":"a"},"value":{"boolValue":true}}]}}}""" },
        { """{"id": 1, "expr": "timestamp('2026-12-31T00:00:00.000000001Z')"}""",           """{"id":1,"value":{"objectValue":{"@type":"type.googleapis.com/google.protobuf.Timestamp","value":"2026-12-31T00:00:00.000000001Z"}}}""" },
        { """{"id": 1, "expr": "x + 1", "bindings": {"x": {"int64Value": "9223372036854775806"}}}""", """{"id":1,"value":{"int64Value":"9223372036854775807"}}""" },
        { """{"id": 1, "expr": "x < duration('2s')", "bindings": {"x": {"objectValue": {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "1s"}}}}""", """{"id":1,"value":{"boolValue":true}}""" },
        { """{"id": 1, "expr": "x.y[0]", "bindings": {"x": {"mapValue": {"entries": [{"key": {"stringValue": "y"}, "value": {"listValue": {"values": [{"boolValue": false}]}}}]}}}}""", """{"id":1,"value":{"boolValue":false}}""" },
        { """{"id": 1, "expr": "x && y", "bindings": {"x": {"$unknown": "not read"}, "y": {"boolValue": false}}}""", """{"id":1,"value":{"boolValue":false}}""" },
        { """{"id": 1, "expr": "x || y", "bindings": {"x": {"$unknown": "not read"}, "y": {"boolValue": false}}}""", """{"id":1,"unknown":["x"]}""" },
        { """{"id": 1, "expr": "y", "container": "x", "bindings": {"x.y": {"boolValue": true}}}""", """{"id":1,"value":{"boolValue":true}}""" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_gives_the_value_in_the_form_of_the_protocol(string line, string answer)
    {
        var run = await Run.Of(["rules", "eval", "--jsonl"], line);

        run.Out.Trim().Should().Be(answer);
    }

    [Theory]
    [InlineData("""{"id": 1, "expr": "1 / 0"}""")]
    [InlineData("""{"id": 1, "expr": "1 +"}""")]
    [InlineData("""{"id": 1, "expr": "nobody"}""")]
    [InlineData("""{"id": 1}""")]
    [InlineData("""{"id": 1, "expr": "x", "bindings": {"x": 1}}""")]
    [InlineData("""{"id": 1, "expr": "x", "bindings": {"x": {"int64Value": "9223372036854775808"}}}""")]
    [InlineData("""{"id": 1, "expr": "x", "bindings": {"x": {"stringValue": "\ud800"}}}""")]
    [InlineData("""{"id": 1, "expr": "x", "bindings": {"not a name": {"boolValue": true}}}""")]
    [InlineData("""{"id": 1, "expr": "x", "bindings": {"x": {"objectValue": {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "soon"}}}}""")]
    public async Task What_cannot_be_evaluated_gives_an_error_and_keeps_its_id(string line)
    {
        var run = await Run.Of(["rules", "eval", "--jsonl"], line);

        run.ExitCode.Should().Be(ExitCode.Done);
        run.JsonLines.Should().ContainSingle().Which["error"]!.GetValue<string>().Should().NotBeEmpty();
        run.JsonLines[0]["id"]!.GetValue<int>().Should().Be(1);
    }

    [Fact]
    public async Task An_unknown_fact_is_named_with_its_reason_and_what_remains_to_be_found_out()
    {
        var facts = """{"mailbox": {"smtpClientAuthenticationDisabled": null}, "organization.smtpClientAuthenticationDisabled": {"$unknown": "no permission"}}""";

        var run = await Run.Of(
            ["rules", "eval", "mailbox.smtpClientAuthenticationDisabled == null && organization.smtpClientAuthenticationDisabled", "--facts", "-"],
            facts);

        run.ExitCode.Should().Be(ExitCode.Unknown);
        run.Out.Should().Contain("organization.smtpClientAuthenticationDisabled").And.Contain("no permission");
        run.Out.Should().NotContain("mailbox.smtpClientAuthenticationDisabled");
    }

    [Theory]
    [InlineData("2 + 2", "4", ExitCode.Done)]
    [InlineData("extra > 1", "true", ExitCode.Done)]
    [InlineData("extra / 0 == 1", "Error: ", ExitCode.BadInput)]
    public async Task One_expression_prints_its_value_or_its_error(string expression, string text, int exitCode)
    {
        var run = await Run.Of(["rules", "eval", expression, "--facts", "-"], """{"extra": 2}""");

        run.ExitCode.Should().Be(exitCode);
        run.Out.Should().StartWith(text);
    }

    [Fact]
    public async Task A_misspelt_fact_is_an_error_with_its_place()
    {
        var run = await Run.Of("rules", "eval", "mailbox.smtpClientAuthenticationDisabld == null");

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().Contain("1:").And.Contain("smtpClientAuthenticationDisabled");
    }
}
