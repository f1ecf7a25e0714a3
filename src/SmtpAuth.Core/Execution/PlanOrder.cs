using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>The order of a plan's steps, and which of them concern the same value.</summary>
internal static class PlanOrder
{
    /// <summary>Sorts steps so that each comes after those it depends on, otherwise in the plan's order.</summary>
    /// <returns>The steps, or <see langword="null"/> where steps wait for each other or for one that is not there.</returns>
    public static IReadOnlyList<PlanStep>? Sort(IReadOnlyList<PlanStep> steps)
    {
        var sorted = new List<PlanStep>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (sorted.Count < steps.Count)
        {
            var next = steps.FirstOrDefault(step => !done.Contains(step.Id) && step.DependsOn.All(done.Contains));
            if (next is null || !done.Add(next.Id))
            {
                return null;
            }

            sorted.Add(next);
        }

        return sorted;
    }

    /// <summary>Decides whether one observation may lie within the other.</summary>
    public static bool Overlap(Observation one, Observation other) =>
        string.Equals(one.Answer, other.Answer, StringComparison.Ordinal)
        && SameObject(one, other)
        && (Within(one.Path, other.Path) || Within(other.Path, one.Path));

    // Two keys by different properties, or a key that is not known yet, may still mean the same object.
    private static bool SameObject(Observation one, Observation other) =>
        one.Key is null
        || other.Key is null
        || !string.Equals(one.KeyProperty, other.KeyProperty, StringComparison.OrdinalIgnoreCase)
        || one.Key.Contains("${created.", StringComparison.Ordinal)
        || other.Key.Contains("${created.", StringComparison.Ordinal)
        || string.Equals(one.Key, other.Key, StringComparison.OrdinalIgnoreCase);

    private static bool Within(string? inner, string? outer) =>
        outer is null
        || string.Equals(inner, outer, StringComparison.OrdinalIgnoreCase)
        || (inner is not null && inner.StartsWith(outer + ".", StringComparison.OrdinalIgnoreCase));
}
