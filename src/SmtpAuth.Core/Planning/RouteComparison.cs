using SmtpAuth.Rules;

namespace SmtpAuth.Planning;

/// <summary>Sets routes side by side, the least harmful first, and says why each stands where it does.</summary>
internal sealed class RouteComparison(RulePack pack, string language)
{
    public IReadOnlyList<RouteAlternative> Of(IEnumerable<RouteDraft> drafts) =>
    [
        .. from draft in drafts
           let route = pack.FindRoute(draft.Route)
           where route is not null
           orderby draft.IsComplete && !route.IsInternalOnly descending, route.IsPlannable descending, route.SecurityCost + draft.SecurityCost, draft.Scope,
               draft.IsReversible descending, route.Until ?? DateTimeOffset.MaxValue descending, route.Effort, draft.Route
           select new RouteAlternative(draft.Route, draft.IsComplete, Why(draft, route), route.Until),
    ];

    private string Why(RouteDraft draft, RouteDefinition route)
    {
        var constraints = route.Constraints.TryGetValue(language, out var known) ? known : route.Constraints["en"];
        var first = draft.IsComplete
            ? draft.Steps.Count == 0 ? pack.Phrase("alternative-ready", language) : pack.Phrase("alternative-steps", language, draft.Steps.Count)
            : route.IsPlannable ? pack.Phrase("alternative-incomplete", language, draft.Withheld[0].Why)
            : pack.Phrase("alternative-not-planned", language);
        return string.Join(" ", [first, .. constraints]);
    }
}
