using SmtpAuth.Rules.Language;

namespace SmtpAuth.Core.Tests.Rules.Language;

public sealed class CelCheckTests
{
    private static readonly CelEnvironment Environment = new CelEnvironment.Builder()
        .AddVariable("client.mechanism", CelType.String)
        .AddVariable("mailbox.smtpClientAuthenticationDisabled", CelType.Nullable(CelType.Bool))
        .AddVariable("tenant.domains", CelType.List(CelType.String))
        .Build();

    public static TheoryData<string, string> Wrong => new()
    {
        { "client.mechanizm == 'basic'", "1:1: error: undeclared reference: 'client.mechanizm' is not a declared fact. Did you mean 'client.mechanism'?" },
        { "client.mechanism == 5", "1:18: error: no matching overload: '==' compares string with int, which are never equal." },
        { "client.mechanism == null", "1:18: error: no matching overload: '==' compares string with null, which are never equal." },
        { "client.mechanism &&\n tenant.domains", "1:1: error: no matching overload: '&&' takes bool, not string." },
        { "tenant.domains.startWith('x')", "1:16: error: undeclared reference: there is no function 'startWith'. Did you mean 'startsWith'?" },
        { "client.mechanism.size", "1:18: error: A value of type string has no fields, so there is no 'size'." },
        { "client.mechanism = 'basic'", "1:18: error: Found '='; equality is written '=='." },
        { "(client.mechanism", "1:18: error: The expression ends too early; expected ')'." },
        { "'abc", "1:1: error: The string has no closing '." },
        { "tenant.domains.all(d, d > 1)", "1:25: error: no matching overload: '>' does not take (string, int); it takes (bool, bool) or (int, int) or (uint, uint) or (double, double)." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_with_place_and_suggestion(string expression, string expected)
    {
        Environment.TryCompile(expression, out var program, out var diagnostics).Should().BeFalse();

        program.Should().BeNull();
        diagnostics[0].ToString().Should().Be(expected);
    }

    public static TheoryData<string, string> Doubtful => new()
    {
        { "client.mechanism == 'basic' && client.mechanism == 'oauth'", "1:32: warning: 'client.mechanism == 'oauth'': 'client.mechanism' cannot be \"basic\" and \"oauth\" at once, so the whole never holds." },
        { "client.mechanism == 'basic' && 1 == 2", "1:32: warning: '1 == 2': this is always false, whatever the facts are." },
        { "client.mechanism == 'basic' || 1 / 0 > 1", "1:32: warning: '1 / 0 > 1': this always fails: divide by zero." },
        { "true ? client.mechanism == 'basic' : client.mechanism == 'oauth'", "1:38: warning: 'client.mechanism == 'oauth'': this branch is never reached." },
        { "client.mechanism in []", "1:1: warning: 'client.mechanism in []': nothing is in an empty list or map, so this never holds." },
        { "client.mechanism == client.mechanism", "1:1: warning: 'client.mechanism == client.mechanism': this compares something with itself, so it always holds." },
        { "client.mechanism == 'basic' || client.mechanism == 'basic'", "1:32: warning: 'client.mechanism == 'basic'': this is said twice." },
        { "client.mechanism == 'basic' && true", "1:32: warning: 'true': this changes nothing." },
        { "'a' in tenant.domains && !('a' in tenant.domains)", "1:26: warning: '!('a' in tenant.domains)': this and its opposite are both here, so the whole is always false." },
    };

    [Theory]
    [MemberData(nameof(Doubtful))]
    public void What_can_never_hold_or_never_matter_is_a_warning(string expression, string expected)
    {
        Environment.TryCompile(expression, out _, out var diagnostics).Should().BeTrue();

        diagnostics.Select(d => d.ToString()).Should().Equal(expected);
    }

    [Theory]
    [InlineData("client.mechanism == 'basic' && 'a' in tenant.domains")]
    [InlineData("size(tenant.domains) > 1 + 1")]
    [InlineData("mailbox.smtpClientAuthenticationDisabled == null ? true : false")]
    public void What_is_in_order_has_no_warning(string expression)
    {
        Environment.TryCompile(expression, out _, out var diagnostics).Should().BeTrue();

        diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void Compile_throws_what_TryCompile_reports()
    {
        var compile = () => Environment.Compile("client.mechanizm == 'basic'");

        compile.Should().Throw<CelCompileException>().Which.Diagnostics.Should().ContainSingle().Which.Suggestion.Should().Be("client.mechanism");
    }

    [Theory]
    [InlineData("mailbox.smtpClientAuthenticationDisabled == null", "bool")]
    [InlineData("tenant.domains.map(d, size(d))", "list(int)")]
    [InlineData("{'a': 1}.a + 1", "int")]
    [InlineData("[1, 'a']", "list(dyn)")]
    public void The_type_of_the_result_is_known_before_any_evaluation(string expression, string expected)
    {
        Environment.Compile(expression).ResultType.ToString().Should().Be(expected);
    }

    [Fact]
    public void A_program_names_the_facts_it_may_read()
    {
        Environment.Compile("client.mechanism == 'x' || 'y' in tenant.domains").Variables
            .Should().Equal("client.mechanism", "tenant.domains");
    }

    [Fact]
    public void A_function_of_the_host_is_checked_called_and_may_throw()
    {
        var environment = new CelEnvironment.Builder()
            .AddVariable("x", CelType.String)
            .AddFunction("domainOf", CelType.String, [CelType.String], arguments => CelValue.From(arguments[0].AsString().Split('@')[1]))
            .Build();
        var program = environment.Compile("domainOf(x) == 'contoso.example'");

        program.Evaluate(new CelBindings().Set("x", "a@contoso.example")).IsTrue.Should().BeTrue();
        program.Evaluate(new CelBindings().Set("x", "a")).IsError.Should().BeTrue();
        program.Evaluate(CelBindings.Empty).AsUnknown().Names.Should().Equal("x");
        environment.TryCompile("domainOf(1)", out _, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("list(map(string, dyn))")]
    [InlineData("nullable(bool)")]
    [InlineData("optional(timestamp)")]
    [InlineData("map(string, list(duration))")]
    public void A_type_reads_back_as_it_is_written(string text)
    {
        CelType.Parse(text).ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("lst(string)", "'lst' at position 1 is not a type.*")]
    [InlineData("list(string", "*ends too early; expected ',' or ')'.")]
    [InlineData("map(string)", "*takes two parameters*")]
    public void A_type_that_is_none_is_refused_with_its_place(string text, string message)
    {
        var parse = () => CelType.Parse(text);

        parse.Should().Throw<FormatException>().WithMessage(message);
    }
}
