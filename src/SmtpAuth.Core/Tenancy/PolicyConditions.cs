using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Whether the conditions of a Conditional Access policy hold for the client, those about who and what apart.</summary>
internal sealed class PolicyConditions(Derivation derivation)
{
    private const string Answer = AnswerNames.ConditionalAccessPolicies;

    // Nothing that can be read in advance settles these; the sign-in log tells afterwards whether a policy refused.
    private const string Afterwards = "signIn.errorCode";

    private static readonly string[] DecidedElsewhere = ["users", "applications", "clientApplications", "clientAppTypes", "additionalProperties"];

    private static readonly Dictionary<string, string> CannotBeRead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["signInRiskLevels"] = "The policy depends on the risk of the sign-in, which is known only when it happens.",
        ["userRiskLevels"] = "The policy depends on the risk of the user, which was not read.",
        ["servicePrincipalRiskLevels"] = "The policy depends on the risk of the service principal, which was not read.",
        ["insiderRiskLevels"] = "The policy depends on the insider risk of the user, which was not read.",
        ["agentIdRiskLevels"] = "The policy depends on the risk of an agent, which was not read.",
        ["devices"] = "The policy filters devices, and an SMTP client shows none.",
        ["deviceStates"] = "The policy depends on the state of the device, and an SMTP client shows none.",
        ["times"] = "The policy depends on the time of the sign-in.",
    };

    private readonly PolicyLocations _locations = new(derivation);

    public Truth Match(JsonElement conditions)
    {
        var result = Truth.Yes;
        foreach (var (name, value) in JsonMembers.Members(conditions))
        {
            if (JsonMembers.IsSet(value) && !DecidedElsewhere.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                result = result.And(name.ToLowerInvariant() switch
                {
                    "locations" => _locations.Match(value),
                    "platforms" => Platforms(value),
                    "authenticationflows" => Flows(value),
                    _ => Truth.Open(CannotBeRead.ContainsKey(name) ? Afterwards : Answer, CannotBeRead.TryGetValue(name, out var why)
                        ? why
                        : $"A condition was not understood: found {JsonMembers.OneLine(name)}."),
                });
            }
        }

        return JsonMembers.Find(conditions, "additionalProperties") is { } further && JsonMembers.IsSet(further)
            ? result.And(Truth.Open(Answer, "The policy holds conditions that were not understood."))
            : result;
    }

    // The platform is taken from what the client says about itself. "Any device" is for clients that say nothing, too; which
    // named platform Entra takes such a client for is not documented.
    private static Truth Platforms(JsonElement platforms)
    {
        return List("includePlatforms").And(List("excludePlatforms").Not());

        Truth List(string member) => Truth.Any(JsonMembers.Texts(JsonMembers.Find(platforms, member)).Select(platform =>
            string.Equals(platform, "all", StringComparison.OrdinalIgnoreCase)
                ? Truth.Yes
                : Truth.Open(Afterwards, "The policy depends on the platform of the device, and an SMTP client shows none.")));
    }

    // Device code flow and authentication transfer are ways to get a token; a password sent to the server is neither.
    private Truth Flows(JsonElement flows)
    {
        var methods = JsonMembers.Texts(JsonMembers.Find(flows, "transferMethods"));
        return methods.Count > 0 && methods.All(method => string.Equals(method, "none", StringComparison.OrdinalIgnoreCase)) ? Truth.Yes
            : derivation.Submission.Route == Route.Basic && methods.Count > 0 ? Truth.No
            : Truth.Open(Afterwards, "The policy depends on how the token was asked for.");
    }
}
