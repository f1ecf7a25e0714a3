namespace SmtpAuth.Rules.Language;

// The tests of a plan with what is asked of them while it is made.
internal sealed class TestTable(IReadOnlyList<Test> tests, IReadOnlyList<int> operands, CelLimits limits)
{
    public Test this[int index] => tests[index];

    public IEnumerable<int> Operands(int test)
    {
        for (var i = 0; i < tests[test].Count; i++)
        {
            yield return operands[tests[test].First + i];
        }
    }

    // Tests one fact, by nothing but comparisons with constants that have classes of their own.
    public bool IsIndexable(int index)
    {
        var test = tests[index];
        return test.Slot >= 0 && test.Kind switch
        {
            TestKind.Flag => true,
            TestKind.Equal or TestKind.Compare => SlotIndex.CanHold(test.Constant),
            TestKind.OneOf => Array.TrueForAll(test.Constants!, SlotIndex.CanHold),
            TestKind.Not or TestKind.And or TestKind.Or or TestKind.Choose => Operands(index).All(IsIndexable),
            _ => false,
        };
    }

    // Holds for its constants only, whatever else the value may be.
    public bool IsSelective(int index) => tests[index].Kind switch
    {
        TestKind.Equal or TestKind.OneOf => true,
        TestKind.Or => Operands(index).All(IsSelective),
        _ => false,
    };

    public IEnumerable<CelValue> ConstantsOf(int index)
    {
        var test = tests[index];
        return test.Kind switch
        {
            TestKind.Equal or TestKind.Compare => [test.Constant],
            TestKind.OneOf => test.Constants!,
            TestKind.Not or TestKind.And or TestKind.Or or TestKind.Choose => Operands(index).SelectMany(ConstantsOf),
            _ => [],
        };
    }

    public CelOutcome Try(int index, CelValue value)
    {
        var test = tests[index];
        switch (test.Kind)
        {
            case TestKind.Not:
                return TestOutcome.Not(Try(operands[test.First], value));
            case TestKind.And or TestKind.Or:
                var deciding = test.Kind == TestKind.Or ? CelOutcome.True : CelOutcome.False;
                var outcomes = Operands(index).Select(operand => Try(operand, value)).ToArray();
                return Array.IndexOf(outcomes, deciding) >= 0 ? deciding
                    : outcomes.Aggregate(TestOutcome.Not(deciding), TestOutcome.Join);
            case TestKind.Choose:
                return Try(operands[test.First], value) switch
                {
                    CelOutcome.True => Try(operands[test.First + 1], value),
                    CelOutcome.False => Try(operands[test.First + 2], value),
                    var other => other,
                };
            default:
                return TestOutcome.Of(test, value, limits);
        }
    }
}
