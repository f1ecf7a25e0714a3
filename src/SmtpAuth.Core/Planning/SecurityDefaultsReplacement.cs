using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Lets Conditional Access take the place of security defaults in a plan that switches those off.</summary>
/// <remarks>
/// <para>
/// Two policies except the given users and nobody else: multifactor authentication for everybody, and no legacy clients. The
/// services allow no enabled policy beside security defaults, so the policies are created report-only, security defaults are
/// switched off, and then the policies are switched on; undo goes the same way back. Takes Entra ID P1.
/// </para>
/// <para>
/// The order is that of https://learn.microsoft.com/entra/fundamentals/security-defaults, as of 2026-11. Thread-safe.
/// </para>
/// </remarks>
public static class SecurityDefaultsReplacement
{
    private const string Policies = "/identity/conditionalAccess/policies";
    private const string Risk = "conditional-access-exclusion";
    private const string ReportOnly = "enabledForReportingButNotEnforced";
    private const string Enabled = "enabled";

    private static readonly Policy[] Replacing =
    [
        new("Require multifactor authentication except for SMTP senders", ["all"], "mfa"),
        new("Block legacy authentication except for SMTP senders", ["exchangeActiveSync", "other"], "block"),
    ];

    /// <summary>Adds the policies to a plan.</summary>
    /// <param name="plan">A plan with one step that switches security defaults off. Its hash changes, so approvals of it do not hold.</param>
    /// <param name="excludedUserIds">
    /// The object ids, GUIDs, of the users that the policies except: the sender, and accounts for emergencies.
    /// </param>
    /// <returns>The plan with two steps before that step and two after it.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">
    /// No user is given, or one by something else than an id; the plan does not switch security defaults off; or the risk
    /// <c>conditional-access-exclusion</c> was not accepted for it.
    /// </exception>
    public static RemediationPlan AddTo(RemediationPlan plan, IReadOnlyCollection<string> excludedUserIds)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(excludedUserIds);
        if (excludedUserIds.Count == 0 || excludedUserIds.Any(id => !Guid.TryParse(id, out _)))
        {
            throw new ArgumentException("Expected the object id, a GUID, of at least one user to except.", nameof(excludedUserIds));
        }

        if (plan.Steps.SingleOrDefault(SwitchesOff) is not { } switchingOff)
        {
            throw new ArgumentException("The plan has no step that switches security defaults off; nothing needs to take their place.", nameof(plan));
        }

        if (!plan.AcceptedRisks.Contains(Risk))
        {
            throw new ArgumentException($"The policies except users, so the risk {Risk} has to be accepted for the plan.", nameof(plan));
        }

        var ids = FreeIds(plan).Take(2 * Replacing.Length).ToList();
        var creating = Replacing.Select((policy, index) => Create(ids[index], policy, excludedUserIds)).ToList();
        var enabling = Replacing.Select((policy, index) => Enable(ids[Replacing.Length + index], policy, ids[index], switchingOff.Id)).ToList();
        return plan with
        {
            Steps =
            [
                .. plan.Steps.TakeWhile(step => step != switchingOff),
                .. creating,
                switchingOff with { DependsOn = [.. switchingOff.DependsOn, .. creating.Select(step => step.Id)] },
                .. enabling,
                .. plan.Steps.SkipWhile(step => step != switchingOff).Skip(1),
            ],
        };
    }

    private static bool SwitchesOff(PlanStep step) => step.Observes.Answer == AnswerNames.SecurityDefaults
        && step.After is JsonValue after && after.TryGetValue<bool>(out var isEnabled) && !isEnabled;

    private static IEnumerable<string> FreeIds(RemediationPlan plan)
    {
        var taken = new HashSet<string>(plan.Steps.Select(step => step.Id), StringComparer.Ordinal);
        return Enumerable.Range(plan.Steps.Count + 1, int.MaxValue - plan.Steps.Count).Select(number => $"s{number}").Where(id => !taken.Contains(id));
    }

    private static PlanStep Create(string id, Policy policy, IReadOnlyCollection<string> excluded)
    {
        var body = new JsonObject
        {
            ["displayName"] = policy.Name,
            ["state"] = ReportOnly,
            ["conditions"] = new JsonObject
            {
                ["clientAppTypes"] = Texts(policy.Clients),
                ["applications"] = new JsonObject { ["includeApplications"] = Texts(["All"]) },
                ["users"] = new JsonObject { ["includeUsers"] = Texts(["All"]), ["excludeUsers"] = Texts(excluded) },
            },
            ["grantControls"] = new JsonObject { ["operator"] = "OR", ["builtInControls"] = Texts([policy.Control]) },
        };
        return Step(id, policy) with
        {
            Operation = "create-conditional-access-policy",
            Observes = new() { Answer = AnswerNames.ConditionalAccessPolicies, KeyProperty = "displayName", Key = policy.Name },
            After = body,
            Action = new StepAction.GraphRequest("POST", "v1.0", Policies, body.DeepClone()),
            Undo = new StepAction.GraphRequest("DELETE", "v1.0", Created(id), null),
            Summary = Words(
                $"Create the Conditional Access policy \"{policy.Name}\", report-only for now.",
                $"Creează politica de acces condiționat „{policy.Name}”, deocamdată numai pentru raportare."),
            Portal = Lines(
                [
                    "Open the Microsoft Entra admin center, then Protection > Conditional Access > Policies > New policy.",
                    $"Name it \"{policy.Name}\", include all users and all resources, and exclude the sender and the accounts for emergencies.",
                    "Set Enable policy to Report-only and choose Create.",
                ],
                [
                    "Deschideți centrul de administrare Microsoft Entra, apoi Protecție > Acces condiționat > Politici > Politică nouă.",
                    $"Numiți-o „{policy.Name}”, includeți toți utilizatorii și toate resursele și excludeți expeditorul și conturile de urgență.",
                    "Setați Activare politică pe Numai raportare și alegeți Creare.",
                ]),
            PowerShell = $"New-MgIdentityConditionalAccessPolicy -BodyParameter {PowerShellLiteral.Of(body)}",
        };
    }

    private static PlanStep Enable(string id, Policy policy, string created, string switchingOff) => Step(id, policy) with
    {
        Operation = "enable-conditional-access-policy",
        Observes = new()
        {
            Answer = AnswerNames.ConditionalAccessPolicies,
            KeyProperty = "id",
            Key = $"${{created.{created}.id}}",
            Path = "state",
        },
        Before = ReportOnly,
        After = Enabled,
        Action = new StepAction.GraphRequest("PATCH", "v1.0", Created(created), new JsonObject { ["state"] = Enabled }),
        Undo = new StepAction.GraphRequest("PATCH", "v1.0", Created(created), new JsonObject { ["state"] = ReportOnly }),
        DependsOn = [created, switchingOff],
        Summary = Words(
            $"Switch the Conditional Access policy \"{policy.Name}\" on.", $"Activează politica de acces condiționat „{policy.Name}”."),
        Portal = Lines(
            [
                "Open the Microsoft Entra admin center, then Protection > Conditional Access > Policies.",
                $"Choose \"{policy.Name}\", set Enable policy to On, and choose Save.",
            ],
            [
                "Deschideți centrul de administrare Microsoft Entra, apoi Protecție > Acces condiționat > Politici.",
                $"Alegeți „{policy.Name}”, setați Activare politică pe Activat și alegeți Salvare.",
            ]),
        PowerShell =
            $"$policy = Get-MgIdentityConditionalAccessPolicy -Filter {PowerShellLiteral.Quote($"displayName eq '{policy.Name}'")}\n"
            + $"Update-MgIdentityConditionalAccessPolicy -ConditionalAccessPolicyId $policy.Id -State {Enabled}",
    };

    // What the two kinds of step have in common.
    private static PlanStep Step(string id, Policy policy) => new()
    {
        Id = id,
        Operation = string.Empty,
        Target = policy.Name,
        Observes = new() { Answer = AnswerNames.ConditionalAccessPolicies },
        Action = new StepAction.Manual(),
        Risk = Risk,
        Scope = StepScope.Organization,
        SecurityCost = 0,
        Permissions = ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Application.Read.All"],
        Roles = ["Conditional Access Administrator", "Security Administrator"],
        Requires = ["tenant.hasEntraIdP1"],
        PropagationTypical = TimeSpan.FromHours(1),
        PropagationMaximum = TimeSpan.FromDays(1),
        Summary = Words(string.Empty, string.Empty),
        Portal = Lines([], []),
        PowerShell = string.Empty,
    };

    private static string Created(string id) => $"{Policies}/${{created.{id}.id}}";

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)JsonValue.Create(text)!)];

    private static Dictionary<string, string> Words(string english, string romanian) =>
        new(StringComparer.Ordinal) { ["en"] = english, ["ro"] = romanian };

    private static Dictionary<string, IReadOnlyList<string>> Lines(IReadOnlyList<string> english, IReadOnlyList<string> romanian) =>
        new(StringComparer.Ordinal) { ["en"] = english, ["ro"] = romanian };

    private sealed record Policy(string Name, string[] Clients, string Control);
}
