using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing;

/// <summary>Builds one Conditional Access policy. As it starts: enabled, all users, all applications, all client types, block.</summary>
public sealed class ConditionalAccessPolicyBuilder
{
    private readonly JsonObject _users = new()
    {
        ["includeUsers"] = Json.Array("All"),
        ["excludeUsers"] = new JsonArray(),
        ["includeGroups"] = new JsonArray(),
        ["excludeGroups"] = new JsonArray(),
        ["includeRoles"] = new JsonArray(),
        ["excludeRoles"] = new JsonArray(),
        ["includeGuestsOrExternalUsers"] = null,
        ["excludeGuestsOrExternalUsers"] = null,
    };

    private readonly JsonObject _applications = new()
    {
        ["includeApplications"] = Json.Array("All"),
        ["excludeApplications"] = new JsonArray(),
        ["includeUserActions"] = new JsonArray(),
        ["includeAuthenticationContextClassReferences"] = new JsonArray(),
        ["applicationFilter"] = null,
    };

    private string _displayName = "Block everything";
    private string _state = "enabled";
    private string? _id;
    private IReadOnlyList<string> _clientAppTypes = ["all"];
    private IReadOnlyList<string> _controls = ["block"];
    private string _operator = "OR";
    private JsonNode? _locations;

    /// <summary>Names the policy.</summary>
    /// <param name="displayName">The display name; unless <see cref="Id"/> is called, the policy's id is derived from it.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder DisplayName(string displayName)
    {
        _displayName = displayName;
        return this;
    }

    /// <summary>Sets the id.</summary>
    /// <param name="id">A GUID.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder Id(string id)
    {
        _id = id;
        return this;
    }

    /// <summary>Sets the state.</summary>
    /// <param name="state"><c>enabled</c>, <c>disabled</c> or <c>enabledForReportingButNotEnforced</c>.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder State(string state)
    {
        _state = state;
        return this;
    }

    /// <summary>Makes it the usual policy against legacy clients: client types <c>exchangeActiveSync</c> and <c>other</c>, block.</summary>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder BlockLegacyAuthentication()
    {
        _displayName = "Block legacy authentication";
        _clientAppTypes = ["exchangeActiveSync", "other"];
        _controls = ["block"];
        return this;
    }

    /// <summary>Makes it the usual policy that asks everyone for multifactor authentication, whatever the client.</summary>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder RequireMfa()
    {
        _displayName = "Require MFA for all users";
        _clientAppTypes = ["all"];
        _controls = ["mfa"];
        return this;
    }

    /// <summary>Sets the client types.</summary>
    /// <param name="types">Such as <c>all</c>, <c>other</c>, <c>browser</c>.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder ClientAppTypes(params IReadOnlyList<string> types)
    {
        _clientAppTypes = types;
        return this;
    }

    /// <summary>Sets what grants access.</summary>
    /// <param name="controls">Such as <c>block</c>, <c>mfa</c>, <c>compliantDevice</c>; none for a policy with session controls only.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder GrantControls(params IReadOnlyList<string> controls)
    {
        _controls = controls;
        return this;
    }

    /// <summary>Sets how several grant controls combine.</summary>
    /// <param name="operator"><c>AND</c> or <c>OR</c>.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder Operator(string @operator)
    {
        _operator = @operator;
        return this;
    }

    /// <summary>Sets who is included.</summary>
    /// <param name="users">Object ids, user principal names (turned into ids), <c>All</c>, <c>None</c> or <c>GuestsOrExternalUsers</c>.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder IncludeUsers(params IReadOnlyList<string> users) => Users("includeUsers", users);

    /// <summary>Sets who is excluded.</summary>
    /// <param name="users">Object ids or user principal names (turned into ids).</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder ExcludeUsers(params IReadOnlyList<string> users) => Users("excludeUsers", users);

    /// <summary>Sets the included groups.</summary>
    /// <param name="groups">Group ids, or names given to the tenant builder.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder IncludeGroups(params IReadOnlyList<string> groups) => Users("includeGroups", groups);

    /// <summary>Sets the excluded groups.</summary>
    /// <param name="groups">Group ids, or names given to the tenant builder.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder ExcludeGroups(params IReadOnlyList<string> groups) => Users("excludeGroups", groups);

    /// <summary>Sets the included directory roles.</summary>
    /// <param name="roles">Role template ids or English names.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder IncludeRoles(params IReadOnlyList<string> roles) =>
        Users("includeRoles", [.. roles.Select(KnownIds.RoleTemplateId)]);

    /// <summary>Sets the excluded directory roles.</summary>
    /// <param name="roles">Role template ids or English names.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder ExcludeRoles(params IReadOnlyList<string> roles) =>
        Users("excludeRoles", [.. roles.Select(KnownIds.RoleTemplateId)]);

    /// <summary>Sets the included applications.</summary>
    /// <param name="applications">App ids, <c>All</c>, <c>Office365</c> or <c>None</c>.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder IncludeApplications(params IReadOnlyList<string> applications)
    {
        _applications["includeApplications"] = Json.Array(applications);
        return this;
    }

    /// <summary>Sets the excluded applications.</summary>
    /// <param name="applications">App ids or <c>Office365</c>.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder ExcludeApplications(params IReadOnlyList<string> applications)
    {
        _applications["excludeApplications"] = Json.Array(applications);
        return this;
    }

    /// <summary>Sets the location condition.</summary>
    /// <param name="include">Location ids, <c>All</c> or <c>AllTrusted</c>.</param>
    /// <param name="exclude">Location ids or <c>AllTrusted</c>.</param>
    /// <returns>The same builder.</returns>
    public ConditionalAccessPolicyBuilder Locations(IReadOnlyList<string> include, IReadOnlyList<string> exclude)
    {
        _locations = new JsonObject { ["includeLocations"] = Json.Array(include), ["excludeLocations"] = Json.Array(exclude) };
        return this;
    }

    internal JsonObject Build(DateTimeOffset now) => PolicyJson(
        _id ?? StableGuid.From("policy", _displayName), _displayName, _state, _clientAppTypes, _applications, _users, _locations,
        _controls, _operator, now);

    private static JsonObject PolicyJson(
        string id, string displayName, string state, IReadOnlyList<string> clientAppTypes, JsonObject applications, JsonObject users,
        JsonNode? locations, IReadOnlyList<string> controls, string @operator, DateTimeOffset now) => new()
        {
            ["id"] = id,
            ["templateId"] = null,
            ["displayName"] = displayName,
            ["createdDateTime"] = Times.Precise(now),
            ["modifiedDateTime"] = null,
            ["state"] = state,
            ["sessionControls"] = null,
            ["conditions"] = new JsonObject
            {
                ["userRiskLevels"] = new JsonArray(),
                ["signInRiskLevels"] = new JsonArray(),
                ["servicePrincipalRiskLevels"] = new JsonArray(),
                ["insiderRiskLevels"] = null,
                ["clientAppTypes"] = Json.Array(clientAppTypes),
                ["platforms"] = null,
                ["locations"] = locations?.DeepClone(),
                ["devices"] = null,
                ["clientApplications"] = null,
                ["authenticationFlows"] = null,
                ["applications"] = applications.DeepClone(),
                ["users"] = users.DeepClone(),
            },
            ["grantControls"] = controls.Count == 0 ? null : new JsonObject
            {
                ["operator"] = @operator,
                ["builtInControls"] = Json.Array(controls),
                ["customAuthenticationFactors"] = new JsonArray(),
                ["termsOfUse"] = new JsonArray(),
                ["authenticationStrength"] = null,
            },
        };

    private ConditionalAccessPolicyBuilder Users(string member, IReadOnlyList<string> values)
    {
        _users[member] = Json.Array(values);
        return this;
    }
}
