namespace SmtpAuth.Rules.Language;

// Turns conditions into tests, each distinct one once.
internal sealed class TestCompiler
{
    private const int CheapCost = 1;
    private const int SearchCost = 15;
    private const int LargestLinearSet = 8;

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly List<Test> _tests = [];
    private readonly List<int> _operands = [];

    public IReadOnlyList<Test> Tests => _tests;

    public IReadOnlyList<int> Operands => _operands;

    public int Add(Node node)
    {
        switch (node)
        {
            case ConstantNode { Value.Kind: CelKind.Bool } constant:
                return Constant(constant.Value.BoolBits);
            case VariableNode variable:
                return Single($"flag {variable.Slot}", new Test { Kind = TestKind.Flag, Slot = variable.Slot, Cost = CheapCost });
            case UnaryNode { IsNot: true } unary:
                return Not(Add(unary.Operand));
            case LogicNode logic:
                return Many(logic.IsOr ? TestKind.Or : TestKind.And, Flatten(logic, logic.IsOr));
            case ConditionalNode conditional:
                return Composite(TestKind.Choose, [Add(conditional.Condition), Add(conditional.WhenTrue), Add(conditional.WhenFalse)]);
            case BinaryNode { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual } binary when TryEqual(binary) is { } equal:
                return binary.Operator == BinaryOperator.Equal ? equal : Not(equal);
            case BinaryNode { Operator: BinaryOperator.In, Left: VariableNode variable, Right: ListNode list } when TryOneOf(variable, list) is { } oneOf:
                return oneOf;
            case CallNode { Arguments.Length: 2 } call when TextTest(call.Function) is { } kind
                && call.Arguments[0] is VariableNode variable && call.Arguments[1] is ConstantNode { Value.Kind: CelKind.String } text:
                return Single($"{kind} {variable.Slot} {text.Value.StringReference}", new Test { Kind = kind, Slot = variable.Slot, Constant = text.Value, Cost = SearchCost });
            case BinaryNode { Operator: >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual, Left: VariableNode variable, Right: ConstantNode constant } binary
                when CelNumber.IsNumber(constant.Value.Kind):
                return Single(
                    $"compare {variable.Slot} {binary.Operator} {(int)constant.Value.Kind} {constant.Value}",
                    new Test { Kind = TestKind.Compare, Slot = variable.Slot, Operator = binary.Operator, Constant = constant.Value, Cost = CheapCost + 1 });
            default:
                return Single("expression " + NodeKey.Of(node), new Test { Kind = TestKind.Expression, Slot = -1, Expression = node, Cost = 20 + (10 * node.Size) });
        }
    }

    private static TestKind? TextTest(Function function) => !ReferenceEquals(function, Functions.Find(function.Name)) ? null : function.Name switch
    {
        "contains" => TestKind.Contains,
        "startsWith" => TestKind.StartsWith,
        "endsWith" => TestKind.EndsWith,
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
            new Test { Kind = TestKind.Equal, Slot = variable.Slot, Constant = constant.Value, Cost = CheapCost });
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
            new Test
            {
                Kind = TestKind.OneOf,
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

    private int Constant(bool value) => Single(value ? "true" : "false", new Test { Kind = TestKind.Constant, Slot = -1, Constant = CelValue.From(value) });

    private int Not(int test) => _tests[test].Kind == TestKind.Not ? _operands[_tests[test].First] : Composite(TestKind.Not, [test]);

    // The order of operands does not matter to && and ||, so the cheap go first.
    private int Many(TestKind kind, List<int> operands)
    {
        int[] distinct = [.. operands.Distinct().OrderBy(test => _tests[test].Cost).ThenBy(static test => test)];
        return Composite(kind, distinct);
    }

    private int Composite(TestKind kind, int[] operands)
    {
        var key = $"{kind} {string.Join(" ", operands)}";
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var first = _operands.Count;
        _operands.AddRange(operands);
        var slot = operands.Length == 0 ? -1 : _tests[operands[0]].Slot;
        return Single(key, new Test
        {
            Kind = kind,
            Slot = Array.TrueForAll(operands, operand => _tests[operand].Slot == slot) ? slot : -1,
            First = first,
            Count = operands.Length,
            Cost = operands.Sum(operand => _tests[operand].Cost),
        });
    }

    private int Single(string key, Test test)
    {
        if (!_known.TryGetValue(key, out var index))
        {
            index = _tests.Count;
            _tests.Add(test);
            _known.Add(key, index);
        }

        return index;
    }
}
