using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>
/// The Conditional Access policies, each reduced to the questions that decide about an SMTP client: does it include this
/// sender, Exchange Online and this kind of client, do its conditions hold, and what does it demand?
/// </summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy">conditionalAccessPolicy, as of 2026-11</seealso>
internal static class ConditionalAccessFacts
{
    private const string Answer = AnswerNames.ConditionalAccessPolicies;

    private static readonly string[] States = ["enabled", "disabled", "enabledForReportingButNotEnforced"];
    private static readonly string[] ClientApps = ["browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "easSupported", "other", "all"];

    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        var users = new PolicyUsers(derivation);
        var conditions = new PolicyConditions(derivation);
        yield return derivation.Fact(
            "tenant.conditionalAccess.policies",
            Answer,
            OrganizationFacts.All(derivation, Answer, policy => Policy(policy, users, conditions)));
    }

    private static Dictionary<string, object?> Policy(JsonElement policy, PolicyUsers users, PolicyConditions conditions)
    {
        var grants = JsonMembers.Find(policy, "grantControls");
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = JsonMembers.Text(JsonMembers.Find(policy, "id")),
            ["displayName"] = JsonMembers.Text(JsonMembers.Find(policy, "displayName")),
            ["state"] = State(JsonMembers.Find(policy, "state")),
            ["refusesPassword"] = PolicyGrants.RefusesPassword(grants).ToValue(),
            ["blocks"] = PolicyGrants.Blocks(grants).ToValue(),
        };

        var condition = JsonMembers.Find(policy, "conditions");
        var isReadable = condition is { ValueKind: JsonValueKind.Object };
        var missing = Truth.Open(Answer, condition is { } odd
            ? PropertyReading.NotUnderstood("conditions", odd)
            : "The policy was recorded without its conditions.");
        values["includesSender"] = (isReadable ? users.IncludesSender(condition!.Value) : missing).ToValue();
        values["includesExchange"] = (isReadable ? PolicyApplications.IncludesExchange(condition!.Value) : missing).ToValue();
        values["includesLegacyClients"] = (isReadable ? Includes(condition!.Value, "other") : missing).ToValue();
        values["includesModernClients"] = (isReadable ? Includes(condition!.Value, "mobileAppsAndDesktopClients") : missing).ToValue();
        values["conditionsMatch"] = (isReadable ? conditions.Match(condition!.Value) : missing).ToValue();
        return values;
    }

    private static object State(JsonElement? state) =>
        Array.Find(States, known => string.Equals(known, JsonMembers.Text(state), StringComparison.OrdinalIgnoreCase))
        ?? (object)new Unread(Answer, state is { } odd && JsonMembers.IsSet(odd)
            ? PropertyReading.NotUnderstood("state", odd)
            : "The policy was recorded without its state.");

    // A policy without a client app condition is for every client, those of legacy protocols included.
    private static Truth Includes(JsonElement conditions, string client)
    {
        var listed = JsonMembers.Texts(JsonMembers.Find(conditions, "clientAppTypes"));
        if (listed.Count == 0 || listed.Any(type => Is(type, client) || Is(type, "all")))
        {
            return Truth.Yes;
        }

        return listed.FirstOrDefault(type => !Array.Exists(ClientApps, known => Is(type, known))) is { } odd
            ? Truth.Open(Answer, $"A client app type was not understood: found {JsonMembers.OneLine(odd)}.")
            : listed.Contains(null) ? Truth.Open(Answer, "A client app type was not understood: found null.") : Truth.No;
    }

    private static bool Is(string? text, string known) => string.Equals(text, known, StringComparison.OrdinalIgnoreCase);
}
