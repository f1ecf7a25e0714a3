using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>Which members a Conditional Access policy may have, and which words its lists may hold. Anything else is error 1007.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy"/>
internal static class ConditionalAccessSchema
{
    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        [""] = ["id", "templateId", "displayName", "createdDateTime", "modifiedDateTime", "state", "sessionControls", "conditions", "grantControls"],
        ["conditions"] =
        [
            "userRiskLevels", "signInRiskLevels", "servicePrincipalRiskLevels", "insiderRiskLevels", "clientAppTypes", "platforms",
            "locations", "devices", "clientApplications", "authenticationFlows", "applications", "users",
        ],
        ["conditions.users"] =
        [
            "includeUsers", "excludeUsers", "includeGroups", "excludeGroups", "includeRoles", "excludeRoles",
            "includeGuestsOrExternalUsers", "excludeGuestsOrExternalUsers",
        ],
        ["conditions.applications"] =
        [
            "includeApplications", "excludeApplications", "includeUserActions", "includeAuthenticationContextClassReferences",
            "applicationFilter",
        ],
        ["conditions.locations"] = ["includeLocations", "excludeLocations"],
        ["conditions.platforms"] = ["includePlatforms", "excludePlatforms"],
        ["conditions.devices"] = ["deviceFilter"],
        ["grantControls"] = ["operator", "builtInControls", "customAuthenticationFactors", "termsOfUse", "authenticationStrength"],
    };

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["state"] = ["enabled", "disabled", "enabledForReportingButNotEnforced"],
        ["conditions.clientAppTypes"] =
            ["all", "browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "easSupported", "other"],
        ["grantControls.operator"] = ["AND", "OR"],
        ["grantControls.builtInControls"] =
        [
            "block", "mfa", "compliantDevice", "domainJoinedDevice", "approvedApplication", "compliantApplication", "passwordChange",
            "riskRemediation",
        ],
    };

    public static bool Accepts(JsonObject policy, bool complete) =>
        Accepts(policy, string.Empty)
        && (!complete
            || (policy.Text("displayName") is not null
                && policy.Text("state") is not null
                && policy["conditions"] is JsonObject conditions
                && conditions["users"] is JsonObject
                && conditions["applications"] is JsonObject))
        && policy["conditions"]?["users"].Texts("includeUsers") is var users
        && !(users is { Count: > 1 } && (users.Contains("GuestsOrExternalUsers") || users.Contains("All") || users.Contains("None")));

    /// <summary>Lays a change over a policy: objects member by member, lists and plain values replaced.</summary>
    public static void Merge(JsonObject policy, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (name.Contains('@', StringComparison.Ordinal))
            {
                continue;
            }

            if (value is JsonObject inner && policy[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                policy[name] = WithoutTypes(value?.DeepClone());
            }
        }
    }

    private static JsonNode? WithoutTypes(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in members.Select(member => member.Key).Where(name => name == "@odata.type").ToList())
            {
                members.Remove(name);
            }
        }

        return node;
    }

    private static bool Accepts(JsonObject node, string path)
    {
        foreach (var (name, value) in node)
        {
            if (name.Contains('@', StringComparison.Ordinal))
            {
                continue;
            }

            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (Members.TryGetValue(path, out var known) && !known.Contains(name))
            {
                return false;
            }

            if (Words.TryGetValue(inner, out var words) && !HasOnly(value, words))
            {
                return false;
            }

            if (Members.ContainsKey(inner) && value is not (null or JsonObject))
            {
                return false;
            }

            if (value is JsonObject members && !Accepts(members, inner))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOnly(JsonNode? value, string[] words) => value switch
    {
        JsonArray items => items.All(item => Json.AsText(item) is { } text && words.Contains(text)),
        _ => Json.AsText(value) is { } text && words.Contains(text),
    };
}
