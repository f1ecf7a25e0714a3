namespace SmtpAuth.Rules.Language;

// A set of conditions, compiled. A row is a conjunction; a condition is one row, or as many as it has alternatives.
// Immutable and shared between threads.
internal sealed class RulePlan
{
    private const int MostAlternatives = 16;

    public RulePlan(CelEnvironment environment, IReadOnlyList<CelProgram> programs)
    {
        var compiler = new TestCompiler();
        Roots = [.. programs.Select(program => compiler.Add(program.Root))];
        Tests = [.. compiler.Tests];
        Operands = [.. compiler.Operands];
        var table = new TestTable(Tests, Operands, environment.Limits);
        Masks = new ulong[Tests.Length];
        for (var i = 0; i < Tests.Length; i++)
        {
            Masks[i] = MaskOf(Tests[i]);
        }

        var rows = MakeRows(table);
        Rules = [.. rows.Select(static row => row.Rule)];
        IsOnly = [.. rows.GroupBy(static row => row.Rule).SelectMany(static group => group.Select(_ => group.Count() == 1))];
        AllRows = Bits.All(rows.Count);
        (Index, Rest) = MakeIndex(rows, table);
        IsRemembered = Remembered();
        Words = AllRows.Length == 1 ? [.. Index.Select(static index => index.ToWord())] : [];
        SharedCount = SharedNodes.Mark(Tests.Where(static test => test.Expression is not null).Select(static test => test.Expression!));
        LocalCount = programs.Count == 0 ? 0 : programs.Max(static program => program.LocalCount);
    }

    // The test of each condition.
    public int[] Roots { get; }

    public Test[] Tests { get; }

    public int[] Operands { get; }

    // The slots each test depends on, modulo 64: a superset where there are more.
    public ulong[] Masks { get; }

    // The condition each row belongs to, and whether it is the only row of it.
    public int[] Rules { get; }

    public bool[] IsOnly { get; }

    public ulong[] AllRows { get; }

    public SlotIndex[] Index { get; }

    // Whether a test's outcome is worth remembering: it is asked for more than once, and costs more than a look-up.
    public bool[] IsRemembered { get; }

    // The index in the form for at most 64 rows; empty where there are more.
    public SlotWord[] Words { get; }

    // What of each row the index does not answer: tests to evaluate, cheapest first.
    public int[][] Rest { get; }

    public int SharedCount { get; }

    public int LocalCount { get; }

    private sealed record Row(int Rule, int[] Conditions);

    private List<Row> MakeRows(TestTable table)
    {
        var rows = new List<Row>();
        for (var rule = 0; rule < Roots.Length; rule++)
        {
            var root = Roots[rule];
            var isChoice = Tests[root].Kind == TestKind.Or && Tests[root].Slot < 0 && Tests[root].Count <= MostAlternatives;
            foreach (var alternative in isChoice ? table.Operands(root) : [root])
            {
                rows.Add(new(rule, Tests[alternative].Kind == TestKind.And ? [.. table.Operands(alternative)] : [alternative]));
            }
        }

        return rows;
    }

    private static (SlotIndex[] Index, int[][] Unanswered) MakeIndex(List<Row> rows, TestTable table)
    {
        var bySlot = new SortedDictionary<int, List<(int Row, int Test)>>();
        var rest = rows.Select(static _ => new List<int>()).ToArray();
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var test in rows[row].Conditions)
            {
                if (!table.IsIndexable(test))
                {
                    rest[row].Add(test);
                }
                else if (bySlot.TryGetValue(table[test].Slot, out var list))
                {
                    list.Add((row, test));
                }
                else
                {
                    bySlot.Add(table[test].Slot, [(row, test)]);
                }
            }
        }

        var index = new List<SlotIndex>();
        foreach (var slot in bySlot)
        {
            var conditions = slot.Value;
            var isSparse = SlotIndex.IsLarge(rows.Count, conditions, table);
            if (isSparse)
            {
                // A table of bits for every class would be large: keep to what names its values.
                conditions.FindAll(c => !table.IsSelective(c.Test)).ForEach(c => rest[c.Row].Add(c.Test));
                conditions.RemoveAll(c => !table.IsSelective(c.Test));
            }

            index.Add(SlotIndex.Build(slot.Key, rows.Count, conditions, table, isSparse));
        }

        // The fact that rules out most goes first, so that the others are often not looked at.
        return ([.. index.OrderByDescending(static slot => slot.Power)], [.. rest.Select(list => list.OrderBy(test => table[test].Cost).ToArray())]);
    }

    private bool[] Remembered()
    {
        var uses = new int[Tests.Length];
        foreach (var test in Operands.Concat(Roots))
        {
            uses[test]++;
        }

        return [.. uses.Select((count, test) => count > 1 && Tests[test].Kind is not (TestKind.Flag or TestKind.Equal or TestKind.Compare or TestKind.Constant))];
    }

    private ulong MaskOf(in Test test)
    {
        switch (test.Kind)
        {
            case TestKind.Constant:
                return 0;
            case TestKind.Expression:
                return MaskOf(test.Expression!);
            case TestKind.Not or TestKind.And or TestKind.Or or TestKind.Choose:
                ulong mask = 0;
                for (var i = 0; i < test.Count; i++)
                {
                    // INVARIANT: operands have smaller numbers, so their masks are known.
                    mask |= Masks[Operands[test.First + i]];
                }

                return mask;
            default:
                return 1UL << (test.Slot & 63);
        }
    }

    private static ulong MaskOf(Node node) => node is VariableNode variable
        ? 1UL << (variable.Slot & 63)
        : node.Children.Aggregate(0UL, static (mask, child) => mask | MaskOf(child));
}
