using System.Linq.Expressions;

namespace SmtpAuth.Benchmarks;

/// <summary>
/// What a person would write: one <c>if</c> after the other, in the order of the policy. Written as expression trees, which
/// the JIT sees as it would see the same C#, so that it exists for any number of rules.
/// </summary>
internal static class Chain
{
    private const int RulesPerMethod = 200;

    public static Action<FactSet, bool[]>[] Compile(Condition[][] policy) =>
        [.. Enumerable.Range(0, (policy.Length + RulesPerMethod - 1) / RulesPerMethod)
            .Select(part => CompilePart(policy, part * RulesPerMethod, Math.Min(policy.Length, (part + 1) * RulesPerMethod)))];

    private static Action<FactSet, bool[]> CompilePart(Condition[][] policy, int first, int end)
    {
        var facts = Expression.Parameter(typeof(FactSet), "f");
        var results = Expression.Parameter(typeof(bool[]), "results");
        var statements = Enumerable.Range(first, end - first).Select(i => (Expression)Expression.Assign(
            Expression.ArrayAccess(results, Expression.Constant(i)),
            policy[i].Select(condition => Write(condition, facts)).Aggregate(Expression.AndAlso)));
        return Expression.Lambda<Action<FactSet, bool[]>>(Expression.Block(statements), facts, results).Compile();
    }

    private static Expression Write(Condition condition, ParameterExpression facts)
    {
        var left = Expression.Property(facts, condition.Property);
        var right = Expression.Constant(condition.Value, left.Type);
        return condition.Operator switch
        {
            "is" => condition.Value is true ? left : Expression.Not(left),
            "==" => Expression.Equal(left, right),
            "!=" => Expression.NotEqual(left, right),
            ">" => Expression.GreaterThan(left, right),
            ">=" => Expression.GreaterThanOrEqual(left, right),
            "<" => Expression.LessThan(left, right),
            "contains" => Expression.Call(left, nameof(string.Contains), null, right, Expression.Constant(StringComparison.Ordinal)),
            _ => throw new NotSupportedException(condition.Operator),
        };
    }
}
