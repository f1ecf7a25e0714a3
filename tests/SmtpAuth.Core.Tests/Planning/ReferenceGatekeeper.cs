using System.Text.Json;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Planning;

/// <summary>
/// Says at which gates a password submission of the printer is stopped, straight from the answers and as the services
/// document it: slow, obvious, and without facts, rules or packs.
/// </summary>
internal static class ReferenceGatekeeper
{
    public static Gate[] ClosedGates(TenantAnswers answers)
    {
        var closed = new List<Gate>();
        if (AllowsBasic(answers) == false)
        {
            closed.Add(Gate.AuthenticationPolicy);
        }

        var own = One(answers, AnswerNames.CasMailbox).GetProperty("SmtpClientAuthenticationDisabled");
        var off = own.ValueKind == JsonValueKind.Null
            ? One(answers, AnswerNames.TransportConfig).GetProperty("SmtpClientAuthenticationDisabled").GetBoolean()
            : own.GetBoolean();
        if (off)
        {
            closed.Add(Gate.SmtpAuthSwitch);
        }

        if (!One(answers, AnswerNames.User).GetProperty("accountEnabled").GetBoolean())
        {
            closed.Add(Gate.Account);
        }

        if (One(answers, AnswerNames.SecurityDefaults).GetProperty("isEnabled").GetBoolean())
        {
            closed.Add(Gate.SecurityDefaults);
        }

        if (All(answers, AnswerNames.ConditionalAccessPolicies).Any(Blocks))
        {
            closed.Add(Gate.ConditionalAccess);
        }

        if (One(answers, AnswerNames.UserAuthenticationRequirements).GetProperty("perUserMfaState").GetString() == "enforced")
        {
            closed.Add(Gate.PerUserMfa);
        }

        return [.. closed];
    }

    private static bool? AllowsBasic(TenantAnswers answers)
    {
        var name = One(answers, AnswerNames.ExchangeUser).GetProperty("AuthenticationPolicy").GetString()
            ?? One(answers, AnswerNames.OrganizationConfig).GetProperty("DefaultAuthenticationPolicy").GetString();
        return name is null
            ? null
            : All(answers, AnswerNames.AuthenticationPolicy).Single(policy => policy.GetProperty("Name").GetString() == name)
                .GetProperty("AllowBasicAuthSmtp").GetBoolean();
    }

    private static bool Blocks(JsonElement policy)
    {
        var conditions = policy.GetProperty("conditions");
        var users = conditions.GetProperty("users");
        var includes = Texts(users, "includeUsers");
        var isIncluded = includes.Contains("All") || includes.Contains(Some.UserId) || Texts(users, "includeGroups").Contains(Some.GroupId);
        var clients = Texts(conditions, "clientAppTypes");
        var applications = Texts(conditions.GetProperty("applications"), "includeApplications");
        return policy.GetProperty("state").GetString() == "enabled"
            && isIncluded && !Texts(users, "excludeUsers").Contains(Some.UserId)
            && (clients.Count == 0 || clients.Contains("all") || clients.Contains("other"))
            && (applications.Contains("All") || applications.Contains("00000002-0000-0ff1-ce00-000000000000"))
            && policy.GetProperty("grantControls").ValueKind == JsonValueKind.Object;
    }

    private static List<string> Texts(JsonElement target, string name) => [.. target.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private static JsonElement One(TenantAnswers answers, string name) => answers[name].Content!.Value;

    private static JsonElement.ArrayEnumerator All(TenantAnswers answers, string name)
    {
        var content = One(answers, name);
        return (content.ValueKind == JsonValueKind.Array ? content : content.GetProperty("value")).EnumerateArray();
    }
}
