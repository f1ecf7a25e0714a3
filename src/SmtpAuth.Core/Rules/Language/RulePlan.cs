namespace SmtpAuth.Rules.Language;

// A set of conditions, compiled: gates, the root of each condition, and the index. Immutable and shared between threads.
internal sealed class RulePlan
{
    public RulePlan(CelEnvironment environment, IReadOnlyList<CelProgram> programs)
    {
        Symbols = new SymbolTable[environment.Variables.Count];
        for (var i = 0; i < Symbols.Length; i++)
        {
            Symbols[i] = new SymbolTable();
        }

        var compiler = new GateCompiler(Symbols);
        Roots = [.. programs.Select(program => compiler.Add(program.Root))];
        Index = new RuleIndexBuilder(compiler.Gates, compiler.Operands, Symbols).Build(Roots);
        Gates = [.. compiler.Gates];
        Operands = [.. compiler.Operands];
        Masks = new ulong[Gates.Length];
        for (var i = 0; i < Gates.Length; i++)
        {
            Masks[i] = MaskOf(Gates[i]);
        }

        SharedCount = SharedNodes.Mark(Gates.Where(static gate => gate.Expression is not null).Select(static gate => gate.Expression!));
        LocalCount = programs.Count == 0 ? 0 : programs.Max(static program => program.LocalCount);
    }

    public SymbolTable[] Symbols { get; }

    public int[] Roots { get; }

    public RuleIndex Index { get; }

    public Gate[] Gates { get; }

    public int[] Operands { get; }

    // The slots each gate depends on, modulo 64: a superset where there are more.
    public ulong[] Masks { get; }

    public int SharedCount { get; }

    public int LocalCount { get; }

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
