using SmtpAuth.Diagnoses;
using SmtpAuth.Planning;
using SmtpAuth.Replies;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests;

/// <summary>Answers of a tenant with single settings changed, and short ways to diagnose and plan on them.</summary>
internal static class SomeTenant
{
    private static readonly Lazy<Diagnoser> LazyDiagnoser = new(() => new Diagnoser());

    public static Submission Printer { get; } = new() { Mailbox = Some.Mailbox, IpAddress = Some.OfficeAddress };

    public static TenantAnswers WithMailboxSwitch(this TenantAnswers answers, string value) => answers.With(
        AnswerNames.CasMailbox,
        $$"""
        { "Identity": "printer", "PrimarySmtpAddress": "{{Some.Mailbox}}", "ExternalDirectoryObjectId": "{{Some.UserId}}",
          "EmailAddresses": [ "SMTP:{{Some.Mailbox}}" ], "SmtpClientAuthenticationDisabled": {{value}} }
        """);

    public static TenantAnswers WithOrganizationSwitch(this TenantAnswers answers, string value) => answers.With(
        AnswerNames.TransportConfig, $$"""{ "SmtpClientAuthenticationDisabled": {{value}}, "AllowLegacyTLSClients": null }""");

    public static TenantAnswers WithSecurityDefaults(this TenantAnswers answers, bool enabled) => answers.With(
        AnswerNames.SecurityDefaults, $$"""{ "isEnabled": {{(enabled ? "true" : "false")}} }""");

    public static TenantAnswers WithMfa(this TenantAnswers answers, string state) => answers.With(
        AnswerNames.UserAuthenticationRequirements, $$"""{ "perUserMfaState": "{{state}}" }""");

    public static TenantAnswers WithPolicies(this TenantAnswers answers, params string[] policies) => answers.With(
        AnswerNames.ConditionalAccessPolicies, $$"""{ "value": [ {{string.Join(", ", policies)}} ] }""");

    public static TenantAnswers WithAuthenticationPolicy(this TenantAnswers answers, string? name) => answers.With(
        AnswerNames.ExchangeUser,
        $$"""
        { "Identity": "printer", "UserPrincipalName": "{{Some.Mailbox}}", "ExternalDirectoryObjectId": "{{Some.UserId}}",
          "RecipientTypeDetails": "UserMailbox", "AuthenticationPolicy": {{(name is null ? "null" : $"\"{name}\"")}} }
        """);

    public static TenantAnswers WithAccount(this TenantAnswers answers, bool enabled) => answers.With(
        AnswerNames.User,
        $$"""
        { "id": "{{Some.UserId}}", "userPrincipalName": "{{Some.Mailbox}}", "mail": "{{Some.Mailbox}}", "accountEnabled": {{(enabled ? "true" : "false")}},
          "userType": "Member", "onPremisesSyncEnabled": null, "proxyAddresses": [ "SMTP:{{Some.Mailbox}}" ],
          "assignedPlans": [ { "capabilityStatus": "Enabled", "service": "exchange", "servicePlanId": "efb87545-963c-4e0d-99df-69c6916d9eb0" } ] }
        """);

    public static SmtpReply Reply(string text) => SmtpReplyParser.Parse(text);

    public static Diagnosis Diagnose(TenantAnswers answers, string? error = null, Submission? submission = null, DateTimeOffset? asOf = null) =>
        LazyDiagnoser.Value.Diagnose(error is null ? null : Reply(error), TenantState.From(answers, submission ?? Printer, asOf ?? Some.Now));

    public static RemediationPlan Plan(TenantAnswers answers, string? error = null, Submission? submission = null, PlannerOptions? options = null)
    {
        var state = TenantState.From(answers, submission ?? Printer, Some.Now);
        return new Planner().Plan(LazyDiagnoser.Value.Diagnose(error is null ? null : Reply(error), state), state, answers, options);
    }

    public static Gate[] Closed(this Diagnosis diagnosis) =>
        [.. diagnosis.Gates.Where(gate => gate.Status == GateStatus.Closed).Select(gate => gate.Gate)];

    public static GateVerdict At(this Diagnosis diagnosis, Gate gate) => diagnosis.Gates.Single(verdict => verdict.Gate == gate);
}
