namespace SmtpAuth.Planning;

/// <summary>Chooses one remedy for each rule so that all steps together cost least.</summary>
internal static class CheapestCombination
{
    // Beyond this, remedies are chosen one rule after the other; a pack that gets here has an unusual number of them.
    private const int MostCombinations = 4096;

    public static IReadOnlyList<StepDraft> Of(IReadOnlyList<IReadOnlyList<IReadOnlyList<StepDraft>>> rules)
    {
        var candidates = new List<IReadOnlyList<StepDraft>> { Array.Empty<StepDraft>() };
        foreach (var options in rules)
        {
            var extended = candidates.SelectMany(chosen => options.Select(option => Join(chosen, option))).OrderBy(Cost).ThenBy(Scope)
                .ThenBy(steps => steps.Count).ThenBy(Name, StringComparer.Ordinal);
            candidates = [.. extended.Take(MostCombinations)];
        }

        return candidates[0];
    }

    private static IReadOnlyList<StepDraft> Join(IReadOnlyList<StepDraft> chosen, IReadOnlyList<StepDraft> option) =>
        [.. chosen, .. option.Where(draft => chosen.All(other => other.Key != draft.Key))];

    private static int Cost(IReadOnlyList<StepDraft> steps) => steps.Sum(draft => draft.Operation.SecurityCost);

    private static StepScope Scope(IReadOnlyList<StepDraft> steps) => steps.Select(draft => draft.Step.Scope).DefaultIfEmpty(StepScope.Client).Max();

    private static string Name(IReadOnlyList<StepDraft> steps) => string.Join(" ", steps.Select(draft => draft.Key));
}
