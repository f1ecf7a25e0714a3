using System.Net;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Entra;

/// <summary>Conditional Access as Entra evaluates it for one sign-in. A client that can show nothing but a password fails every
/// grant control.</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/conditional-access/policy-block-authentication-legacy"/>
internal sealed class ConditionalAccessEngine(EmulatedState state)
{
    /// <summary>The Office 365 suite as Conditional Access groups it; Exchange Online belongs to it.</summary>
    private const string Office365 = "Office365";

    public IReadOnlyList<AppliedPolicy> Evaluate(JsonObject user, SignInConditions conditions, TimeSpan lag) =>
        [.. state.AsSeen(ObjectKinds.ConditionalAccessPolicies, lag).Select(policy => Evaluate(policy, user, conditions))];

    public AppliedPolicy Evaluate(JsonObject policy, JsonObject user, SignInConditions conditions)
    {
        var policyState = policy.Text("state");
        var reason = WhyNot(policy["conditions"] as JsonObject ?? [], user, conditions);
        var grant = policy["grantControls"] as JsonObject;
        var controls = ControlsOf(grant);
        var (satisfied, code) = controls.Count == 0 ? (true, 0) : (false, CodeOf(controls));
        var result = (policyState, reason == "notSet", satisfied) switch
        {
            ("enabled", true, true) => "success",
            ("enabled", true, false) => "failure",
            ("enabled", false, _) => "notApplied",
            ("enabledForReportingButNotEnforced", true, true) => "reportOnlySuccess",
            ("enabledForReportingButNotEnforced", true, false) => "reportOnlyFailure",
            ("enabledForReportingButNotEnforced", false, _) => "reportOnlyNotApplied",
            _ => "notEnabled",
        };
        return new AppliedPolicy(
            policy.Text("id") ?? string.Empty,
            policy.Text("displayName") ?? string.Empty,
            [.. controls.Select(Capitalized)],
            result,
            reason,
            result == "failure" ? code : 0);
    }

    /// <summary>Returns the groups and nested groups that a member belongs to.</summary>
    public IReadOnlySet<string> GroupsOf(string memberId)
    {
        var groups = state.All(ObjectKinds.Groups);
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Queue<string>([memberId]);
        while (pending.TryDequeue(out var current))
        {
            foreach (var group in groups.Where(group => group.Texts("members").Contains(current, StringComparer.OrdinalIgnoreCase)))
            {
                if (group.Text("id") is { } id && found.Add(id))
                {
                    pending.Enqueue(id);
                }
            }
        }

        return found;
    }

    /// <summary>Returns the ids of a group's members, those of nested groups included.</summary>
    public IReadOnlySet<string> MembersOf(string groupId)
    {
        var groups = state.All(ObjectKinds.Groups).ToDictionary(group => group.Text("id")!, StringComparer.OrdinalIgnoreCase);
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Queue<string>([groupId]);
        while (pending.TryDequeue(out var current))
        {
            foreach (var member in groups.TryGetValue(current, out var group) ? group.Texts("members").Where(found.Add) : [])
            {
                pending.Enqueue(member);
            }
        }

        return found;
    }

    public IReadOnlySet<string> RolesOf(string principalId) => state.All(ObjectKinds.RoleAssignments)
        .Where(assignment => EmulatedState.Same(assignment.Text("principalId"), principalId))
        .Select(assignment => assignment.Text("roleDefinitionId"))
        .OfType<string>()
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static List<string> ControlsOf(JsonObject? grant)
    {
        var controls = grant.Texts("builtInControls").ToList();
        controls.AddRange(grant.Texts("customAuthenticationFactors"));
        controls.AddRange(grant.Texts("termsOfUse").Select(_ => "termsOfUse"));
        if (grant?["authenticationStrength"] is JsonObject)
        {
            controls.Add("authenticationStrength");
        }

        return controls;
    }

    private static int CodeOf(List<string> controls) => controls switch
    {
        _ when controls.Contains("block") => 53003,
        _ when controls.Contains("mfa") || controls.Contains("authenticationStrength") => 50076,
        _ when controls.Contains("compliantDevice") => 53000,
        _ when controls.Contains("domainJoinedDevice") => 53001,
        _ when controls.Contains("approvedApplication") || controls.Contains("compliantApplication") => 53002,
        _ when controls.Contains("termsOfUse") => 50158,
        _ => 53003,
    };

    private static string Capitalized(string control) => control.Length == 0 ? control : char.ToUpperInvariant(control[0]) + control[1..];

    private string WhyNot(JsonObject policy, JsonObject user, SignInConditions conditions)
    {
        if (!MatchesUser(policy["users"] as JsonObject ?? [], user))
        {
            return "users";
        }

        if (policy["clientApplications"] is JsonObject workloads && workloads.Texts("includeServicePrincipals").Count > 0)
        {
            return "workloadIdentities";
        }

        if (!MatchesApplication(policy["applications"] as JsonObject ?? [], conditions.AppId))
        {
            return "application";
        }

        var clientTypes = policy.Texts("clientAppTypes");
        if (clientTypes.Count > 0 && !clientTypes.Contains("all") && !clientTypes.Contains(conditions.ClientAppType))
        {
            return "clientApps";
        }

        // A legacy client does not say what platform it runs on, so only "all" covers it.
        if (policy["platforms"] is JsonObject platforms && !platforms.Texts("includePlatforms").Contains("all"))
        {
            return "platforms";
        }

        if (policy["locations"] is JsonObject locations && !MatchesLocation(locations, conditions))
        {
            return "location";
        }

        if (!MatchesRisk(policy.Texts("signInRiskLevels"), conditions.SignInRisk))
        {
            return "signInRisk";
        }

        if (!MatchesRisk(policy.Texts("userRiskLevels"), conditions.UserRisk))
        {
            return "userRisk";
        }

        // An unregistered device has no properties: a filter that includes some devices leaves it out.
        return policy["devices"]?["deviceFilter"] is JsonObject filter && filter.Text("mode") == "include" ? "devices" : "notSet";
    }

    private static bool MatchesRisk(IReadOnlyList<string> levels, string risk) => levels.Count == 0 || levels.Contains(risk);

    private bool MatchesUser(JsonObject users, JsonObject user)
    {
        var id = user.Text("id") ?? string.Empty;
        var groups = GroupsOf(id);
        var roles = RolesOf(id);
        var isGuest = user.Text("userType") == "Guest";

        bool Names(string prefix) =>
            users.Texts(prefix + "Users").Any(name => name == "All" || EmulatedState.Same(name, id) || (name == "GuestsOrExternalUsers" && isGuest))
            || users.Texts(prefix + "Groups").Any(groups.Contains)
            || users.Texts(prefix + "Roles").Any(roles.Contains)
            || (isGuest && users[prefix + "GuestsOrExternalUsers"] is JsonObject);

        return Names("include") && !Names("exclude");
    }

    private static bool MatchesApplication(JsonObject applications, string appId)
    {
        bool Names(string member) => applications.Texts(member).Any(name =>
            name == "All" || EmulatedState.Same(name, appId) || (name == Office365 && appId == KnownIds.ExchangeAppId));

        return Names("includeApplications") && !Names("excludeApplications");
    }

    private bool MatchesLocation(JsonObject locations, SignInConditions conditions)
    {
        var known = state.All(ObjectKinds.NamedLocations).Where(location => Covers(location, conditions)).ToList();

        bool Names(string member) => locations.Texts(member).Any(name =>
            name == "All"
            || (name == "AllTrusted" && known.Exists(location => location.Flag("isTrusted") == true))
            || known.Exists(location => EmulatedState.Same(location.Text("id"), name)));

        return Names("includeLocations") && !Names("excludeLocations");
    }

    private static bool Covers(JsonObject location, SignInConditions conditions) =>
        (location["ipRanges"] is JsonArray ranges && IPAddress.TryParse(conditions.IpAddress, out var address) && ranges.Any(range =>
            range.Text("cidrAddress") is { } cidr && IPNetwork.TryParse(cidr, out var network) && network.Contains(address)))
        || location.Texts("countriesAndRegions").Contains(conditions.Country, StringComparer.OrdinalIgnoreCase);
}
