using System.Text;

namespace SmtpAuth.Rules.Language;

// Writes an expression again with everything replaced that is known already.
internal sealed class ResidualWriter(string source, Evaluation evaluation)
{
    private const long LargestLiteral = 40;

    private readonly List<Local> _open = [];

    public string Write(Node node) => Write(node, 0);

    private string Write(Node node, int minimum)
    {
        var (text, precedence) = Render(node);
        return precedence < minimum ? $"({text})" : text;
    }

    private (string Text, int Precedence) Render(Node node)
    {
        if (!IsOpen(node))
        {
            var value = node.Evaluate(evaluation);
            if (!value.IsAbnormal && !CelWeight.HasUnknown(value) && CelWeight.Of(value) <= LargestLiteral)
            {
                var literal = CelLiteral.Write(value);
                return (literal, literal[0] == '-' ? 6 : 8);
            }

            if (value.IsError)
            {
                return ($"({source.Substring(node.Start, node.End - node.Start)})", 8);
            }
        }

        return node switch
        {
            VariableNode variable => (Name(variable.Name), 8),
            LocalNode local => (local.Name, 8),
            FactPresenceNode presence => ($"has({Name(presence.Fact.Name)})", 8),
            PresenceNode presence => ($"has({Field(presence.Operand, presence.Field, false)})", 8),
            FieldNode field => (Field(field.Operand, field.Field, field.IsOptional), 8),
            IndexNode index => ($"{Write(index.Operand, 7)}[{(index.IsOptional ? "?" : "")}{Write(index.Index, 0)}]", 8),
            LogicNode logic => Logic(logic),
            ConditionalNode conditional => Conditional(conditional),
            UnaryNode unary => ((unary.IsNot ? "!" : "-") + Write(unary.Operand, 7), 6),
            BinaryNode binary => Binary(binary),
            CallNode call => (Call(call.Function, call.IsMember, call.Arguments), 8),
            MatchNode match => (Call(match.Function, match.IsMember, match.Arguments), 8),
            ListNode list => ($"[{Items(list.Items, list.IsOptional)}]", 8),
            MapNode map => ($"{{{Entries(map)}}}", 8),
            ComprehensionNode comprehension => (Comprehension(comprehension), 8),
            BindNode bind => ($"cel.bind({bind.Variable.Name}, {Write(bind.Value, 0)}, {Body(bind.Body, bind.Variable)})", 8),
            OptionalMapNode map => ($"{Write(map.Target, 7)}.{(map.IsFlat ? "optFlatMap" : "optMap")}({map.Variable.Name}, {Body(map.Body, map.Variable)})", 8),
            _ => ($"({source.Substring(node.Start, node.End - node.Start)})", 8),
        };
    }

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
        return $"{Write(operand, 7)}.{(isOptional ? "?" : "")}{name}";
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

        return ($"{Write(node.Condition, 1)} ? {Write(node.WhenTrue, 1)} : {Write(node.WhenFalse, 0)}", 0);
    }

    private (string Text, int Precedence) Binary(BinaryNode node)
    {
        var precedence = node.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract => 4,
            BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo => 5,
            _ => 3,
        };
        return ($"{Write(node.Left, precedence)} {Operators.Text(node.Operator)} {Write(node.Right, precedence + 1)}", precedence);
    }

    private string Call(Function function, bool isMember, Node[] arguments)
    {
        var rest = string.Join(", ", arguments.Skip(isMember ? 1 : 0).Select(argument => Write(argument, 0)));
        return $"{(isMember ? Write(arguments[0], 7) + "." : "")}{function.Name}({rest})";
    }

    private string Items(Node[] items, bool[] isOptional) =>
        string.Join(", ", items.Select((item, i) => (isOptional[i] ? "?" : "") + Write(item, 0)));

    private string Entries(MapNode map) => string.Join(", ", map.Keys.Select((key, i) =>
        $"{(map.IsOptional[i] ? "?" : "")}{Write(key, 0)}: {Write(map.Values[i], 0)}"));

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
