using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>Plans for the small tenant.</summary>
internal static class SomePlan
{
    public static RemediationPlan With(params PlanStep[] steps) => new()
    {
        Submission = new Submission { Mailbox = SmallTenant.Mailbox },
        Route = Route.Basic,
        Complete = true,
        Steps = steps,
        Withheld = [],
        Alternatives = [],
        CreatedAt = SkippingTime.Start,
        Expires = SkippingTime.Start.AddDays(1),
        PackVersion = "2026.11",
    };

    /// <summary>Opens the mailbox's own switch.</summary>
    public static PlanStep MailboxSwitch(string id = "s1", bool? before = null, bool? after = false) => Step(
        id,
        "set-mailbox-switch",
        new() { Answer = AnswerNames.CasMailbox, Path = "SmtpClientAuthenticationDisabled" },
        before,
        after,
        new StepAction.Cmdlet("Set-CASMailbox", new() { ["Identity"] = SmallTenant.Mailbox, ["SmtpClientAuthenticationDisabled"] = after }),
        new StepAction.Cmdlet("Set-CASMailbox", new() { ["Identity"] = SmallTenant.Mailbox, ["SmtpClientAuthenticationDisabled"] = before }));

    public static PlanStep OrganizationSwitch(string id = "s2") => Step(
        id,
        "set-organization-switch",
        new() { Answer = AnswerNames.TransportConfig, Path = "SmtpClientAuthenticationDisabled" },
        true,
        false,
        new StepAction.Cmdlet("Set-TransportConfig", new() { ["SmtpClientAuthenticationDisabled"] = false }),
        new StepAction.Cmdlet("Set-TransportConfig", new() { ["SmtpClientAuthenticationDisabled"] = true })) with
    {
        Scope = StepScope.Organization,
    };

    public static PlanStep SecurityDefaultsOff(string id = "s3") => Step(
        id,
        "disable-security-defaults",
        new() { Answer = AnswerNames.SecurityDefaults, Path = "isEnabled" },
        true,
        false,
        Patch("/policies/identitySecurityDefaultsEnforcementPolicy", new() { ["isEnabled"] = false }),
        Patch("/policies/identitySecurityDefaultsEnforcementPolicy", new() { ["isEnabled"] = true })) with
    {
        Scope = StepScope.Organization,
        Risk = "security-defaults-off",
        SecurityCost = 80,
    };

    public static PlanStep PerUserMfaOff(string id = "s4") => Step(
        id,
        "disable-per-user-mfa",
        new() { Answer = AnswerNames.UserAuthenticationRequirements, Path = "perUserMfaState" },
        "enforced",
        "disabled",
        Patch("/users/printer/authentication/requirements", new() { ["perUserMfaState"] = "disabled" }),
        Patch("/users/printer/authentication/requirements", new() { ["perUserMfaState"] = "enforced" }));

    /// <summary>Creates a policy report-only.</summary>
    public static PlanStep CreatePolicy(string id = "s5", string name = "Block legacy except printer") => Step(
        id,
        "create-policy",
        new() { Answer = AnswerNames.ConditionalAccessPolicies, KeyProperty = "displayName", Key = name },
        null,
        new JsonObject { ["displayName"] = name, ["state"] = "enabledForReportingButNotEnforced" },
        new StepAction.GraphRequest(
            "POST",
            "v1.0",
            "/identity/conditionalAccess/policies",
            new JsonObject { ["displayName"] = name, ["state"] = "enabledForReportingButNotEnforced" }),
        new StepAction.GraphRequest("DELETE", "v1.0", $"/identity/conditionalAccess/policies/${{created.{id}.id}}", null));

    /// <summary>Switches the policy on that another step creates.</summary>
    public static PlanStep EnablePolicy(string id = "s6", string created = "s5") => Step(
        id,
        "enable-policy",
        new() { Answer = AnswerNames.ConditionalAccessPolicies, KeyProperty = "id", Key = $"${{created.{created}.id}}", Path = "state" },
        "enabledForReportingButNotEnforced",
        "enabled",
        Patch($"/identity/conditionalAccess/policies/${{created.{created}.id}}", new() { ["state"] = "enabled" }),
        Patch($"/identity/conditionalAccess/policies/${{created.{created}.id}}", new() { ["state"] = "enabledForReportingButNotEnforced" })) with
    {
        DependsOn = [created],
    };

    public static PlanStep Step(
        string id, string operation, Observation observes, JsonNode? before, JsonNode? after, StepAction action, StepAction? undo) => new()
        {
            Id = id,
            Operation = operation,
            Target = operation,
            Observes = observes,
            Before = before,
            After = after,
            Action = action,
            Undo = undo,
            Scope = StepScope.Mailbox,
            SecurityCost = 10,
            Permissions = ["Some.Permission"],
            Roles = ["Some Role"],
            PropagationTypical = TimeSpan.FromMinutes(1),
            PropagationMaximum = TimeSpan.FromHours(1),
            Summary = new Dictionary<string, string> { ["en"] = operation, ["ro"] = operation },
            Portal = new Dictionary<string, IReadOnlyList<string>> { ["en"] = ["Click.", "Save."] },
            PowerShell = "Set-Something",
        };

    private static StepAction.GraphRequest Patch(string path, JsonObject body) => new("PATCH", "v1.0", path, body);
}
