using System.Text.Json;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

/// <summary>
/// Real shapes of answers. The collection of them is not part of this repository: it is looked for where SMTPAUTH_FIXTURES
/// says, else beside the repository; without it the one invented page below is all that is read.
/// </summary>
public sealed class ServiceFixturesTests
{
    private const string Invented = """
        { "@adminapi.warnings": [], "value": [ { "Guid@data.type": "System.Guid", "PrimarySmtpAddress": "copier01@contoso.com",
          "SmtpClientAuthenticationDisabled": "False", "SmtpClientAuthenticationDisabled@data.type": "System.Boolean" } ] }
        """;

    // Of a user about whom nothing else was read: the first policy excludes a user and a group, the third is report-only.
    private const string Policies =
        "[{id: '4f2d8c60-b7e1-4a95-8d3c-0e6a9f5b2174', displayName: 'Block legacy authentication', state: 'enabled', refusesPassword: true, "
        + "blocks: true, includesSender: ?user.id, includesExchange: true, includesLegacyClients: true, includesModernClients: false, conditionsMatch: true}, "
        + "{id: '9c3e7a15-d062-4b8f-a4c9-71f5e8d0b236', displayName: 'Require MFA for all users', state: 'enabled', refusesPassword: true, "
        + "blocks: false, includesSender: ?user.id, includesExchange: true, includesLegacyClients: true, includesModernClients: true, conditionsMatch: true}, "
        + "{id: 'e80b6d2f-1a94-4c57-b3e0-5d7f2c9a8146', displayName: 'Report only: block other clients outside the office', "
        + "state: 'enabledForReportingButNotEnforced', refusesPassword: true, blocks: true, includesSender: true, includesExchange: true, "
        + "includesLegacyClients: true, includesModernClients: false, conditionsMatch: ?graph/namedLocations}, "
        + "{id: '16d5f9b3-c8e2-4706-9ab4-e3c1d7f0a528', displayName: 'Old policy (off)', state: 'disabled', refusesPassword: true, "
        + "blocks: false, includesSender: ?user.userType, includesExchange: true, includesLegacyClients: false, includesModernClients: true, conditionsMatch: true}]";

    // answer, fixture, mailbox, fact    =>    value
    private static readonly (string Answer, string Fixture, string Mailbox, string Name, string Expected)[] Rows =
    [
        (AnswerNames.CasMailbox, "exo-get-casmailbox-list", "copier01@contoso.com", "mailbox.smtpClientAuthenticationDisabled", "false"),
        (AnswerNames.CasMailbox, "exo-get-casmailbox-list", "billing@contoso.com", "mailbox.smtpClientAuthenticationDisabled", "true"),
        (AnswerNames.CasMailbox, "exo-get-casmailbox-one", "alex@contoso.com", "mailbox.smtpClientAuthenticationDisabled", "null"),
        (AnswerNames.CasMailbox, "exo-get-casmailbox-one", "copier01@contoso.com", "mailbox.smtpClientAuthenticationDisabled", "unknown"),
        (AnswerNames.CasMailbox, "exo-get-casmailbox-string-booleans", "copier01@contoso.com", "mailbox.smtpClientAuthenticationDisabled", "false"),
        (AnswerNames.CasMailbox, "exo-get-casmailbox-truncated", "alex@contoso.com", "mailbox.smtpClientAuthenticationDisabled", "unknown"),
        (AnswerNames.CasMailbox, "exo-get-casmailbox-truncated", "alex@contoso.com", "mailbox.exists", "unknown"),
        (AnswerNames.CasMailbox, "exo-error-400-not-found", "nobody@contoso.com", "mailbox.exists", "false"),
        (AnswerNames.CasMailbox, "exo-error-404-not-found", "nobody@contoso.com", "mailbox.exists", "false"),
        (AnswerNames.CasMailbox, "exo-error-404-not-found", "alex@contoso.com", "mailbox.exists", "unknown"),
        (AnswerNames.CasMailbox, "exo-error-200-embedded", "alex@contoso.com", "mailbox.exists", "unknown"),
        (AnswerNames.CasMailbox, "exo-error-401-not-allowed", "alex@contoso.com", "mailbox.exists", "unknown"),
        (AnswerNames.CasMailbox, "exo-error-429", "alex@contoso.com", "mailbox.exists", "unknown"),
        (AnswerNames.TransportConfig, "exo-get-transportconfig", "alex@contoso.com", "organization.smtpClientAuthenticationDisabled", "true"),
        (AnswerNames.TransportConfig, "exo-get-transportconfig", "alex@contoso.com", "organization.allowLegacyTlsClients", "unknown"),
        (AnswerNames.OrganizationConfig, "exo-get-organizationconfig", "alex@contoso.com", "organization.defaultAuthenticationPolicy", "'Block Basic Auth'"),
        (AnswerNames.ExchangeUser, "exo-get-user", "copier01@contoso.com", "authenticationPolicy.name", "'Allow Basic SMTP'"),
        (AnswerNames.Mailbox, "exo-get-mailbox", "billing@contoso.com", "mailbox.recipientTypeDetails", "'SharedMailbox'"),
        (AnswerNames.Mailbox, "exo-get-mailbox", "billing@contoso.com", "user.id", "'58e0b3c6-9f1d-4a72-b8e4-d6a7c2f50913'"),
        (AnswerNames.RecipientPermission, "exo-get-recipientpermission", "billing@contoso.com", "mailbox.sendAsTrustees", "['NT AUTHORITY\\SELF', 'copier01@contoso.com']"),
        (AnswerNames.AcceptedDomain, "exo-get-accepteddomain", "alex@contoso.com", "organization.acceptedDomains", "['contoso.com', 'corp.contoso.com', 'contoso.onmicrosoft.com']"),
        (AnswerNames.User, "graph-user-get-select", "copier01@contoso.com", "user.hasExchangeLicense", "true"),
        (AnswerNames.User, "graph-user-get-select", "copier01@contoso.com", "user.onPremisesSyncEnabled", "null"),
        (AnswerNames.User, "graph-user-get-shared-mailbox", "billing@contoso.com", "user.hasExchangeLicense", "false"),
        (AnswerNames.User, "graph-user-get-shared-mailbox", "billing@contoso.com", "user.accountEnabled", "false"),
        (AnswerNames.User, "graph-user-error-404", "nobody@contoso.com", "user.exists", "false"),
        (AnswerNames.User, "graph-error-403-insufficient-privileges", "nobody@contoso.com", "user.exists", "unknown"),
        (AnswerNames.UserAuthenticationRequirements, "graph-beta-authentication-requirements-get", "alex@contoso.com", "user.perUserMfaState", "'enforced'"),
        (AnswerNames.SecurityDefaults, "graph-security-defaults-get", "alex@contoso.com", "tenant.securityDefaults.enabled", "true"),
        (AnswerNames.SubscribedSkus, "graph-subscribed-skus", "alex@contoso.com", "tenant.hasEntraIdP1", "true"),
        (AnswerNames.Organization, "graph-organization", "alex@contoso.com", "tenant.id", "'6f1c2b9e-3d47-4a58-9b0c-5e2d7f8a1c34'"),
        (AnswerNames.SignIns, "graph-signins-smtp", "alex@contoso.com", "signIn.errorCode", "50126"),
        (AnswerNames.ConditionalAccessPolicies, "graph-ca-policies-list", "alex@contoso.com", "tenant.conditionalAccess.policies", Policies),
        (AnswerNames.SignIns, "graph-signins-smtp", "copier01@contoso.com", "signIn.errorCode", "0"),
        (AnswerNames.SignIns, "graph-signins-error-403-no-premium", "alex@contoso.com", "signIn.errorCode", "unknown"),
        (AnswerNames.ServicePrincipal, "exo-get-serviceprincipal", "billing@contoso.com", "app.servicePrincipalId", "'91b4d7e0-a2c5-4f68-93d1-7e0b5c8a2f46'"),
    ];

    public static TheoryData<string, string, string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string, string, string>
            {
                { AnswerNames.CasMailbox, Invented, "copier01@contoso.com", "mailbox.smtpClientAuthenticationDisabled", "false" },
            };
            if (Folder() is { } folder)
            {
                foreach (var (answer, fixture, mailbox, name, expected) in Rows)
                {
                    cases.Add(answer, Body(folder, fixture), mailbox, name, expected);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Answers_of_the_services_are_read(string answer, string body, string mailbox, string name, string expected)
    {
        var submission = new Submission { Mailbox = mailbox, AppId = new Guid("e2a6c4b8-15d9-4370-8e5b-c3f7d1a90246") };
        var fact = TenantState.From(TenantAnswers.None.With(Some.Answer(answer, body)), submission, Some.Now)[name];

        (fact.IsKnown ? FactText.Of(fact.Value) : "unknown").Should().Be(expected, "{0}", fact.Reason);
    }

    private static string Body(string folder, string fixture)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, fixture + ".json")));
        return document.RootElement.GetProperty("response").GetProperty("body").GetRawText();
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("SMTPAUTH_FIXTURES") is { Length: > 0 } told)
        {
            return told;
        }

        var beside = Path.Combine(SourceTree.Root, "..", "shared", "domain", "fixtures");
        return Directory.Exists(beside) ? beside : null;
    }
}
