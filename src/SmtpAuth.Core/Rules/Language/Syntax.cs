namespace SmtpAuth.Rules.Language;

// What the parser makes of the text: no names resolved, no types, macros expanded.
internal abstract class Syntax(int start, int end, int depth)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    // Where the parentheses around it begin, if there are any: what contains it begins there.
    public int OuterStart { get; set; } = start;

    public int Depth { get; } = depth;

    protected static int Deepest(int depth, IEnumerable<Syntax> parts)
    {
        foreach (var part in parts)
        {
            depth = Math.Max(depth, part.Depth);
        }

        return depth;
    }
}

internal sealed class LiteralSyntax(int start, int end, CelValue value) : Syntax(start, end, 1)
{
    public CelValue Value { get; } = value;
}

internal sealed class IdentifierSyntax(int start, int end, string name, bool isAbsolute) : Syntax(start, end, 1)
{
    public string Name { get; } = name;

    public bool IsAbsolute { get; } = isAbsolute;
}

internal sealed class SelectSyntax(int end, Syntax operand, string field, int fieldStart, bool isOptional, bool isQuoted)
    : Syntax(operand.OuterStart, end, operand.Depth + 1)
{
    public Syntax Operand { get; } = operand;

    public string Field { get; } = field;

    public int FieldStart { get; } = fieldStart;

    public bool IsOptional { get; } = isOptional;

    public bool IsQuoted { get; } = isQuoted;
}

internal sealed class PresenceSyntax(int start, int end, SelectSyntax select) : Syntax(start, end, select.Depth)
{
    public SelectSyntax Select { get; } = select;
}

// Operators are calls too, named as the language definition names them: _+_, _[_], _?_:_.
internal sealed class CallSyntax(int start, int end, string function, int nameStart, Syntax? target, Syntax[] arguments)
    : Syntax(start, end, Deepest(target?.Depth ?? 0, arguments) + 1)
{
    public string Function { get; } = function;

    public int NameStart { get; } = nameStart;

    public Syntax? Target { get; } = target;

    public Syntax[] Arguments { get; } = arguments;
}

internal sealed class ListSyntax(int start, int end, Syntax[] items, bool[] isOptional)
    : Syntax(start, end, Deepest(0, items) + 1)
{
    public Syntax[] Items { get; } = items;

    public bool[] IsOptional { get; } = isOptional;
}

internal sealed class MapSyntax(int start, int end, Syntax[] keys, Syntax[] values, bool[] isOptional)
    : Syntax(start, end, Deepest(Deepest(0, keys), values) + 1)
{
    public Syntax[] Keys { get; } = keys;

    public Syntax[] Values { get; } = values;

    public bool[] IsOptional { get; } = isOptional;
}

internal sealed class MessageSyntax(int start, int end, string name) : Syntax(start, end, 1)
{
    public string Name { get; } = name;
}

internal sealed class ComprehensionSyntax(
    int start, int end, ComprehensionKind kind, Syntax range, IdentifierSyntax variable, IdentifierSyntax? second, Syntax? filter, Syntax body)
    : Syntax(start, end, Math.Max(range.Depth, Math.Max(filter?.Depth ?? 0, body.Depth)) + 1)
{
    public ComprehensionKind Kind { get; } = kind;

    public Syntax Range { get; } = range;

    public IdentifierSyntax Variable { get; } = variable;

    public IdentifierSyntax? Second { get; } = second;

    public Syntax? Filter { get; } = filter;

    public Syntax Body { get; } = body;
}

internal sealed class BindSyntax(int start, int end, string variable, Syntax value, Syntax body)
    : Syntax(start, end, Math.Max(value.Depth, body.Depth) + 1)
{
    public string Variable { get; } = variable;

    public Syntax Value { get; } = value;

    public Syntax Body { get; } = body;
}

internal sealed class OptionalMapSyntax(int start, int end, Syntax target, string variable, Syntax body, bool isFlat)
    : Syntax(start, end, Math.Max(target.Depth, body.Depth) + 1)
{
    public Syntax Target { get; } = target;

    public string Variable { get; } = variable;

    public Syntax Body { get; } = body;

    public bool IsFlat { get; } = isFlat;
}
