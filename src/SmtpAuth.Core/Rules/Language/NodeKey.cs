using System.Text;

namespace SmtpAuth.Rules.Language;

// A text that two nodes share when, and only when, they compute the same, however they were written.
internal static class NodeKey
{
    public static string Of(Node node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    // A node that reads a variable of a macro around it has a value of its own for each element.
    public static bool IsClosed(Node node) => !ReadsLocal(node, 0);

    private static bool ReadsLocal(Node node, int bound)
    {
        if (node is LocalNode local)
        {
            return (bound & (1 << Math.Min(local.Index, 31))) == 0;
        }

        bound |= node switch
        {
            ComprehensionNode comprehension => Bit(comprehension.Variable) | Bit(comprehension.Second),
            BindNode bind => Bit(bind.Variable),
            OptionalMapNode optional => Bit(optional.Variable),
            _ => 0,
        };
        foreach (var child in node.Children)
        {
            if (ReadsLocal(child, bound))
            {
                return true;
            }
        }

        return false;
    }

    private static int Bit(Local? local) => local is null ? 0 : 1 << Math.Min(local.Index, 31);

    private static void Write(StringBuilder text, Node node)
    {
        text.Append(Tag(node)).Append('(');
        foreach (var child in node.Children)
        {
            Write(text, child);
            text.Append(',');
        }

        text.Append(')');
    }

    private static string Tag(Node node) => node switch
    {
        ConstantNode constant => $"k{(int)constant.Value.Kind}:{constant.Value}",
        VariableNode variable => $"v{variable.Slot}",
        LocalNode local => $"l{local.Index}",
        FieldNode field => $"f{(field.IsOptional ? "?" : "")}{field.Field.Length}:{field.Field}",
        PresenceNode presence => $"p{presence.Field.Length}:{presence.Field}",
        FactPresenceNode => "P",
        IndexNode index => index.IsOptional ? "i?" : "i",
        LogicNode logic => logic.IsOr ? "|" : "&",
        UnaryNode unary => unary.IsNot ? "!" : "-",
        BinaryNode binary => $"b{(int)binary.Operator}",
        ConditionalNode => "?",
        CallNode call => $"c{(call.IsMember ? "." : "")}{call.Function.Name}",
        MatchNode => "m",
        ListNode list => $"L{Flags(list.IsOptional)}",
        MapNode map => $"M{Flags(map.IsOptional)}",
        ComprehensionNode comprehension => $"C{(int)comprehension.Kind}:{comprehension.Variable.Index}:{comprehension.Second?.Index}:{comprehension.Filter is null}",
        BindNode bind => $"B{bind.Variable.Index}",
        OptionalMapNode optional => $"O{optional.IsFlat}:{optional.Variable.Index}",
        _ => $"x{node.Start}:{node.End}:{node.GetHashCode()}",
    };

    private static string Flags(bool[] isOptional) => string.Concat(isOptional.Select(static flag => flag ? "1" : "0"));
}
