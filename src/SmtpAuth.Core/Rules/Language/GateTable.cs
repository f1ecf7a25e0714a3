namespace SmtpAuth.Rules.Language;

// The gates of a plan with what is asked of them while it is made.
internal sealed class GateTable(IReadOnlyList<Gate> gates, IReadOnlyList<int> operands, CelLimits limits)
{
    public Gate this[int index] => gates[index];

    public IEnumerable<int> Operands(int gate)
    {
        for (var i = 0; i < gates[gate].Count; i++)
        {
            yield return operands[gates[gate].First + i];
        }
    }

    // Tests one fact, by nothing but comparisons with constants that have classes of their own.
    public bool IsIndexable(int index)
    {
        var gate = gates[index];
        return gate.Slot >= 0 && gate.Kind switch
        {
            GateKind.Flag => true,
            GateKind.Equal or GateKind.Compare => SlotIndex.CanHold(gate.Constant),
            GateKind.OneOf => Array.TrueForAll(gate.Constants!, SlotIndex.CanHold),
            GateKind.Not or GateKind.And or GateKind.Or or GateKind.Choose => Operands(index).All(IsIndexable),
            _ => false,
        };
    }

    // Holds for its constants only, whatever else the value may be.
    public bool IsSelective(int index) => gates[index].Kind switch
    {
        GateKind.Equal or GateKind.OneOf => true,
        GateKind.Or => Operands(index).All(IsSelective),
        _ => false,
    };

    public IEnumerable<CelValue> ConstantsOf(int index)
    {
        var gate = gates[index];
        return gate.Kind switch
        {
            GateKind.Equal or GateKind.Compare => [gate.Constant],
            GateKind.OneOf => gate.Constants!,
            GateKind.Not or GateKind.And or GateKind.Or or GateKind.Choose => Operands(index).SelectMany(ConstantsOf),
            _ => [],
        };
    }

    public CelOutcome Try(int index, CelValue value)
    {
        var gate = gates[index];
        switch (gate.Kind)
        {
            case GateKind.Not:
                return GateOutcome.Not(Try(operands[gate.First], value));
            case GateKind.And or GateKind.Or:
                var deciding = gate.Kind == GateKind.Or ? CelOutcome.True : CelOutcome.False;
                var outcomes = Operands(index).Select(operand => Try(operand, value)).ToArray();
                return Array.IndexOf(outcomes, deciding) >= 0 ? deciding
                    : outcomes.Aggregate(GateOutcome.Not(deciding), GateOutcome.Join);
            case GateKind.Choose:
                return Try(operands[gate.First], value) switch
                {
                    CelOutcome.True => Try(operands[gate.First + 1], value),
                    CelOutcome.False => Try(operands[gate.First + 2], value),
                    var other => other,
                };
            default:
                return GateOutcome.Of(gate, value, limits);
        }
    }
}
