using CsCheck;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Core.Tests.Rules.Language;

public sealed class CelProgramSetTests
{
    private const int Runs = 500;

    [Fact]
    public void A_set_gives_what_each_condition_gives_by_itself() => Gen.Int.Sample(
        seed =>
        {
            var (set, random) = Some(seed);
            var frame = new CelFrame(set.Environment);
            for (var round = 0; round < 3; round++)
            {
                Fill(frame, random, new Random(seed ^ round), 1.0);
                var outcomes = new CelOutcome[set.Programs.Count];
                set.Evaluate(frame, outcomes);
                if (!outcomes.SequenceEqual(set.Programs.Select(program => Outcome(program.Evaluate(frame)))))
                {
                    return false;
                }
            }

            return true;
        },
        iter: Runs);

    [Fact]
    public void A_session_gives_after_every_change_what_a_fresh_evaluation_gives() => Gen.Int.Sample(
        seed =>
        {
            var (set, random) = Some(seed);
            var frame = new CelFrame(set.Environment);
            var session = set.Follow(frame);
            for (var round = 0; round < 8; round++)
            {
                Fill(frame, random, new Random(seed ^ round), 0.2);
                session.Evaluate();
                var outcomes = new CelOutcome[set.Programs.Count];
                set.Evaluate(frame, outcomes);
                var decided = Enumerable.Range(0, outcomes.Length).Where(i => outcomes[i] != CelOutcome.False);
                if (!session.Outcomes.SequenceEqual(outcomes) || !session.NotFalse.ToArray().Order().SequenceEqual(decided))
                {
                    return false;
                }
            }

            return true;
        },
        iter: Runs);

    [Fact]
    public void An_evaluation_of_a_set_allocates_nothing()
    {
        var environment = Environment();
        var set = new CelProgramSet(environment, [.. Conditions(), "objects.exists(o, o.state == 'enabled' && o.size > 1)", "kind.matches('^b.*c$')"]);
        var frame = new CelFrame(environment);
        var objects = CelValue.FromObject(new List<object?> { new Dictionary<string, object?> { ["state"] = "enabled", ["size"] = 2L } });
        var outcomes = new CelOutcome[set.Programs.Count];
        Evaluate();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Evaluate();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        outcomes.Should().Equal(CelOutcome.True, CelOutcome.False, CelOutcome.Unknown, CelOutcome.Error, CelOutcome.True, CelOutcome.False, CelOutcome.True, CelOutcome.True);

        void Evaluate()
        {
            frame.SetString(0, "basic");
            frame.SetNull(1);
            frame.SetBool(2, true);
            frame.SetUnknown(3);
            frame.SetValue(4, objects);
            set.Evaluate(frame, outcomes);
        }
    }

    [Fact]
    public void A_set_reads_bindings_by_name_too()
    {
        var environment = Environment();
        var set = new CelProgramSet(environment, Conditions());
        var outcomes = new CelOutcome[set.Programs.Count];

        set.Evaluate(new CelBindings().Set("kind", "basic").Set("maybe", (object?)null).Set("on", true), outcomes);

        outcomes.Should().Equal(CelOutcome.True, CelOutcome.False, CelOutcome.Unknown, CelOutcome.Error, CelOutcome.True, CelOutcome.False);
    }

    [Fact]
    public void A_condition_that_does_not_compile_is_named_by_its_position()
    {
        var compile = () => new CelProgramSet(Environment(), ["on", "kind", "kin == 'basic'"]);

        compile.Should().Throw<CelCompileException>().Which.Diagnostics.Select(d => d.ToString()).Should().Equal(
            "1:1: error: condition 2: its type is string; expected bool.",
            "1:1: error: condition 3: undeclared reference: 'kin' is not a declared fact. Did you mean 'kind'?");
    }

    [Fact]
    public void A_thousand_rules_for_a_thousand_addresses_each_find_their_own()
    {
        var environment = new CelEnvironment.Builder().AddVariable("address", CelType.String).AddVariable("on", CelType.Bool).Build();
        var set = new CelProgramSet(environment, Enumerable.Range(0, 1_000).Select(i => $"address == 'user{i:0000}@contoso.example' && on"));
        var frame = new CelFrame(environment);
        frame.SetBool(1, true);
        var session = set.Follow(frame);
        for (var i = 0; i < 1_000; i++)
        {
            frame.SetString(0, $"user{i:0000}@contoso.example");
            session.Evaluate();
            session.NotFalse.ToArray().Should().Equal(i);
        }
    }

    private static CelEnvironment Environment() => new CelEnvironment.Builder()
        .AddVariable("kind", CelType.String)
        .AddVariable("maybe", CelType.Nullable(CelType.Bool))
        .AddVariable("on", CelType.Bool)
        .AddVariable("count", CelType.Int)
        .AddVariable("objects", CelType.List(CelType.Map(CelType.String, CelType.Dyn)))
        .Build();

    private static string[] Conditions() =>
    [
        "kind == 'basic' && on", "kind == 'oauth' && count > 1", "kind in ['basic', 'ntlm'] && count > 1",
        "maybe && kind == 'basic'", "maybe == null || count == 3", "kind.contains('oauth') && on",
    ];

    private static (CelProgramSet Set, RandomExpression Random) Some(int seed)
    {
        var random = new RandomExpression(seed);
        string[] conditions = [.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? random.Bool(3) : $"f.text == 'a' && {random.Bool(2)} && f.flag || f.maybe")];
        return (new CelProgramSet(RandomExpression.Unchecked, conditions), random);
    }

    private static void Fill(CelFrame frame, RandomExpression random, Random choice, double share)
    {
        foreach (var variable in frame.Environment.Variables)
        {
            if (choice.NextDouble() > share)
            {
                continue;
            }

            switch (choice.Next(5))
            {
                case 0:
                    frame.SetUnknown(variable.Slot);
                    break;
                case 1:
                    // Not what was declared: a fact may disappoint.
                    frame.SetValue(variable.Slot, CelValue.FromObject(random.Value("f.any", false)));
                    break;
                default:
                    frame.SetValue(variable.Slot, CelValue.FromObject(random.Value(variable.Name, false)));
                    break;
            }
        }
    }

    private static CelOutcome Outcome(CelValue value) => value.Kind switch
    {
        CelKind.Bool => value.AsBool() ? CelOutcome.True : CelOutcome.False,
        CelKind.Unknown => CelOutcome.Unknown,
        _ => CelOutcome.Error,
    };
}
