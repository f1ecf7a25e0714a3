using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests;

/// <summary>Any valid value, for tests to vary in the one thing they are about.</summary>
internal static class Some
{
    public const string Mailbox = "printer@contoso.com";
    public const string UserId = "11111111-aaaa-4bbb-8ccc-000000000001";
    public const string TenantId = "22222222-aaaa-4bbb-8ccc-000000000002";
    public const string GroupId = "33333333-aaaa-4bbb-8ccc-000000000003";
    public const string RoleTemplateId = "44444444-aaaa-4bbb-8ccc-000000000004";
    public const string PrincipalId = "55555555-aaaa-4bbb-8ccc-000000000005";
    public const string LocationId = "66666666-aaaa-4bbb-8ccc-000000000006";
    public const string PolicyId = "77777777-aaaa-4bbb-8ccc-000000000007";
    public const string OfficeAddress = "203.0.113.10";

    public static readonly Guid AppId = new("88888888-aaaa-4bbb-8ccc-000000000008");
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static Submission Submission() => new() { Mailbox = Mailbox, AppId = AppId, IpAddress = OfficeAddress };

    /// <summary>Answers of a tenant in which the printer may submit on every route, all of them read.</summary>
    public static TenantAnswers Answers() => TenantAnswers.None.With(Texts.Select(text => Answer(text.Key, text.Value)));

    public static TenantAnswer Answer(string name, string json)
    {
        using var document = JsonDocument.Parse(json);
        return TenantAnswer.Read(name, document.RootElement, name, Now);
    }

    public static TenantAnswers With(this TenantAnswers answers, string name, string json) => answers.With(Answer(name, json));

    public static TenantAnswers Without(this TenantAnswers answers, string name) =>
        answers.With(TenantAnswer.Failed(name, "It was not recorded.", name, null));

    public static TenantState State(TenantAnswers? answers = null, Submission? submission = null) =>
        TenantState.From(answers ?? Answers(), submission ?? Submission(), Now);

    /// <summary>An enabled policy that blocks legacy clients of everyone, with the named parts replaced.</summary>
    /// <param name="change">Changes the policy.</param>
    public static string Policy(Action<JsonObject>? change = null)
    {
        var policy = (JsonObject)JsonNode.Parse(
            $$"""
            {
              "id": "{{PolicyId}}", "displayName": "Block legacy authentication", "state": "enabled", "sessionControls": null,
              "conditions": {
                "userRiskLevels": [], "signInRiskLevels": [], "servicePrincipalRiskLevels": [], "insiderRiskLevels": null,
                "clientAppTypes": ["exchangeActiveSync", "other"], "platforms": null, "locations": null, "devices": null,
                "clientApplications": null, "authenticationFlows": null,
                "applications": {
                  "includeApplications": ["All"], "excludeApplications": [], "includeUserActions": [],
                  "includeAuthenticationContextClassReferences": [], "applicationFilter": null
                },
                "users": {
                  "includeUsers": ["All"], "excludeUsers": [], "includeGroups": [], "excludeGroups": [], "includeRoles": [],
                  "excludeRoles": [], "includeGuestsOrExternalUsers": null, "excludeGuestsOrExternalUsers": null
                }
              },
              "grantControls": {
                "operator": "OR", "builtInControls": ["block"], "customAuthenticationFactors": [], "termsOfUse": [],
                "authenticationStrength": null
              }
            }
            """)!;
        change?.Invoke(policy);
        return policy.ToJsonString();
    }

    private static readonly Dictionary<string, string> Texts = new()
    {
        [AnswerNames.SecurityDefaults] = """{ "id": "00000000-0000-0000-0000-000000000005", "isEnabled": false }""",
        [AnswerNames.ConditionalAccessPolicies] = """{ "value": [] }""",
        [AnswerNames.NamedLocations] =
            $$"""
            { "value": [ { "@odata.type": "#microsoft.graph.ipNamedLocation", "id": "{{LocationId}}", "displayName": "Office",
                           "isTrusted": true, "ipRanges": [ { "cidrAddress": "203.0.113.0/24" }, { "cidrAddress": "2001:db8::/32" } ] } ] }
            """,
        [AnswerNames.User] =
            $$"""
            { "id": "{{UserId}}", "userPrincipalName": "{{Mailbox}}", "mail": "{{Mailbox}}", "accountEnabled": true, "userType": "Member",
              "onPremisesSyncEnabled": null, "proxyAddresses": [ "SMTP:{{Mailbox}}", "smtp:scanner@contoso.com" ],
              "assignedPlans": [ { "capabilityStatus": "Enabled", "service": "exchange", "servicePlanId": "efb87545-963c-4e0d-99df-69c6916d9eb0" } ] }
            """,
        [AnswerNames.UserAuthenticationRequirements] =
            $$"""
            { "@odata.context": "https://graph.microsoft.com/beta/$metadata#users('{{UserId}}')/authentication/requirements/$entity",
              "perUserMfaState": "disabled" }
            """,
        [AnswerNames.SubscribedSkus] =
            $$"""
            { "value": [ { "accountId": "{{TenantId}}", "capabilityStatus": "Enabled", "prepaidUnits": { "enabled": 5, "warning": 0 },
                           "servicePlans": [ { "servicePlanId": "41781fb2-bc02-4b7c-bd55-b576c07bb09d", "provisioningStatus": "Success" } ] } ] }
            """,
        [AnswerNames.Domains] =
            """{ "value": [ { "id": "contoso.com", "authenticationType": "Managed", "isVerified": true } ] }""",
        [AnswerNames.Organization] =
            $$"""
            { "value": [ { "id": "{{TenantId}}", "createdDateTime": "2019-09-30T11:06:52Z",
                           "verifiedDomains": [ { "name": "contoso.com", "type": "Managed" } ] } ] }
            """,
        [AnswerNames.SignIns] =
            $$"""
            { "value": [ { "createdDateTime": "2026-11-22T08:00:00Z", "userPrincipalName": "{{Mailbox}}", "userId": "{{UserId}}",
                           "clientAppUsed": "Authenticated SMTP", "status": { "errorCode": 0 } } ] }
            """,
        [AnswerNames.UserMemberOf] =
            $$"""
            { "value": [ { "@odata.type": "#microsoft.graph.group", "id": "{{GroupId}}" },
                         { "@odata.type": "#microsoft.graph.directoryRole", "id": "99999999-aaaa-4bbb-8ccc-000000000009",
                           "roleTemplateId": "{{RoleTemplateId}}" } ] }
            """,
        [AnswerNames.TransportConfig] =
            """{ "Name": "Transport Settings", "SmtpClientAuthenticationDisabled": true, "AllowLegacyTLSClients": null }""",
        [AnswerNames.OrganizationConfig] =
            """
            { "Name": "contoso.onmicrosoft.com", "DefaultAuthenticationPolicy": null, "OAuth2ClientProfileEnabled": true,
              "RejectDirectSend": false, "SendFromAliasEnabled": false }
            """,
        [AnswerNames.CasMailbox] =
            $$"""
            { "Identity": "printer", "PrimarySmtpAddress": "{{Mailbox}}", "ExternalDirectoryObjectId": "{{UserId}}",
              "EmailAddresses": [ "SMTP:{{Mailbox}}", "smtp:scanner@contoso.com" ], "SmtpClientAuthenticationDisabled": false }
            """,
        [AnswerNames.ExchangeUser] =
            $$"""
            { "Identity": "printer", "UserPrincipalName": "{{Mailbox}}", "ExternalDirectoryObjectId": "{{UserId}}",
              "RecipientTypeDetails": "UserMailbox", "AuthenticationPolicy": "Allow Basic SMTP" }
            """,
        [AnswerNames.Mailbox] =
            $$"""
            { "Identity": "printer", "Alias": "printer", "UserPrincipalName": "{{Mailbox}}", "PrimarySmtpAddress": "{{Mailbox}}",
              "EmailAddresses": [ "SMTP:{{Mailbox}}", "smtp:scanner@contoso.com" ], "ExternalDirectoryObjectId": "{{UserId}}",
              "RecipientTypeDetails": "UserMailbox" }
            """,
        [AnswerNames.AuthenticationPolicy] =
            """
            [ { "Name": "Block Basic", "Guid": "aaaaaaaa-aaaa-4bbb-8ccc-00000000000a", "AllowBasicAuthSmtp": false,
                "DistinguishedName": "CN=Block Basic,CN=Auth Policies,CN=Configuration,DC=contoso,DC=example" },
              { "Name": "Allow Basic SMTP", "Guid": "bbbbbbbb-aaaa-4bbb-8ccc-00000000000b", "AllowBasicAuthSmtp": true,
                "DistinguishedName": "CN=Allow Basic SMTP,CN=Auth Policies,CN=Configuration,DC=contoso,DC=example" } ]
            """,
        [AnswerNames.InboundConnector] =
            """
            [ { "Name": "Relay", "Enabled": true, "ConnectorType": "OnPremises", "SenderDomains": [ "smtp:*;1" ],
                "SenderIPAddresses": [ "203.0.113.10" ], "TlsSenderCertificateName": null, "RequireTls": false } ]
            """,
        [AnswerNames.AcceptedDomain] = """[ { "DomainName": "contoso.com", "AuthenticationType": "Managed" } ]""",
        [AnswerNames.ServicePrincipal] =
            $$"""[ { "Identity": "{{PrincipalId}}", "DisplayName": "Mailer", "AppId": "88888888-aaaa-4bbb-8ccc-000000000008", "ObjectId": "{{PrincipalId}}" } ]""",
        [AnswerNames.MailboxPermission] =
            $$"""
            [ { "Identity": "printer", "User": "NT AUTHORITY\\SELF", "AccessRights": [ "FullAccess", "ReadPermission" ], "Deny": false },
              { "Identity": "printer", "User": "{{PrincipalId}}", "AccessRights": [ "FullAccess" ], "Deny": false } ]
            """,
        [AnswerNames.RecipientPermission] =
            $$"""
            [ { "Identity": "printer", "Trustee": "NT AUTHORITY\\SELF", "AccessControlType": "Allow", "AccessRights": [ "SendAs" ] },
              { "Identity": "printer", "Trustee": "{{PrincipalId}}", "AccessControlType": "Allow", "AccessRights": [ "SendAs" ] } ]
            """,
        [AnswerNames.ManagementRoleAssignment] =
            $$"""[ { "Role": "Application SMTP.SendAsApp", "App": "{{PrincipalId}}", "CustomResourceScope": null, "Enabled": true } ]""",
    };
}
