namespace SmtpAuth.Rules.Language;

// Warnings: what compiles and is probably not what its author meant.
internal sealed class Doubts(string source, List<CelDiagnostic> diagnostics)
{
    public static void Collect(Node root, string source, List<CelDiagnostic> diagnostics)
    {
        if (!diagnostics.Exists(static d => d.Severity == CelSeverity.Error))
        {
            new Doubts(source, diagnostics).Visit(root);
        }
    }

    private void Visit(Node node)
    {
        if (node is not ConstantNode && ValueOf(node) is { } value)
        {
            // One warning for the whole: its parts are constant because it is.
            Warn(node, value.IsError
                ? $"this always fails: {value.AsError().Message}."
                : $"this is always {CelLiteral.Shorten(value.ToString())}, whatever the facts are.");
            return;
        }

        switch (node)
        {
            case ConditionalNode { Condition: ConstantNode { Value.Kind: CelKind.Bool } constant } conditional:
                var unreachable = constant.Value.IsTrue ? conditional.WhenFalse : conditional.WhenTrue;
                Warn(unreachable, "this branch is never reached.");
                break;
            case LogicNode logic:
                VisitLogic(logic);
                break;
            case BinaryNode { Operator: BinaryOperator.In, Right: ListNode { Items.Length: 0 } or MapNode { Keys.Length: 0 } }:
                Warn(node, "nothing is in an empty list or map, so this never holds.");
                break;
            case BinaryNode { Operator: BinaryOperator.Equal or BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual } same when IsSame(same):
                Warn(node, "this compares something with itself, so it always holds.");
                break;
            case BinaryNode { Operator: BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.Greater } same when IsSame(same):
                Warn(node, "this compares something with itself, so it never holds.");
                break;
        }

        foreach (var child in node.Children)
        {
            Visit(child);
        }
    }

    private static bool IsSame(BinaryNode node) => node.Left is VariableNode or FieldNode && NodeKey.Of(node.Left) == NodeKey.Of(node.Right);

    private void VisitLogic(LogicNode logic)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var required = new Dictionary<int, CelValue>();
        foreach (var operand in logic.Operands)
        {
            if (operand is ConstantNode { Value.Kind: CelKind.Bool } constant)
            {
                Warn(operand, constant.Value.BoolBits == logic.IsOr ? "this decides the whole, so the rest does not matter." : "this changes nothing.");
                continue;
            }

            var key = NodeKey.Of(operand);
            if (keys.Contains(key))
            {
                Warn(operand, "this is said twice.");
            }
            else if (keys.Contains($"!({key},)") || (operand is UnaryNode { IsNot: true } not && keys.Contains(NodeKey.Of(not.Operand))))
            {
                Warn(operand, $"this and its opposite are both here, so the whole is always {(logic.IsOr ? "true" : "false")}.");
            }

            keys.Add(key);
            if (!logic.IsOr && Required(operand) is { } requirement)
            {
                if (required.TryGetValue(requirement.Slot, out var other) && !other.Equals(requirement.Value))
                {
                    Warn(operand, $"'{requirement.Name}' cannot be {other} and {requirement.Value} at once, so the whole never holds.");
                }

                required[requirement.Slot] = requirement.Value;
            }
        }
    }

    // What x == constant, x or !x asks of a fact.
    private static (int Slot, string Name, CelValue Value)? Required(Node node) => node switch
    {
        BinaryNode { Operator: BinaryOperator.Equal, Left: VariableNode variable, Right: ConstantNode constant } => (variable.Slot, variable.Name, constant.Value),
        BinaryNode { Operator: BinaryOperator.Equal, Left: ConstantNode constant, Right: VariableNode variable } => (variable.Slot, variable.Name, constant.Value),
        VariableNode variable => (variable.Slot, variable.Name, CelValue.True),
        UnaryNode { IsNot: true, Operand: VariableNode variable } => (variable.Slot, variable.Name, CelValue.False),
        _ => null,
    };

    // The value of an expression without facts; null where it has facts, or is an ordinary way to write a constant.
    private static CelValue? ValueOf(Node node)
    {
        if (node is not (BinaryNode or LogicNode or ConditionalNode or UnaryNode or CallNode or MatchNode) || !IsConstant(node))
        {
            return null;
        }

        var evaluation = Evaluation.Rent(CelBindings.Empty, CelLimits.Default with { Cost = 10_000 }, 0);
        var value = node.Evaluate(evaluation);
        var isExhausted = evaluation.IsExhausted;
        evaluation.Return();
        return isExhausted || !(value.IsError || value.Kind == CelKind.Bool) ? null : value;
    }

    // Functions of the host are not called while an expression is compiled.
    private static bool IsConstant(Node node) => node switch
    {
        VariableNode or LocalNode or FaultNode or ComprehensionNode or BindNode or OptionalMapNode => false,
        CallNode call when !ReferenceEquals(call.Function, Functions.Find(call.Function.Name)) => false,
        _ => node.Children.All(IsConstant),
    };

    private void Warn(Node node, string message)
    {
        var text = CelLiteral.Shorten(source.Substring(node.Start, node.End - node.Start));
        diagnostics.Add(CelDiagnostic.At(CelSeverity.Warning, source, node.Start, node.End, $"'{text}': {message}"));
    }
}
