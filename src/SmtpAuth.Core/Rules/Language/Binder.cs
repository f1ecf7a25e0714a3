namespace SmtpAuth.Rules.Language;

// Resolves names and checks types: from syntax to nodes. One use per expression.
internal sealed partial class Binder(CelEnvironment environment, string source)
{
    private readonly List<CelDiagnostic> _diagnostics = [];
    private readonly List<KeyValuePair<string, CelType>> _locals = [];
    private readonly TypeUnifier _types = new();

    public IReadOnlyList<CelDiagnostic> Diagnostics => _diagnostics;

    public int LocalCount { get; private set; }

    public Node BindRoot(Syntax syntax)
    {
        var root = Bind(syntax);
        root.Type = _types.Substitute(root.Type, openIsDyn: true);
        if (environment.ChecksTypes)
        {
            Doubts.Collect(root, source, _diagnostics);
        }

        _diagnostics.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        return root;
    }

    private Node Bind(Syntax syntax) => syntax switch
    {
        LiteralSyntax literal => new ConstantNode(literal.Start, literal.End, literal.Value) { Type = CelRuntimeType.Of(literal.Value) },
        IdentifierSyntax or SelectSyntax { IsOptional: false } => BindName(syntax),
        SelectSyntax select => BindField(select, Bind(select.Operand)),
        PresenceSyntax presence => BindPresence(presence),
        CallSyntax call => BindCall(call),
        ListSyntax list => BindList(list),
        MapSyntax map => BindMap(map),
        ComprehensionSyntax comprehension => BindComprehension(comprehension),
        BindSyntax bind => BindBind(bind),
        OptionalMapSyntax optional => BindOptionalMap(optional),
        _ => Fault(syntax, syntax.Start, syntax.End, "Message types are not part of this language; use a map: {'field': value}."),
    };

    private static string? QualifiedName(Syntax syntax, out bool isAbsolute)
    {
        isAbsolute = false;
        switch (syntax)
        {
            case IdentifierSyntax identifier:
                isAbsolute = identifier.IsAbsolute;
                return identifier.Name;
            case SelectSyntax { IsOptional: false, IsQuoted: false } select:
                var prefix = QualifiedName(select.Operand, out isAbsolute);
                return prefix is null ? null : $"{prefix}.{select.Field}";
            default:
                return null;
        }
    }

    private static IdentifierSyntax? Root(Syntax syntax) => syntax switch
    {
        IdentifierSyntax identifier => identifier,
        SelectSyntax { IsOptional: false, IsQuoted: false } select => Root(select.Operand),
        _ => null,
    };

    // The longest prefix of a.b.c that is declared is the fact; the rest are fields of it.
    private Node BindName(Syntax syntax)
    {
        if (TryBindDeclared(syntax) is { } declared)
        {
            return declared;
        }

        if (syntax is SelectSyntax select)
        {
            return Root(select) is { } root && !IsDeclaredPrefix(select.Operand)
                ? Undeclared(syntax, root)
                : BindField(select, Bind(select.Operand));
        }

        return Undeclared(syntax, (IdentifierSyntax)syntax);
    }

    private bool IsDeclaredPrefix(Syntax syntax) =>
        Resolves(syntax) || (syntax is SelectSyntax select && IsDeclaredPrefix(select.Operand));

    private bool Resolves(Syntax syntax)
    {
        if (syntax is IdentifierSyntax { IsAbsolute: false } identifier && FindLocal(identifier.Name) >= 0)
        {
            return true;
        }

        return QualifiedName(syntax, out var isAbsolute) is { } name && environment.Candidates(name, isAbsolute)
            .Any(candidate => environment.TryGetVariable(candidate, out _) || TypeNames.Find(candidate) is not null);
    }

    private Node? TryBindDeclared(Syntax syntax)
    {
        if (syntax is IdentifierSyntax { IsAbsolute: false } identifier && FindLocal(identifier.Name) is >= 0 and var index)
        {
            return new LocalNode(syntax.Start, syntax.End, identifier.Name, index) { Type = _locals[index].Value };
        }

        if (QualifiedName(syntax, out var isAbsolute) is not { } name || IsLocal(Root(syntax)!))
        {
            return null;
        }

        foreach (var candidate in environment.Candidates(name, isAbsolute))
        {
            if (environment.TryGetVariable(candidate, out var variable))
            {
                return new VariableNode(syntax.Start, syntax.End, variable) { Type = variable.Type };
            }

            if (TypeNames.Find(candidate) is { } type)
            {
                return new ConstantNode(syntax.Start, syntax.End, CelValue.From(type)) { Type = CelType.TypeOf(type) };
            }
        }

        return null;
    }

    private FaultNode Undeclared(Syntax syntax, IdentifierSyntax root)
    {
        var name = QualifiedName(syntax, out _)!;
        var known = environment.Variables.Select(static v => v.Name).Concat(_locals.Select(static l => l.Key));
        var start = environment.Variables.Any(v => v.Name.StartsWith(root.Name + ".", StringComparison.Ordinal)) ? syntax.Start : root.Start;
        return Fault(syntax, start, syntax.End, $"undeclared reference: '{name}' is not a declared fact.", Names.Closest(name, known));
    }

    private bool IsLocal(IdentifierSyntax identifier) => !identifier.IsAbsolute && FindLocal(identifier.Name) >= 0;

    private int FindLocal(string name)
    {
        for (var i = _locals.Count - 1; i >= 0; i--)
        {
            if (_locals[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }

    private Local Declare(string name, CelType type)
    {
        _locals.Add(new(name, type));
        LocalCount = Math.Max(LocalCount, _locals.Count);
        return new(name, _locals.Count - 1);
    }

    private void Forget(int count) => _locals.RemoveRange(_locals.Count - count, count);

    private FieldNode BindField(SelectSyntax select, Node operand)
    {
        var type = SelectedType(select, operand, select.IsOptional);
        return new FieldNode(select.Start, select.End, operand, select.Field, select.IsOptional) { Type = type };
    }

    private CelType SelectedType(SelectSyntax select, Node operand, bool isOptional)
    {
        var type = _types.Substitute(operand.Type, openIsDyn: false);
        if (type.IsOptional)
        {
            isOptional = true;
            type = _types.Substitute(type.Parameters[0], openIsDyn: false);
        }

        CelType result;
        switch (type.Kind)
        {
            case CelTypeKind.Map:
                result = type.Parameters[1];
                break;
            case CelTypeKind.Dyn or CelTypeKind.Parameter:
                result = CelType.Dyn;
                break;
            default:
                Report(CelSeverity.Error, select.FieldStart, select.End, $"A value of type {type} has no fields, so there is no '{select.Field}'.");
                result = CelType.Dyn;
                break;
        }

        return isOptional ? CelType.Optional(result) : result;
    }

    private Node BindPresence(PresenceSyntax presence)
    {
        var select = presence.Select;
        if (TryBindDeclared(select) is VariableNode fact)
        {
            return new FactPresenceNode(presence.Start, presence.End, fact) { Type = CelType.Bool };
        }

        if (Root(select) is { } root && !IsDeclaredPrefix(select.Operand))
        {
            return Undeclared(select, root);
        }

        var operand = Bind(select.Operand);
        _ = SelectedType(select, operand, isOptional: false);
        return new PresenceNode(presence.Start, presence.End, operand, select.Field) { Type = CelType.Bool };
    }

    private ListNode BindList(ListSyntax list)
    {
        var items = list.Items.Select(Bind).ToArray();
        CelType? element = null;
        for (var i = 0; i < items.Length; i++)
        {
            var type = list.IsOptional[i] ? OptionalItem(items[i]) : items[i].Type;
            element = element is null ? type : _types.Join(element, type);
        }

        return new ListNode(list.Start, list.End, items, list.IsOptional) { Type = CelType.List(element ?? _types.Fresh()) };
    }

    private MapNode BindMap(MapSyntax map)
    {
        var keys = map.Keys.Select(Bind).ToArray();
        var values = map.Values.Select(Bind).ToArray();
        CelType? key = null;
        CelType? value = null;
        for (var i = 0; i < keys.Length; i++)
        {
            var type = map.IsOptional[i] ? OptionalItem(values[i]) : values[i].Type;
            key = key is null ? keys[i].Type : _types.Join(key, keys[i].Type);
            value = value is null ? type : _types.Join(value, type);
        }

        return new MapNode(map.Start, map.End, keys, values, map.IsOptional)
        {
            Type = CelType.Map(key ?? _types.Fresh(), value ?? _types.Fresh()),
        };
    }

    private CelType OptionalItem(Node item)
    {
        var type = _types.Substitute(item.Type, openIsDyn: false);
        if (type.IsOptional)
        {
            return type.Parameters[0];
        }

        if (!type.IsDyn)
        {
            Report(CelSeverity.Error, item.Start, item.End, $"'?' takes an optional value, not {type}.");
        }

        return CelType.Dyn;
    }

    private void Report(CelSeverity severity, int start, int end, string message, string? suggestion = null)
    {
        if (environment.ChecksTypes)
        {
            _diagnostics.Add(CelDiagnostic.At(severity, source, start, end, message, suggestion));
        }
    }

    private FaultNode Fault(Syntax syntax, int start, int end, string message, string? suggestion = null, params Node[] children)
    {
        Report(CelSeverity.Error, start, end, message, suggestion);
        return new FaultNode(syntax.Start, syntax.End, message, children);
    }
}
