namespace SmtpAuth.Rules.Language;

// A set of conditions, compiled. A row is a conjunction; a condition is one row, or as many as it has alternatives.
// Immutable and shared between threads.
internal sealed class RulePlan
{
    private const int MostAlternatives = 16;

    public RulePlan(CelEnvironment environment, IReadOnlyList<CelProgram> programs)
    {
        var compiler = new GateCompiler();
        Roots = [.. programs.Select(program => compiler.Add(program.Root))];
        Gates = [.. compiler.Gates];
        Operands = [.. compiler.Operands];
        var table = new GateTable(Gates, Operands, environment.Limits);
        Masks = new ulong[Gates.Length];
        for (var i = 0; i < Gates.Length; i++)
        {
            Masks[i] = MaskOf(Gates[i]);
        }

        var rows = MakeRows(table);
        Rules = [.. rows.Select(static row => row.Rule)];
        IsOnly = [.. rows.GroupBy(static row => row.Rule).SelectMany(static group => group.Select(_ => group.Count() == 1))];
        AllRows = Bits.All(rows.Count);
        (Index, Rest) = MakeIndex(rows, table);
        IsRemembered = Remembered();
        Words = AllRows.Length == 1 ? [.. Index.Select(static index => index.ToWord())] : [];
        SharedCount = SharedNodes.Mark(Gates.Where(static gate => gate.Expression is not null).Select(static gate => gate.Expression!));
        LocalCount = programs.Count == 0 ? 0 : programs.Max(static program => program.LocalCount);
    }

    // The gate of each condition.
    public int[] Roots { get; }

    public Gate[] Gates { get; }

    public int[] Operands { get; }

    // The slots each gate depends on, modulo 64: a superset where there are more.
    public ulong[] Masks { get; }

    // The condition each row belongs to, and whether it is the only row of it.
    public int[] Rules { get; }

    public bool[] IsOnly { get; }

    public ulong[] AllRows { get; }

    public SlotIndex[] Index { get; }

    // Whether a gate's outcome is worth remembering: it is asked for more than once, and costs more than a look-up.
    public bool[] IsRemembered { get; }

    // The index in the form for at most 64 rows; empty where there are more.
    public SlotWord[] Words { get; }

    // What of each row the index does not answer: gates to evaluate, cheapest first.
    public int[][] Rest { get; }

    public int SharedCount { get; }

    public int LocalCount { get; }

    private sealed record Row(int Rule, int[] Conditions);

    private List<Row> MakeRows(GateTable table)
    {
        var rows = new List<Row>();
        for (var rule = 0; rule < Roots.Length; rule++)
        {
            var root = Roots[rule];
            var isChoice = Gates[root].Kind == GateKind.Or && Gates[root].Slot < 0 && Gates[root].Count <= MostAlternatives;
            foreach (var alternative in isChoice ? table.Operands(root) : [root])
            {
                rows.Add(new(rule, Gates[alternative].Kind == GateKind.And ? [.. table.Operands(alternative)] : [alternative]));
            }
        }

        return rows;
    }

    private static (SlotIndex[] Index, int[][] Unanswered) MakeIndex(List<Row> rows, GateTable table)
    {
        var bySlot = new SortedDictionary<int, List<(int Row, int Gate)>>();
        var rest = rows.Select(static _ => new List<int>()).ToArray();
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var gate in rows[row].Conditions)
            {
                if (!table.IsIndexable(gate))
                {
                    rest[row].Add(gate);
                }
                else if (bySlot.TryGetValue(table[gate].Slot, out var list))
                {
                    list.Add((row, gate));
                }
                else
                {
                    bySlot.Add(table[gate].Slot, [(row, gate)]);
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
                conditions.FindAll(c => !table.IsSelective(c.Gate)).ForEach(c => rest[c.Row].Add(c.Gate));
                conditions.RemoveAll(c => !table.IsSelective(c.Gate));
            }

            index.Add(SlotIndex.Build(slot.Key, rows.Count, conditions, table, isSparse));
        }

        // The fact that rules out most goes first, so that the others are often not looked at.
        return ([.. index.OrderByDescending(static slot => slot.Power)], [.. rest.Select(list => list.OrderBy(gate => table[gate].Cost).ToArray())]);
    }

    private bool[] Remembered()
    {
        var uses = new int[Gates.Length];
        foreach (var gate in Operands.Concat(Roots))
        {
            uses[gate]++;
        }

        return [.. uses.Select((count, gate) => count > 1 && Gates[gate].Kind is not (GateKind.Flag or GateKind.Equal or GateKind.Compare or GateKind.Constant))];
    }

    private ulong MaskOf(in Gate gate)
    {
        switch (gate.Kind)
        {
            case GateKind.Constant:
                return 0;
            case GateKind.Expression:
                return MaskOf(gate.Expression!);
            case GateKind.Not or GateKind.And or GateKind.Or or GateKind.Choose:
                ulong mask = 0;
                for (var i = 0; i < gate.Count; i++)
                {
                    // INVARIANT: operands have smaller numbers, so their masks are known.
                    mask |= Masks[Operands[gate.First + i]];
                }

                return mask;
            default:
                return 1UL << (gate.Slot & 63);
        }
    }

    private static ulong MaskOf(Node node) => node is VariableNode variable
        ? 1UL << (variable.Slot & 63)
        : node.Children.Aggregate(0UL, static (mask, child) => mask | MaskOf(child));
}
