namespace SmtpAuth.Rules.Language;

// Turns conditions into gates, each distinct one once.
internal sealed class GateCompiler
{
    private const int CheapCost = 1;
    private const int SearchCost = 15;
    private const int LargestLinearSet = 8;

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
                return Single($"flag {variable.Slot}", new Gate { Kind = GateKind.Flag, Slot = variable.Slot, Cost = CheapCost });
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
                return Single($"{kind} {variable.Slot} {text.Value.StringReference}", new Gate { Kind = kind, Slot = variable.Slot, Constant = text.Value, Cost = SearchCost });
            case BinaryNode { Operator: >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual, Left: VariableNode variable, Right: ConstantNode constant } binary
                when CelNumber.IsNumber(constant.Value.Kind):
                return Single(
                    $"compare {variable.Slot} {binary.Operator} {(int)constant.Value.Kind} {constant.Value}",
                    new Gate { Kind = GateKind.Compare, Slot = variable.Slot, Operator = binary.Operator, Constant = constant.Value, Cost = CheapCost + 1 });
            default:
                return Single("expression " + NodeKey.Of(node), new Gate { Kind = GateKind.Expression, Slot = -1, Expression = node, Cost = 20 + (10 * node.Size) });
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
        if (variable is null || constant is null || !IsScalar(constant.Value))
        {
            return null;
        }

        return Single(
            $"equal {variable.Slot} {(int)constant.Value.Kind} {constant.Value}",
            new Gate { Kind = GateKind.Equal, Slot = variable.Slot, Constant = constant.Value, Cost = CheapCost });
    }

    private int? TryOneOf(VariableNode variable, ListNode list)
    {
        if (!list.Items.All(static item => item is ConstantNode constant && IsScalar(constant.Value)) || list.IsOptional.Contains(true))
        {
            return null;
        }

        CelValue[] constants = [.. list.Items.Select(static item => ((ConstantNode)item).Value)];
        var useSet = constants.Length > LargestLinearSet && Array.TrueForAll(constants, SlotIndex.CanHold);
        return Single(
            $"oneof {variable.Slot} {string.Join(" ", constants.Select(static c => $"{(int)c.Kind} {c}"))}",
            new Gate
            {
                Kind = GateKind.OneOf,
                Slot = variable.Slot,
                Constants = constants,
                Set = useSet ? [.. constants] : null,
                Cost = CheapCost + 1,
            });
    }

    private static bool IsScalar(CelValue value) =>
        value.Kind is CelKind.Null or CelKind.Bool or CelKind.String || CelNumber.IsNumber(value.Kind);

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

    private int Constant(bool value) => Single(value ? "true" : "false", new Gate { Kind = GateKind.Constant, Slot = -1, Constant = CelValue.From(value) });

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
        var slot = operands.Length == 0 ? -1 : _gates[operands[0]].Slot;
        return Single(key, new Gate
        {
            Kind = kind,
            Slot = Array.TrueForAll(operands, operand => _gates[operand].Slot == slot) ? slot : -1,
            First = first,
            Count = operands.Length,
            Cost = operands.Sum(operand => _gates[operand].Cost),
        });
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
