using System.Text.Json.Nodes;
using CsCheck;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Planning;

/// <summary>A tenant with random settings wherever a sender can be stopped.</summary>
/// <param name="Mailbox">The mailbox's switch: JSON <c>null</c>, <c>true</c> or <c>false</c>.</param>
/// <param name="Organization">The organization's switch.</param>
/// <param name="SecurityDefaults">Whether security defaults are on.</param>
/// <param name="Mfa">The per-user MFA state.</param>
/// <param name="UserPolicy">The user's authentication policy.</param>
/// <param name="DefaultPolicy">The organization's default authentication policy.</param>
/// <param name="Account">Whether the account may sign in.</param>
/// <param name="Policies">The Conditional Access policies.</param>
internal sealed record RandomTenant(
    string Mailbox, bool Organization, bool SecurityDefaults, string Mfa, string? UserPolicy, string? DefaultPolicy, bool Account, RandomPolicy[] Policies)
{
    public const string Blocking = "Block Basic";
    public const string Allowing = "Allow Basic SMTP";

    private static readonly Gen<string?> PolicyName = OneOf<string?>(null, null, Blocking, Allowing);

    public static Gen<RandomTenant> Any { get; } = Gen.Select(
        OneOf("null", "true", "false"), Gen.Bool, Gen.Bool, OneOf("disabled", "enabled", "enforced"),
        PolicyName, PolicyName, Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false))), RandomPolicy.Any.Array[0, 3],
        (mailbox, organization, defaults, mfa, user, standard, account, policies) =>
            new RandomTenant(mailbox, organization, defaults, mfa, user, standard, account, policies));

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    /// <summary>The names of the answers whose content this tenant varies.</summary>
    public static string[] Varied { get; } =
    [
        AnswerNames.CasMailbox, AnswerNames.TransportConfig, AnswerNames.SecurityDefaults, AnswerNames.UserAuthenticationRequirements,
        AnswerNames.ExchangeUser, AnswerNames.OrganizationConfig, AnswerNames.AuthenticationPolicy, AnswerNames.User,
        AnswerNames.ConditionalAccessPolicies, AnswerNames.UserMemberOf,
    ];

    public TenantAnswers Answers() => Some.Answers()
        .WithMailboxSwitch(Mailbox)
        .WithOrganizationSwitch(Organization ? "true" : "false")
        .WithSecurityDefaults(SecurityDefaults)
        .WithMfa(Mfa)
        .WithAuthenticationPolicy(UserPolicy)
        .With(AnswerNames.OrganizationConfig, new JsonObject { ["DefaultAuthenticationPolicy"] = DefaultPolicy }.ToJsonString())
        .WithAccount(Account)
        .WithPolicies([.. Policies.Select((policy, index) => policy.ToJson(index))]);
}

/// <summary>A Conditional Access policy with random parts.</summary>
internal sealed record RandomPolicy(string State, string Users, bool ExcludesUser, string Clients, string Application, string Grant)
{
    public static Gen<RandomPolicy> Any { get; } = Gen.Select(
        RandomTenant.OneOf("enabled", "enabled", "disabled", "enabledForReportingButNotEnforced"),
        RandomTenant.OneOf("All", "user", "group", "other"),
        Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))),
        RandomTenant.OneOf("all", "other", "browser", ""),
        RandomTenant.OneOf("All", "00000002-0000-0ff1-ce00-000000000000", "00000003-0000-0000-c000-000000000000"),
        RandomTenant.OneOf("block", "mfa", "compliantDevice", ""),
        (state, users, excludes, clients, application, grant) => new RandomPolicy(state, users, excludes, clients, application, grant));

    public string ToJson(int index) => Some.Policy(policy =>
    {
        policy["id"] = $"77777777-aaaa-4bbb-8ccc-00000000010{index}";
        policy["displayName"] = $"Policy {index}";
        policy["state"] = State;
        var conditions = policy["conditions"]!;
        conditions["clientAppTypes"] = Clients.Length == 0 ? new JsonArray() : new JsonArray(Clients);
        conditions["applications"]!["includeApplications"] = new JsonArray(Application);
        conditions["users"]!["includeUsers"] = Users switch
        {
            "All" => new JsonArray("All"),
            "user" => new JsonArray(Some.UserId),
            "other" => new JsonArray("dddddddd-aaaa-4bbb-8ccc-00000000000d"),
            _ => new JsonArray(),
        };
        conditions["users"]!["includeGroups"] = Users == "group" ? new JsonArray(Some.GroupId) : new JsonArray();
        conditions["users"]!["excludeUsers"] = ExcludesUser ? new JsonArray(Some.UserId) : new JsonArray("cccccccc-aaaa-4bbb-8ccc-00000000000c");
        policy["grantControls"] = Grant.Length == 0 ? null : new JsonObject { ["operator"] = "OR", ["builtInControls"] = new JsonArray(Grant) };
    });
}
