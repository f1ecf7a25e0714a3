using CsCheck;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Core.Tests.Rules.Language;

public sealed class CelLawTests
{
    private const int Runs = 5_000;

    [Fact]
    public void Neither_compiling_nor_evaluating_any_text_throws() => Gen.Int.Sample(
        seed =>
        {
            var text = new RandomExpression(seed).Soup();
            _ = RandomExpression.Environment.TryCompile(text, out _, out _);
            if (RandomExpression.Unchecked.TryCompile(text, out var program, out _))
            {
                _ = program.Evaluate(CelBindings.Empty);
                _ = program.Explain(CelBindings.Empty);
                _ = program.Residual(CelBindings.Empty);
            }
        },
        iter: Runs * 4);

    [Fact]
    public void A_random_expression_compiles_and_its_explanation_agrees_with_its_value() => Gen.Int.Sample(
        seed =>
        {
            var random = new RandomExpression(seed);
            var program = RandomExpression.Environment.Compile(random.Bool(4));
            var facts = Partial(random, seed, out _);

            return program.Explain(facts).Value.Equals(program.Evaluate(facts));
        },
        iter: Runs);

    [Fact]
    public void Learning_an_unknown_fact_never_contradicts_what_was_known() => Gen.Int.Sample(
        seed =>
        {
            var random = new RandomExpression(seed);
            var program = RandomExpression.Environment.Compile(random.Bool(4));
            var facts = Partial(random, seed, out var complete);
            var before = program.Evaluate(facts);
            var after = program.Evaluate(complete);

            return after.IsUnknown ? throw new InvalidOperationException($"{program}: {after}")
                : before.IsUnknown || (before.IsError && after.IsError) || before.Equals(after);
        },
        iter: Runs);

    [Fact]
    public void A_residual_gives_the_same_result_once_the_facts_are_known() => Gen.Int.Sample(
        seed =>
        {
            var random = new RandomExpression(seed);
            var program = RandomExpression.Environment.Compile(random.Bool(4));
            var facts = Partial(random, seed, out var complete);
            if (program.Residual(facts) is not { } residual)
            {
                return !program.Evaluate(facts).IsUnknown;
            }

            var expected = program.Evaluate(complete);
            var actual = RandomExpression.Unchecked.Compile(residual).Evaluate(complete);
            return expected.IsError ? actual.IsError : expected.Equals(actual);
        },
        iter: Runs);

    [Fact]
    public void A_value_reads_back_from_its_text() => Gen.Int.Sample(
        seed =>
        {
            var value = CelValue.FromObject(new RandomExpression(seed).Value("f.any", false));
            return RandomExpression.Environment.Compile(value.ToString()).Evaluate(CelBindings.Empty).Equals(value);
        },
        iter: Runs);

    // Some facts known, some missing, some unknown in part; and the same facts with everything filled in.
    private static CelBindings Partial(RandomExpression random, int seed, out CelBindings complete)
    {
        var choice = new Random(seed);
        var partial = new CelBindings();
        complete = new CelBindings();
        foreach (var fact in RandomExpression.Facts)
        {
            var value = random.Value(fact, false);
            complete.Set(fact, value);
            switch (choice.Next(4))
            {
                case 0:
                    break;
                case 1:
                    partial.Set(fact, Hide(value, choice));
                    break;
                default:
                    partial.Set(fact, value);
                    break;
            }
        }

        return partial;
    }

    private static object? Hide(object? value, Random choice) => value switch
    {
        List<object?> list => list.ConvertAll(item => Hide(item, choice)),
        Dictionary<string, object?> map => map.ToDictionary(entry => entry.Key, entry => Hide(entry.Value, choice)),
        _ => choice.Next(3) == 0 ? new UnknownValue("part") : value,
    };
}
