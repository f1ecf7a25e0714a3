using SmtpAuth.Rules.Language;

namespace SmtpAuth.Core.Tests.Rules.Language;

public sealed class CelHostileTests
{
    private const int SmallStack = 256 * 1024;

    private static readonly CelEnvironment Environment = Declare().Build();

    private static readonly CelEnvironment Unchecked = Declare().WithoutChecks().Build();

    private static CelEnvironment.Builder Declare() => new CelEnvironment.Builder()
        .AddVariable("x", CelType.Int)
        .AddVariable("flag", CelType.Bool)
        .AddVariable("list", CelType.List(CelType.Dyn))
        .AddVariable("text", CelType.String);

    public static TheoryData<string, string> TooDeep => new()
    {
        { "parentheses", Nest("(", "x", ")", 100_000 / 3) },
        { "lists", Nest("[", "x", "]", 40_000) },
        { "maps", Nest("{1:", "x", "}", 20_000) },
        { "negations", Nest("!", "flag", "", 90_000) },
        { "minus signs", Nest("-", "x", "", 90_000) },
        { "ternaries", Nest("flag ? x : ", "x", "", 5_000) },
        { "left sides", Nest("", "x", " + x", 20_000) },
        { "fields", Nest("", "x", ".a", 40_000) },
        { "indexes", Nest("", "list", "[0]", 30_000) },
        { "calls", Nest("size(", "list", ")", 10_000) },
        { "macros", Nest("list.map(y, ", "x", ")", 5_000) },
        { "brackets never closed", new string('[', 100_000) },
        { "has", Nest("has(", "x.y", ")", 10_000) },
        { "message braces", Nest("a{b:", "x", "}", 10_000) },
    };

    [Theory]
    [MemberData(nameof(TooDeep))]
    public void What_is_nested_too_deep_is_refused(string what, string expression)
    {
        OnSmallStack(() => Environment.TryCompile(expression, out _, out var diagnostics) ? "compiled" : diagnostics[0].Message)
            .Should().Contain("nested deeper", what);
    }

    public static TheoryData<string> DeepEnough =>
    [
        Nest("(", "x", ")", 90) + " == x",
        Nest("[", "x", "]", 95) + " == []",
        Nest("flag ? x : ", "x", "", 80) + " == x",
        Nest("list.map(y, ", "x", ")", 95) + " == []",
        Nest("list.all(y, ", "flag", ")", 95),
        Nest("cel.bind(y, 1, ", "flag", ")", 95),
        Nest("string(", "x", ")", 95) + " == ''",
        Nest("!(", "flag", ")", 90),
        Nest("", "x", " + x", 95) + " == x",
        Nest("", "list", "[0]", 95) + " == x",
    ];

    [Theory]
    [MemberData(nameof(DeepEnough))]
    public void What_is_nested_as_deep_as_allowed_runs_on_a_small_stack(string expression)
    {
        var result = OnSmallStack(() =>
        {
            var program = Unchecked.Compile(expression);
            var facts = new CelBindings().Set("x", 0L).Set("flag", true).Set("list", new List<object?> { 1L });
            _ = program.Explain(facts);
            _ = program.Residual(CelBindings.Empty);
            return program.Evaluate(facts).ToString();
        });

        result.Should().NotBeEmpty();
    }

    [Fact]
    public void Ten_thousand_alternatives_are_one_level()
    {
        var expression = string.Join("||", Enumerable.Range(0, 10_000 - 100).Select(i => "x==999"));

        Environment.Compile(expression).Evaluate(new CelBindings().Set("x", 999L)).IsTrue.Should().BeTrue();
    }

    public static TheoryData<string> TooMuch => new()
    {
        Doubling("'0123456789abcdef'", 60),
        Doubling("[1, 2, 3, 4]", 60),
        Doubling("b'0123456789abcdef'", 60),
        NestedLists(60),
        Counting(9),
        "text.matches('(a|aa|aaa|aaaa)*b')" + " || " + Nest("", "text", " + text", 30) + ".matches('(.*)(.*)(.*)x\\\\b')",
        "'%s%s%s%s'.format([list, list, list, list]) == '' || " + Counting(9),
        Doubling("'ab'", 40) + ".replace('', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')",
        Doubling("'ab'", 40) + ".split('')",
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void What_asks_for_too_much_is_an_error_and_not_a_hang(string expression)
    {
        var facts = new CelBindings().Set("text", new string('a', 100_000)).Set("list", Enumerable.Range(0, 100).Select(i => (object?)(long)i).ToList());

        Unchecked.Compile(expression).Evaluate(facts).IsError.Should().BeTrue();
    }

    [Fact]
    public void A_budget_that_is_spent_is_not_saved_by_an_alternative()
    {
        Environment.Compile($"size({Counting(9)}) > 0 || true").Evaluate(CelBindings.Empty).ToString().Should().Contain("was stopped");
    }

    [Theory]
    [InlineData("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false)]
    [InlineData("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false)]
    [InlineData("(a|a)*$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false)]
    public void Patterns_that_take_backtrackers_forever_take_no_time(string pattern, string text, bool expected)
    {
        var program = Environment.Compile($"text.matches(r'{pattern}')");

        program.Evaluate(new CelBindings().Set("text", text)).AsBool().Should().Be(expected);
    }

    [Theory]
    [InlineData("(((x{1000}){1000}){1000})")]
    [InlineData("x{1001}")]
    [InlineData("(?=x)")]
    [InlineData("(x)\\1")]
    [InlineData("[b-a]")]
    [InlineData("x**")]
    [InlineData("(x")]
    [InlineData("x)")]
    [InlineData("[x")]
    [InlineData("\\p{Klingon}")]
    public void A_pattern_that_is_none_is_refused_when_the_expression_is_compiled(string pattern)
    {
        Environment.TryCompile($"text.matches(r'{pattern}')", out _, out var diagnostics).Should().BeFalse();

        diagnostics[0].Message.Should().StartWith("The pattern is not valid RE2 syntax");
    }

    [Fact]
    public void Many_unknown_facts_are_joined_without_squaring()
    {
        var parts = Enumerable.Range(0, 50_000).Select(i => (object?)new UnknownValue($"fact {i}")).ToList();

        Environment.Compile("list.all(y, y == 1)").Evaluate(new CelBindings().Set("list", parts)).AsUnknown().Names.Should().HaveCount(50_000);
    }

    private static string Nest(string open, string inner, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + inner + string.Concat(Enumerable.Repeat(close, depth));

    private static string Doubling(string start, int times) =>
        $"cel.bind(v0, {start}, " + string.Concat(Enumerable.Range(1, times).Select(i => $"cel.bind(v{i}, v{i - 1} + v{i - 1}, ")) + $"v{times}" + new string(')', times + 1);

    private static string NestedLists(int times) =>
        "cel.bind(v0, [0, 0], " + string.Concat(Enumerable.Range(1, times).Select(i => $"cel.bind(v{i}, [v{i - 1}, v{i - 1}], ")) + $"v{times} == v{times}" + new string(')', times + 1);

    private static string Counting(int levels) =>
        string.Concat(Enumerable.Range(0, levels).Select(i => $"[0,1,2,3,4,5,6,7,8,9].map(v{i}, ")) + "1" + new string(')', levels);

    private static string OnSmallStack(Func<string> action)
    {
        var result = "";
        var thread = new Thread(() => result = action(), SmallStack);
        thread.Start();
        thread.Join();
        return result;
    }
}
