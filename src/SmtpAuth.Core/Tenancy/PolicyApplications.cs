using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Whether a Conditional Access policy is for Exchange Online, the resource of every SMTP submission.</summary>
internal static class PolicyApplications
{
    private const string Answer = AnswerNames.ConditionalAccessPolicies;
    private const string ExchangeOnline = "00000002-0000-0ff1-ce00-000000000000";

    // The names that stand for no application we care about.
    private static readonly string[] WithoutExchange = ["None", "MicrosoftAdminPortals"];
    private static readonly string[] OtherTargets = ["includeUserActions", "includeAuthenticationContextClassReferences"];

    public static Truth IncludesExchange(JsonElement conditions)
    {
        if (JsonMembers.Find(conditions, "applications") is not { ValueKind: JsonValueKind.Object } applications)
        {
            return Truth.Open(Answer, "The policy was recorded without its applications.");
        }

        var included = JsonMembers.Texts(JsonMembers.Find(applications, "includeApplications"));
        var filter = JsonMembers.Find(applications, "applicationFilter");
        var isFiltered = JsonMembers.IsSet(filter);
        if (included.Count == 0 && !isFiltered)
        {
            // Such a policy is for user actions or authentication contexts, neither of which a submission is.
            return OtherTargets.Any(name => JsonMembers.IsSet(JsonMembers.Find(applications, name)))
                ? Truth.No
                : Truth.Open(Answer, "The policy was recorded without its included applications.");
        }

        var excludesByFilter = isFiltered
            && string.Equals(JsonMembers.Text(JsonMembers.Find(filter!.Value, "mode")), "exclude", StringComparison.OrdinalIgnoreCase);
        var byFilter = isFiltered
            ? Truth.Open(Answer, "The policy filters applications by their attributes, which were not read.")
            : Truth.No;
        var include = Names(included).Or(excludesByFilter ? Truth.No : byFilter);
        var exclude = Names(JsonMembers.Texts(JsonMembers.Find(applications, "excludeApplications"))).Or(excludesByFilter ? byFilter : Truth.No);
        return include.And(exclude.Not());
    }

    private static Truth Names(IEnumerable<string?> names) => Truth.Any(names.Select(name =>
        Is(name, "All") || Is(name, "Office365") || Is(name, ExchangeOnline) ? Truth.Yes
        : Guid.TryParse(name, out _) || WithoutExchange.Any(known => Is(name, known)) ? Truth.No
        : Truth.Open(Answer, $"An application was not understood: found {JsonMembers.OneLine(name ?? "null")}.")));

    private static bool Is(string? text, string known) => string.Equals(text, known, StringComparison.OrdinalIgnoreCase);
}
