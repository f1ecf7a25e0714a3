using System.Collections.Concurrent;

namespace SmtpAuth.Rules.Language;

internal static class PatternFunctions
{
    private const int MaximumCached = 200;

    // Patterns that are computed rather than written; those that are written are compiled with the expression.
    private static readonly ConcurrentDictionary<string, Pattern> Cache = new(StringComparer.Ordinal);

    public static IEnumerable<Function> Make() =>
    [
        new("matches", "(string, string)->bool; .(string, string)->bool", Matches),
    ];

    public static CelValue Match(CelValue text, Pattern pattern, Evaluation evaluation)
    {
        if (text.Kind != CelKind.String)
        {
            return Functions.NoOverload("matches", text);
        }

        var outcome = pattern.IsMatch(text.StringReference, evaluation);
        return evaluation.IsExhausted ? evaluation.Exhausted() : CelValue.From(outcome);
    }

    private static CelValue Matches(ReadOnlySpan<CelValue> arguments, Evaluation evaluation)
    {
        if (arguments[0].Kind != CelKind.String || arguments[1].Kind != CelKind.String)
        {
            return Functions.NoOverload("matches", arguments[0], arguments[1]);
        }

        var text = arguments[1].StringReference;
        if (!Cache.TryGetValue(text, out var pattern))
        {
            if (!evaluation.Charge(text.Length))
            {
                return evaluation.Exhausted();
            }

            if (!Pattern.TryCompile(text, evaluation.Limits.PatternSize, out pattern, out var problem))
            {
                return CelValue.Error($"invalid pattern {CelLiteral.Quote(CelLiteral.Shorten(text))}: {problem}");
            }

            evaluation.Charge(pattern.Size);
            if (Cache.Count < MaximumCached)
            {
                Cache[text] = pattern;
            }
        }

        return Match(arguments[0], pattern, evaluation);
    }
}

// text.matches('…') with a written pattern, compiled once.
internal sealed class MatchNode(int start, int end, Function function, bool isMember, Node[] arguments, Pattern pattern) : Node(start, end)
{
    public Function Function { get; } = function;

    public bool IsMember { get; } = isMember;

    public Node[] Arguments { get; } = arguments;

    public Pattern Pattern { get; } = pattern;

    public override IReadOnlyList<Node> Children => Arguments;

    protected override CelValue Compute(Evaluation evaluation)
    {
        var text = Arguments[0].Evaluate(evaluation);
        return text.IsAbnormal ? text : PatternFunctions.Match(text, Pattern, evaluation);
    }
}
