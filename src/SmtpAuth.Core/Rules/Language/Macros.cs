namespace SmtpAuth.Rules.Language;

// The calls that are not calls: their arguments are names and expressions to repeat.
internal static class Macros
{
    public static Syntax? Expand(string source, Syntax? target, Token name, Syntax[] arguments, int end)
    {
        if (target is null)
        {
            return name.Text == "has" && arguments.Length == 1 ? Presence(source, name, arguments[0], end) : null;
        }

        if (target is IdentifierSyntax { Name: "cel" } && ExpandCel(source, target.Start, name.Text, arguments, end) is { } expanded)
        {
            return expanded;
        }

        return (name.Text, arguments.Length) switch
        {
            ("all", 2) => One(ComprehensionKind.All),
            ("exists", 2) => One(ComprehensionKind.Exists),
            ("exists_one" or "existsOne", 2) => One(ComprehensionKind.ExistsOne),
            ("filter", 2) => One(ComprehensionKind.Filter),
            ("map", 2) => One(ComprehensionKind.Map),
            ("map", 3) => Make(ComprehensionKind.Map, arguments[0], null, arguments[1], arguments[2]),
            ("all", 3) => Two(ComprehensionKind.All),
            ("exists", 3) => Two(ComprehensionKind.Exists),
            ("existsOne" or "exists_one", 3) => Two(ComprehensionKind.ExistsOne),
            ("transformList", 3 or 4) => Transform(ComprehensionKind.TransformList),
            ("transformMap", 3 or 4) => Transform(ComprehensionKind.TransformMap),
            ("transformMapEntry", 3 or 4) => Transform(ComprehensionKind.TransformMapEntry),
            ("optMap" or "optFlatMap", 2) => new OptionalMapSyntax(
                target.OuterStart, end, target, Variable(source, arguments[0]).Name, arguments[1], name.Text == "optFlatMap"),
            _ => null,
        };

        ComprehensionSyntax One(ComprehensionKind kind) => Make(kind, arguments[0], null, null, arguments[1]);

        ComprehensionSyntax Two(ComprehensionKind kind) => Make(kind, arguments[0], arguments[1], null, arguments[2]);

        ComprehensionSyntax Transform(ComprehensionKind kind) => arguments.Length == 3
            ? Make(kind, arguments[0], arguments[1], null, arguments[2])
            : Make(kind, arguments[0], arguments[1], arguments[2], arguments[3]);

        ComprehensionSyntax Make(ComprehensionKind kind, Syntax variable, Syntax? second, Syntax? filter, Syntax body)
        {
            var first = Variable(source, variable);
            var other = second is null ? null : Variable(source, second);
            if (first.Name == other?.Name)
            {
                throw Lexer.Wrong(source, other.Start, other.End, $"The two variables of '{name.Text}' have the same name.");
            }

            return new(target.OuterStart, end, kind, target, first, other, filter, body);
        }
    }

    // cel.bind is for people; cel.block and its names are what optimizers of the language write.
    private static Syntax? ExpandCel(string source, int start, string name, Syntax[] arguments, int end)
    {
        switch (name, arguments.Length)
        {
            case ("bind", 3):
                return new BindSyntax(start, end, Variable(source, arguments[0]).Name, arguments[1], arguments[2]);
            case ("index", 1) when arguments[0] is LiteralSyntax { Value.Kind: CelKind.Int } index:
                return new IdentifierSyntax(start, end, $"@index{index.Value.Bits}", false);
            case ("iterVar" or "accuVar", 2) when arguments[0] is LiteralSyntax first && arguments[1] is LiteralSyntax second:
                return new IdentifierSyntax(start, end, $"@{name}{first.Value}:{second.Value}", false);
            case ("block", 2) when arguments[0] is ListSyntax list:
                var result = arguments[1];
                for (var i = list.Items.Length - 1; i >= 0; i--)
                {
                    result = new BindSyntax(start, end, $"@index{i}", list.Items[i], result);
                }

                return result;
            default:
                return null;
        }
    }

    private static PresenceSyntax Presence(string source, Token name, Syntax argument, int end) => argument is SelectSyntax { IsOptional: false } select
        ? new(name.Start, end, select)
        : throw Lexer.Wrong(source, argument.Start, argument.End, "has() takes a field, as in has(mailbox.address).");

    private static IdentifierSyntax Variable(string source, Syntax argument) => argument is IdentifierSyntax { IsAbsolute: false } variable
        ? variable
        : throw Lexer.Wrong(source, argument.Start, argument.End, "Expected a plain name for the variable.");
}
