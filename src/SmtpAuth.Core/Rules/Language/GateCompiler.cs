namespace SmtpAuth.Rules.Language;

// Turns conditions into gates, each distinct one once.
internal sealed class GateCompiler(SymbolTable[] symbols)
{
    private const int CheapCost = 1;
    private const int SearchCost = 15;

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly List<Gate> _gates = [];
    private readonly List<int> _operands = [];

    public IReadOnlyList<Gate> Gates => _gates;

    public IReadOnlyList<int> Operands => _operands;

    public int Add(Node node)
    {
        switch (node)
        {
            case ConstantNode { Value.Kind: CelKind.Bool } constant:
                return Constant(constant.Value.BoolBits);
            case VariableNode variable:
                return Single($"flag {variable.Slot}", new Gate { Kind = GateKind.Flag, Slot = variable.Slot, Symbol = symbols[variable.Slot].Add(CelValue.True), Cost = CheapCost });
            case UnaryNode { IsNot: true } unary:
                return Not(Add(unary.Operand));
            case LogicNode logic:
                return Many(logic.IsOr ? GateKind.Or : GateKind.And, Flatten(logic, logic.IsOr));
            case ConditionalNode conditional:
                return Composite(GateKind.Choose, [Add(conditional.Condition), Add(conditional.WhenTrue), Add(conditional.WhenFalse)]);
            case BinaryNode { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } binary when TryEqual(binary) is { } equal:
                return binary.Operator == BinaryOperator.Equal ? equal : Not(equal);
            case BinaryNode { Operator: BinaryOperator.In, Left: VariableNode variable, Right: ListNode list } when TryOneOf(variable, list) is { } oneOf:
                return oneOf;
            case CallNode { Arguments.Length: 2 } call when TextGate(call.Function) is { } kind
                && call.Arguments[0] is VariableNode variable && call.Arguments[1] is ConstantNode { Value.Kind: CelKind.String } text:
                return Single($"{kind} {variable.Slot} {text.Value.StringReference}", new Gate { Kind = kind, Slot = variable.Slot, Text = text.Value.StringReference, Cost = SearchCost });
            default:
                return Single("expression " + NodeKey.Of(node), new Gate { Kind = GateKind.Expression, Expression = node, Cost = 20 + (10 * node.Size) });
        }
    }

    private static GateKind? TextGate(Function function) => !ReferenceEquals(function, Functions.Find(function.Name)) ? null : function.Name switch
    {
        "contains" => GateKind.Contains,
        "startsWith" => GateKind.StartsWith,
        "endsWith" => GateKind.EndsWith,
        _ => null,
    };

    private int? TryEqual(BinaryNode node)
    {
        var (variable, constant) = (node.Left as VariableNode ?? node.Right as VariableNode, node.Left as ConstantNode ?? node.Right as ConstantNode);
        if (variable is null || constant is null || !SymbolTable.CanHold(constant.Value))
        {
            return null;
        }

        var symbol = symbols[variable.Slot].Add(constant.Value);
        return Single($"equal {variable.Slot} {symbol}", new Gate { Kind = GateKind.Equal, Slot = variable.Slot, Symbol = symbol, Cost = CheapCost });
    }

    private int? TryOneOf(VariableNode variable, ListNode list)
    {
        if (!list.Items.All(static item => item is ConstantNode constant && SymbolTable.CanHold(constant.Value)) || list.IsOptional.Contains(true))
        {
            return null;
        }

        var found = list.Items.Select(item => symbols[variable.Slot].Add(((ConstantNode)item).Value)).Distinct().OrderBy(static s => s).ToArray();
        var bits = new ulong[found.Length == 0 ? 1 : (found[found.Length - 1] / 64) + 1];
        foreach (var symbol in found)
        {
            bits[symbol / 64] |= 1UL << (symbol % 64);
        }

        return Single($"oneof {variable.Slot} {string.Join(" ", found)}", new Gate { Kind = GateKind.OneOf, Slot = variable.Slot, Symbols = bits, Cost = CheapCost + 1 });
    }

    private List<int> Flatten(LogicNode logic, bool isOr)
    {
        var result = new List<int>();
        foreach (var operand in logic.Operands)
        {
            if (operand is LogicNode inner && inner.IsOr == isOr)
            {
                result.AddRange(Flatten(inner, isOr));
            }
            else
            {
                result.Add(Add(operand));
            }
        }

        return result;
    }

    private int Constant(bool value) => Single(value ? "true" : "false", new Gate { Kind = GateKind.Constant, Constant = (byte)(value ? CelOutcome.True : CelOutcome.False) });

    private int Not(int gate) => _gates[gate].Kind == GateKind.Not ? _operands[_gates[gate].First] : Composite(GateKind.Not, [gate]);

    // The order of operands does not matter to && and ||, so the cheap go first.
    private int Many(GateKind kind, List<int> operands)
    {
        int[] distinct = [.. operands.Distinct().OrderBy(gate => _gates[gate].Cost).ThenBy(static gate => gate)];
        return Composite(kind, distinct);
    }

    private int Composite(GateKind kind, int[] operands)
    {
        var key = $"{kind} {string.Join(" ", operands)}";
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var first = _operands.Count;
        _operands.AddRange(operands);
        return Single(key, new Gate { Kind = kind, First = first, Count = operands.Length, Cost = operands.Sum(operand => _gates[operand].Cost) });
    }

    private int Single(string key, Gate gate)
    {
        if (!_known.TryGetValue(key, out var index))
        {
            index = _gates.Count;
            _gates.Add(gate);
            _known.Add(key, index);
        }

        return index;
    }
}
