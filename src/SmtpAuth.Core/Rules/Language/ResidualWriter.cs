using System.Text;

namespace SmtpAuth.Rules.Language;

// Writes an expression again with everything replaced that is known already.
internal sealed class ResidualWriter(string source, Evaluation evaluation)
{
    private const long LargestLiteral = 40;
    private const int Primary = 8;

    private readonly List<Local> _open = [];

    public string Write(Node node) => Write(node, 0);

    private string Write(Node node, int minimum)
    {
        var (text, precedence) = Render(node);
        return precedence < minimum ? "(" + text + ")" : text;
    }

    // One small method for each kind of node: the frames of a deep expression must fit on a small stack.
    private (string Text, int Precedence) Render(Node node) => Known(node) ?? node switch
    {
        LogicNode logic => Logic(logic),
        ConditionalNode conditional => Conditional(conditional),
        UnaryNode unary => Unary(unary),
        BinaryNode binary => Binary(binary),
        FieldNode field => (Field(field.Operand, field.Field, field.IsOptional), Primary),
        IndexNode index => (Index(index), Primary),
        CallNode call => (Call(call.Function, call.IsMember, call.Arguments), Primary),
        MatchNode match => (Call(match.Function, match.IsMember, match.Arguments), Primary),
        ListNode list => (List(list), Primary),
        MapNode map => (Map(map), Primary),
        ComprehensionNode comprehension => (Comprehension(comprehension), Primary),
        BindNode bind => (Bind(bind), Primary),
        OptionalMapNode optional => (OptionalMap(optional), Primary),
        PresenceNode presence => (Presence(presence), Primary),
        _ => (Leaf(node), Primary),
    };

    private string Leaf(Node node) => node switch
    {
        VariableNode variable => Name(variable.Name),
        LocalNode local => local.Name,
        FactPresenceNode presence => "has(" + Name(presence.Fact.Name) + ")",
        _ => Original(node),
    };

    private string Original(Node node) => $"({source.Substring(node.Start, node.End - node.Start)})";

    // What has a value is written as that value; what fails stays as it was written.
    private (string Text, int Precedence)? Known(Node node)
    {
        if (IsOpen(node))
        {
            return null;
        }

        var value = node.Evaluate(evaluation);
        if (value.IsError)
        {
            return (Original(node), Primary);
        }

        if (value.IsUnknown || CelWeight.HasUnknown(value) || CelWeight.Of(value) > LargestLiteral)
        {
            return null;
        }

        var literal = CelLiteral.Write(value);
        return (literal, literal[0] == '-' ? 6 : Primary);
    }

    private (string Text, int Precedence) Unary(UnaryNode node) => ((node.IsNot ? "!" : "-") + Write(node.Operand, 7), 6);

    private string Index(IndexNode node) => Write(node.Operand, 7) + (node.IsOptional ? "[?" : "[") + Write(node.Index, 0) + "]";

    private string List(ListNode node) => "[" + Items(node.Items, node.IsOptional) + "]";

    private string Map(MapNode node)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < node.Keys.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(node.IsOptional[i] ? "?" : "").Append(Write(node.Keys[i], 0));
            text.Append(": ").Append(Write(node.Values[i], 0));
        }

        return text.Append('}').ToString();
    }

    private string Bind(BindNode node)
    {
        var value = Write(node.Value, 0);
        return "cel.bind(" + node.Variable.Name + ", " + value + ", " + Body(node.Body, node.Variable) + ")";
    }

    private string OptionalMap(OptionalMapNode node)
    {
        var target = Write(node.Target, 7);
        return target + (node.IsFlat ? ".optFlatMap(" : ".optMap(") + node.Variable.Name + ", " + Body(node.Body, node.Variable) + ")";
    }

    private string Presence(PresenceNode node) => "has(" + Field(node.Operand, node.Field, false) + ")";

    // Depends on the variable of a macro around it, which has no value here.
    private bool IsOpen(Node node) => _open.Count > 0
        && (node is LocalNode local ? _open.Exists(open => open.Index == local.Index) : node.Children.Any(IsOpen));

    private string Name(string name)
    {
        var dot = name.IndexOf('.');
        var root = dot < 0 ? name : name.Substring(0, dot);
        return _open.Exists(open => open.Name == root) ? "." + name : name;
    }

    private string Field(Node operand, string field, bool isOptional)
    {
        var name = Names.IsQualified(field) && field.IndexOf('.') < 0 ? field : $"`{field}`";
        return Write(operand, 7) + (isOptional ? ".?" : ".") + name;
    }

    private (string Text, int Precedence) Logic(LogicNode node)
    {
        var kept = node.Operands.Where(operand => IsOpen(operand) || operand.Evaluate(evaluation).Kind != CelKind.Bool).ToList();
        return kept.Count switch
        {
            0 => (node.IsOr ? "false" : "true", 8),
            1 => Render(kept[0]),
            _ => (string.Join(node.IsOr ? " || " : " && ", kept.Select(operand => Write(operand, node.IsOr ? 2 : 3))), node.IsOr ? 1 : 2),
        };
    }

    private (string Text, int Precedence) Conditional(ConditionalNode node)
    {
        if (!IsOpen(node.Condition))
        {
            var condition = node.Condition.Evaluate(evaluation);
            if (condition.Kind == CelKind.Bool)
            {
                return Render(condition.BoolBits ? node.WhenTrue : node.WhenFalse);
            }
        }

        return (Write(node.Condition, 1) + " ? " + Write(node.WhenTrue, 1) + " : " + Write(node.WhenFalse, 0), 0);
    }

    private (string Text, int Precedence) Binary(BinaryNode node)
    {
        var precedence = node.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract => 4,
            BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo => 5,
            _ => 3,
        };
        return (Write(node.Left, precedence) + " " + Operators.Text(node.Operator) + " " + Write(node.Right, precedence + 1), precedence);
    }

    private string Call(Function function, bool isMember, Node[] arguments) => isMember
        ? Write(arguments[0], 7) + "." + function.Name + "(" + Items(arguments.AsSpan(1).ToArray(), null) + ")"
        : function.Name + "(" + Items(arguments, null) + ")";

    private string Items(Node[] items, bool[]? isOptional)
    {
        var text = new StringBuilder();
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(isOptional is not null && isOptional[i] ? "?" : "").Append(Write(items[i], 0));
        }

        return text.ToString();
    }

    private string Comprehension(ComprehensionNode node)
    {
        var text = new StringBuilder(Write(node.Range, 7)).Append('.').Append(MacroName(node)).Append('(').Append(node.Variable.Name);
        _open.Add(node.Variable);
        if (node.Second is not null)
        {
            text.Append(", ").Append(node.Second.Name);
            _open.Add(node.Second);
        }

        if (node.Filter is not null)
        {
            text.Append(", ").Append(Write(node.Filter, 0));
        }

        text.Append(", ").Append(Write(node.Body, 0)).Append(')');
        _open.RemoveRange(_open.Count - (node.Second is null ? 1 : 2), node.Second is null ? 1 : 2);
        return text.ToString();
    }

    private static string MacroName(ComprehensionNode node) => node.Kind switch
    {
        ComprehensionKind.All => "all",
        ComprehensionKind.Exists => "exists",
        ComprehensionKind.ExistsOne => node.Second is null ? "exists_one" : "existsOne",
        ComprehensionKind.Map => "map",
        ComprehensionKind.Filter => "filter",
        ComprehensionKind.TransformList => "transformList",
        ComprehensionKind.TransformMap => "transformMap",
        _ => "transformMapEntry",
    };

    private string Body(Node body, Local variable)
    {
        _open.Add(variable);
        var text = Write(body, 0);
        _open.RemoveAt(_open.Count - 1);
        return text;
    }
}
