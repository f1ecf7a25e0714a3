namespace SmtpAuth.Rules.Language;

// The functions of the language, by name. Each body decides by the kinds of its arguments, as types may be dyn.
internal static class Functions
{
    private static readonly Dictionary<string, Function> All = Index(
        CoreFunctions.Make(), TimeFunctions.Make(), PatternFunctions.Make(), OptionalFunctions.Make(), MathFunctions.Make(), StringFunctions.Make());

    public static IEnumerable<string> Names => All.Keys;

    public static Function? Find(string name) => All.TryGetValue(name, out var function) ? function : null;

    public static CelValue NoOverload(string function, params CelValue[] arguments)
    {
        var kinds = arguments.Select(static a => a.IsAbnormal ? a.Kind.ToString() : CelLiteral.KindName(a));
        return CelValue.Error($"no such overload: '{function}' does not take ({string.Join(", ", kinds)})");
    }

    private static Dictionary<string, Function> Index(params IEnumerable<Function>[] groups)
    {
        var result = new Dictionary<string, Function>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            foreach (var function in group)
            {
                result.Add(function.Name, function);
            }
        }

        return result;
    }
}
