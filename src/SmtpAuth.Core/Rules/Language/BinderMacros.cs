namespace SmtpAuth.Rules.Language;

internal sealed partial class Binder
{
    private ComprehensionNode BindComprehension(ComprehensionSyntax syntax)
    {
        var range = Bind(syntax.Range);
        var (first, second) = ElementTypes(syntax, range);
        var variable = Declare(syntax.Variable.Name, first);
        var other = syntax.Second is null ? null : Declare(syntax.Second.Name, second);
        var filter = syntax.Filter is null ? null : Bind(syntax.Filter);
        var body = Bind(syntax.Body);
        Forget(syntax.Second is null ? 1 : 2);

        if (filter is not null)
        {
            RequireBool(filter, "a filter");
        }

        return new ComprehensionNode(syntax.Start, syntax.End, syntax.Kind, range, variable, other, filter, body)
        {
            Type = ComprehensionType(syntax.Kind, first, body),
        };
    }

    private CelType ComprehensionType(ComprehensionKind kind, CelType first, Node body)
    {
        switch (kind)
        {
            case ComprehensionKind.Map or ComprehensionKind.TransformList:
                return CelType.List(body.Type);
            case ComprehensionKind.TransformMap:
                return CelType.Map(first, body.Type);
            case ComprehensionKind.TransformMapEntry:
                var type = _types.Substitute(body.Type, openIsDyn: true);
                if (type.Kind is not (CelTypeKind.Map or CelTypeKind.Dyn))
                {
                    Report(CelSeverity.Error, body.Start, body.End, $"transformMapEntry takes an expression that makes a map, not {type}.");
                }

                return type.Kind == CelTypeKind.Map ? type : CelType.AnyMap;
            case ComprehensionKind.Filter:
                RequireBool(body, "filter");
                return CelType.List(first);
            default:
                RequireBool(body, kind == ComprehensionKind.All ? "all" : "exists");
                return CelType.Bool;
        }
    }

    // One variable runs over elements or keys; two over index and element, or key and value.
    private (CelType First, CelType Second) ElementTypes(ComprehensionSyntax syntax, Node range)
    {
        var isPair = syntax.Second is not null;
        var type = _types.Substitute(range.Type, openIsDyn: false);
        switch (type.Kind)
        {
            case CelTypeKind.List:
                return isPair ? (CelType.Int, type.Parameters[0]) : (type.Parameters[0], CelType.Dyn);
            case CelTypeKind.Map:
                return (type.Parameters[0], type.Parameters[1]);
            case CelTypeKind.Dyn or CelTypeKind.Parameter:
                return (CelType.Dyn, CelType.Dyn);
            default:
                Report(CelSeverity.Error, range.Start, range.End, $"A value of type {type} has no elements to range over; expected a list or a map.");
                return (CelType.Dyn, CelType.Dyn);
        }
    }

    private BindNode BindBind(BindSyntax syntax)
    {
        var value = Bind(syntax.Value);
        var variable = Declare(syntax.Variable, value.Type);
        var body = Bind(syntax.Body);
        Forget(1);
        return new BindNode(syntax.Start, syntax.End, variable, value, body) { Type = body.Type };
    }

    private OptionalMapNode BindOptionalMap(OptionalMapSyntax syntax)
    {
        var target = Bind(syntax.Target);
        var type = _types.Substitute(target.Type, openIsDyn: false);
        if (!type.IsOptional && type.Kind is not (CelTypeKind.Dyn or CelTypeKind.Parameter))
        {
            Report(CelSeverity.Error, target.Start, target.End, $"optMap takes an optional value, not {type}.");
        }

        var variable = Declare(syntax.Variable, type.IsOptional ? type.Parameters[0] : CelType.Dyn);
        var body = Bind(syntax.Body);
        Forget(1);
        return new OptionalMapNode(syntax.Start, syntax.End, variable, target, body, syntax.IsFlat)
        {
            Type = syntax.IsFlat ? body.Type : CelType.Optional(body.Type),
        };
    }
}
