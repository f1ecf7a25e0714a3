namespace SmtpAuth.Rules.Language;

internal sealed partial class Binder
{
    private static readonly Dictionary<string, Overload[]> OperatorOverloads = new Dictionary<string, string>
    {
        ["=="] = "(A, A)->bool",
        ["!="] = "(A, A)->bool",
        ["<"] = Ordered,
        ["<="] = Ordered,
        [">"] = Ordered,
        [">="] = Ordered,
        ["in"] = "(A, list(A))->bool; (A, map(A, B))->bool",
        ["+"] = "(int, int)->int; (uint, uint)->uint; (double, double)->double; (string, string)->string; (bytes, bytes)->bytes; " +
            "(list(A), list(A))->list(A); (timestamp, duration)->timestamp; (duration, timestamp)->timestamp; (duration, duration)->duration",
        ["-"] = "(int, int)->int; (uint, uint)->uint; (double, double)->double; (timestamp, timestamp)->duration; " +
            "(timestamp, duration)->timestamp; (duration, duration)->duration",
        ["*"] = "(int, int)->int; (uint, uint)->uint; (double, double)->double",
        ["/"] = "(int, int)->int; (uint, uint)->uint; (double, double)->double",
        ["%"] = "(int, int)->int; (uint, uint)->uint",
        ["!_"] = "(bool)->bool",
        ["-_"] = "(int)->int; (double)->double; (duration)->duration",
        ["[]"] = "(list(A), int)->A; (map(A, B), A)->B; (optional(list(A)), int)->optional(A); (optional(map(A, B)), A)->optional(B)",
        ["[?]"] = "(list(A), int)->optional(A); (map(A, B), A)->optional(B); (optional(list(A)), int)->optional(A); " +
            "(optional(map(A, B)), A)->optional(B)",
    }.ToDictionary(static pair => pair.Key, static pair => Overload.ParseAll(pair.Value), StringComparer.Ordinal);

    private const string Ordered = "(bool, bool)->bool; (int, int)->bool; (uint, uint)->bool; (double, double)->bool; (string, string)->bool; " +
        "(bytes, bytes)->bool; (timestamp, timestamp)->bool; (duration, duration)->bool; (int, uint)->bool; (int, double)->bool; " +
        "(uint, int)->bool; (uint, double)->bool; (double, int)->bool; (double, uint)->bool";

    private Node BindCall(CallSyntax call)
    {
        switch (call.Function)
        {
            case "_&&_" or "_||_":
                return BindLogic(call);
            case "_?_:_":
                return BindConditional(call);
            case "_[_]" or "_[?_]":
                return BindIndex(call);
            case "!_" or "-_":
                return BindUnary(call);
        }

        return Operators.TryParse(call.Function, out var @operator) ? BindBinary(call, @operator) : BindFunction(call);
    }

    private LogicNode BindLogic(CallSyntax call)
    {
        var isOr = call.Function == "_||_";
        var operands = call.Arguments.Select(Bind).ToArray();
        foreach (var operand in operands)
        {
            RequireBool(operand, isOr ? "||" : "&&");
        }

        return new LogicNode(call.Start, call.End, isOr, operands) { Type = CelType.Bool };
    }

    private ConditionalNode BindConditional(CallSyntax call)
    {
        var condition = Bind(call.Arguments[0]);
        RequireBool(condition, "?:");
        var whenTrue = Bind(call.Arguments[1]);
        var whenFalse = Bind(call.Arguments[2]);
        var type = _types.Join(whenTrue.Type, whenFalse.Type);
        if (type.IsDyn && !IsDyn(whenTrue) && !IsDyn(whenFalse))
        {
            Report(CelSeverity.Error, call.NameStart, call.End, $"no matching overload: the branches of '?:' are of types {Shown(whenTrue)} and {Shown(whenFalse)}; expected one type.");
        }

        return new ConditionalNode(call.Start, call.End, condition, whenTrue, whenFalse) { Type = type };
    }

    private bool IsDyn(Node node) => _types.Substitute(node.Type, openIsDyn: true).IsDyn;

    private void RequireBool(Node node, string @operator)
    {
        if (!_types.TryAssign([node.Type], [CelType.Bool]))
        {
            Report(CelSeverity.Error, node.Start, node.End, $"no matching overload: '{@operator}' takes bool, not {Shown(node)}.");
        }
    }

    private IndexNode BindIndex(CallSyntax call)
    {
        var operand = Bind(call.Arguments[0]);
        var index = Bind(call.Arguments[1]);
        var isOptional = call.Function == "_[?_]";
        var type = Resolve(isOptional ? "[?]" : "[]", OperatorOverloads[isOptional ? "[?]" : "[]"], [operand, index], call);
        return new IndexNode(call.Start, call.End, operand, index, isOptional) { Type = type };
    }

    private UnaryNode BindUnary(CallSyntax call)
    {
        var operand = Bind(call.Arguments[0]);
        var type = Resolve(call.Function.Substring(0, 1), OperatorOverloads[call.Function], [operand], call);
        return new UnaryNode(call.Start, call.End, call.Function == "!_", operand) { Type = type };
    }

    private BinaryNode BindBinary(CallSyntax call, BinaryOperator @operator)
    {
        var left = Bind(call.Arguments[0]);
        var right = Bind(call.Arguments[1]);
        var type = Resolve(Operators.Text(@operator), OperatorOverloads[Operators.Text(@operator)], [left, right], call);
        return new BinaryNode(call.Start, call.End, @operator, left, right) { Type = type };
    }

    private Node BindFunction(CallSyntax call)
    {
        if (call.Target is { } target && QualifiedName(target, out var isAbsolute) is { } prefix && !IsLocal(Root(target)!)
            && FindFunction($"{prefix}.{call.Function}", isAbsolute) is { } qualified)
        {
            return BindFunction(call, qualified, false, [.. call.Arguments.Select(Bind)]);
        }

        Node[] arguments = call.Target is null ? [.. call.Arguments.Select(Bind)] : [Bind(call.Target), .. call.Arguments.Select(Bind)];
        var name = call.Function.TrimStart('.');
        if (FindFunction(name, call.Function[0] == '.') is not { } function)
        {
            return Fault(call, call.NameStart, call.NameStart + name.Length, $"undeclared reference: there is no function '{name}'.", Names.Closest(name, environment.FunctionNames), arguments);
        }

        return BindFunction(call, function, call.Target is not null, arguments);
    }

    private Node BindFunction(CallSyntax call, Function function, bool isMember, Node[] arguments)
    {
        if (function.IsOfNumbers && !isMember && arguments.Length > 0)
        {
            return new CallNode(call.Start, call.End, function, false, arguments) { Type = ExtremeType(function, arguments) };
        }

        var overloads = function.Overloads.Where(o => o.IsMember == isMember && o.Parameters.Length == arguments.Length).ToArray();
        if (overloads.Length == 0)
        {
            return Fault(call, call.NameStart, call.NameStart + call.Function.Length, $"no matching overload: {Usage(function)}", null, arguments);
        }

        var type = Resolve(function.Name, overloads, arguments, call);
        return function.Name == "matches" && arguments.Length == 2 && arguments[1] is ConstantNode { Value.Kind: CelKind.String } written
            ? BindMatch(call, function, isMember, arguments, written)
            : new CallNode(call.Start, call.End, function, isMember, arguments) { Type = type };
    }

    private Node BindMatch(CallSyntax call, Function function, bool isMember, Node[] arguments, ConstantNode written)
    {
        if (Pattern.TryCompile(written.Value.StringReference, environment.Limits.PatternSize, out var pattern, out var problem))
        {
            return new MatchNode(call.Start, call.End, function, isMember, arguments, pattern) { Type = CelType.Bool };
        }

        var fault = Fault(call, written.Start, written.End, $"The pattern is not valid RE2 syntax: {problem}.", null, arguments);
        fault.Type = CelType.Bool;
        return fault;
    }

    private CelType ExtremeType(Function function, Node[] arguments)
    {
        CelType? result = null;
        foreach (var argument in arguments)
        {
            var type = _types.Substitute(argument.Type, openIsDyn: true);
            type = arguments.Length == 1 && type.Kind == CelTypeKind.List ? type.Parameters[0] : type;
            if (type.Kind is not (CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double or CelTypeKind.Dyn))
            {
                Report(CelSeverity.Error, argument.Start, argument.End, $"no matching overload: '{function.Name}' takes numbers or one list of numbers, not {type}.");
            }

            result = result is null || result.Equals(type) ? type : CelType.Dyn;
        }

        return result!;
    }

    private static string Usage(Function function) =>
        function.IsOfNumbers ? $"'{function.Name}' is used as {function.Name}(1, 2)." : $"'{function.Name}' is used as {string.Join(" or ", function.Overloads.Select(o => Signature(function.Name, o)).Distinct().Take(3))}.";

    private static string Signature(string name, Overload overload) => overload.IsMember
        ? $"{overload.Parameters[0]}.{name}({string.Join(", ", overload.Parameters.Skip(1))})"
        : $"{name}({string.Join(", ", (object[])overload.Parameters)})";

    private Function? FindFunction(string name, bool isAbsolute) =>
        environment.Candidates(name, isAbsolute).Select(environment.FindFunction).FirstOrDefault(static f => f is not null);

    private CelType Resolve(string name, Overload[] overloads, Node[] arguments, CallSyntax call)
    {
        CelType? result = null;
        CelType[] actual = [.. arguments.Select(static a => a.Type)];
        CelType[]? only = null;
        foreach (var overload in overloads)
        {
            var renamed = overload.IsGeneric ? new Dictionary<string, CelType>(StringComparer.Ordinal) : null;
            var formal = renamed is null ? overload.Parameters : _types.Freshen(overload.Parameters, renamed);
            if (_types.TryAssign(actual, formal))
            {
                var type = renamed is null ? overload.Result : _types.Substitute(_types.Freshen(overload.Result, renamed), openIsDyn: false);
                only = result is null ? formal : null;
                result = result is null || result.Equals(type) ? type : CelType.Dyn;
                _types.Undo();
            }
        }

        // Where several fit, none of them says what the placeholders among the arguments are.
        if (only is not null)
        {
            _ = _types.TryAssign(actual, only);
        }

        if (result is not null)
        {
            return result;
        }

        Report(CelSeverity.Error, call.NameStart, Math.Max(call.NameStart + 1, call.End), Mismatch(name, overloads, arguments));
        return overloads.Select(static o => o.Result).Distinct().Take(2).Count() == 1 && overloads[0].Result.Kind != CelTypeKind.Parameter
            ? overloads[0].Result
            : CelType.Dyn;
    }

    private string Mismatch(string name, Overload[] overloads, Node[] arguments)
    {
        if (name is "==" or "!=")
        {
            return $"no matching overload: '{name}' compares {Shown(arguments[0])} with {Shown(arguments[1])}, which are never equal.";
        }

        var accepted = string.Join(" or ", overloads.Select(o => $"({string.Join(", ", (object[])o.Parameters)})").Take(4));
        return $"no matching overload: '{name}' does not take ({string.Join(", ", arguments.Select(Shown))}); it takes {accepted}.";
    }

    private string Shown(Node node) => _types.Substitute(node.Type, openIsDyn: true).ToString();
}
