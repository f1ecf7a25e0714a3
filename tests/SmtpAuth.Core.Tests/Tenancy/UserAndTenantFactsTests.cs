using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class UserAndTenantFactsTests
{
    // answer, its content, fact    =>    value or reason
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { AnswerNames.User, """{ "error": { "code": "Request_ResourceNotFound", "message": "Resource 'printer@contoso.com' does not exist." } }""", "user.exists", "false" },
        { AnswerNames.User, """{ "error": { "code": "Request_ResourceNotFound", "message": "Resource 'nobody@contoso.com' does not exist." } }""", "user.exists", "nobody@contoso.com" },
        { AnswerNames.User, """{ "error": { "code": "Authorization_RequestDenied", "message": "Insufficient privileges" } }""", "user.exists", "Authorization_RequestDenied" },
        { AnswerNames.User, """{ "userPrincipalName": "printer@contoso.com", "accountEnabled": false }""", "user.accountEnabled", "false" },
        { AnswerNames.User, """{ "userPrincipalName": "printer@contoso.com" }""", "user.accountEnabled", "not asked for" },
        { AnswerNames.User, """{ "userPrincipalName": "printer@contoso.com", "onPremisesSyncEnabled": true }""", "user.onPremisesSyncEnabled", "true" },
        { AnswerNames.User, """{ "userPrincipalName": "printer@contoso.com" }""", "user.onPremisesSyncEnabled", "not asked for" },
        { AnswerNames.User, """{ "userPrincipalName": "printer@contoso.com", "assignedPlans": [] }""", "user.hasExchangeLicense", "false" },
        { AnswerNames.User, Plans("113feb6c-3fe4-4440-bddc-54d774bf0318", "Enabled"), "user.hasExchangeLicense", "false" },       // EXCHANGE_S_FOUNDATION is no mailbox
        { AnswerNames.User, Plans("efb87545-963c-4e0d-99df-69c6916d9eb0", "Warning"), "user.hasExchangeLicense", "true" },
        { AnswerNames.User, Plans("efb87545-963c-4e0d-99df-69c6916d9eb0", "Deleted"), "user.hasExchangeLicense", "false" },
        { AnswerNames.User, Plans("12345678-aaaa-4bbb-8ccc-000000000000", "Enabled"), "user.hasExchangeLicense", "not known whether the service plan" },
        { AnswerNames.UserAuthenticationRequirements, """{ "perUserMfaState": "Enforced" }""", "user.perUserMfaState", "'enforced'" },
        { AnswerNames.UserAuthenticationRequirements, """{ "perUserMfaState": "unknownFutureValue" }""", "user.perUserMfaState", "was not understood" },
        { AnswerNames.UserAuthenticationRequirements, """{ "@odata.context": "https://x/$metadata#users('99999999-aaaa-4bbb-8ccc-000000000009')/authentication", "perUserMfaState": "disabled" }""", "user.perUserMfaState", "is about the user 99999999" },
        { AnswerNames.Domains, """{ "value": [ { "id": "CONTOSO.COM", "authenticationType": "federated" } ] }""", "user.domainAuthenticationType", "'Federated'" },
        { AnswerNames.SecurityDefaults, """{ "value": [ { "isEnabled": true } ] }""", "tenant.securityDefaults.enabled", "true" },
        { AnswerNames.SecurityDefaults, """{ "isEnabled": null }""", "tenant.securityDefaults.enabled", "says nothing" },
        { AnswerNames.SecurityDefaults, """[ { "isEnabled": true }, { "isEnabled": false } ]""", "tenant.securityDefaults.enabled", "exactly one object and holds 2" },
        { AnswerNames.Organization, """{ "createdDateTime": "/Date(1569841612000)/" }""", "tenant.createdAt", "09/30/2019 11:06:52 +00:00" },
        { AnswerNames.Organization, """{ "createdDateTime": { "value": "/Date(1569841612000)/", "DisplayHint": 2, "DateTime": "Monday" } }""", "tenant.createdAt", "09/30/2019 11:06:52 +00:00" },
        { AnswerNames.Organization, """{ "createdDateTime": "/Date(99999999999999999)/" }""", "tenant.createdAt", "was not understood" },
        { AnswerNames.SubscribedSkus, Sku("Enabled", 5, "41781fb2-bc02-4b7c-bd55-b576c07bb09d", "Success"), "tenant.hasEntraIdP1", "true" },
        { AnswerNames.SubscribedSkus, Sku("Warning", 5, "eec0eb4f-6444-4f95-aba0-50c24d67f998", "Success"), "tenant.hasEntraIdP1", "true" },
        { AnswerNames.SubscribedSkus, Sku("Suspended", 5, "41781fb2-bc02-4b7c-bd55-b576c07bb09d", "Success"), "tenant.hasEntraIdP1", "false" },
        { AnswerNames.SubscribedSkus, Sku("Enabled", 0, "41781fb2-bc02-4b7c-bd55-b576c07bb09d", "Success"), "tenant.hasEntraIdP1", "false" },
        { AnswerNames.SubscribedSkus, Sku("Enabled", 5, "41781fb2-bc02-4b7c-bd55-b576c07bb09d", "Disabled"), "tenant.hasEntraIdP1", "false" },
        { AnswerNames.SubscribedSkus, Sku("Enabled", 5, "c4da7f8a-5ee2-4c99-a7e1-87d2df57f6fe", "Success"), "tenant.hasEntraIdP1", "false" },
        { AnswerNames.SubscribedSkus, """{ "value": [], "@odata.nextLink": "https://contoso.example/next" }""", "tenant.hasEntraIdP1", "Only the first page" },
        { AnswerNames.TransportConfig, """{ "SmtpClientAuthenticationDisabled": null }""", "organization.smtpClientAuthenticationDisabled", "says nothing" },
        { AnswerNames.TransportConfig, """{ "SmtpClientAuthenticationDisabled": "False" }""", "organization.smtpClientAuthenticationDisabled", "false" },
        { AnswerNames.TransportConfig, """{ "AllowLegacyTLSClients": true }""", "organization.allowLegacyTlsClients", "true" },
        { AnswerNames.AcceptedDomain, """{ "value": [ { "DomainName": "Contoso.com" } ], "@adminapi.warnings": [ "cut" ] }""", "organization.acceptedDomains", "['contoso.com', ?exchange/Get-AcceptedDomain]" },
        { AnswerNames.SignIns, """{ "value": [] }""", "signIn.errorCode", "null" },
        { AnswerNames.SignIns, SignIns("SMTP", 50126), "signIn.errorCode", "50126" },
        { AnswerNames.SignIns, SignIns("Other clients", 53003), "signIn.errorCode", "may or may not be SMTP" },
        { AnswerNames.SignIns, SignIns("Browser", 53003), "signIn.errorCode", "null" },
        { AnswerNames.SignIns, """{ "error": { "code": "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "message": "no premium license" } }""", "signIn.errorCode", "no premium license" },
        { AnswerNames.SignIns, $$"""{ "value": [ {{SignIn("2026-11-20", 1)}}, {{SignIn("2026-11-22", 2)}}, {{SignIn("2026-11-21", 3)}} ] }""", "signIn.errorCode", "2" },
        { AnswerNames.SignIns, $$"""{ "value": [ {{SignIn("2026-11-22", 2)}}, {{SignIn("2026-11-21", 3)}} ], "@odata.nextLink": "https://contoso.example/next" }""", "signIn.errorCode", "2" },
        { AnswerNames.SignIns, $$"""{ "value": [ {{SignIn("2026-11-20", 1)}}, {{SignIn("2026-11-22", 2)}} ], "@odata.nextLink": "https://contoso.example/next" }""", "signIn.errorCode", "Only the first page" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Answers_are_read_as_the_services_write_them(string answer, string content, string name, string expected)
    {
        var fact = Some.State(Some.Answers().With(answer, content))[name];

        (fact.IsKnown ? FactText.Of(fact.Value) : fact.Reason).Should().Contain(expected);
    }

    [Fact]
    public void A_federated_domain_matters_only_to_those_who_may_be_in_it()
    {
        var mixed = """{ "value": [ { "id": "contoso.com", "authenticationType": "Managed" }, { "id": "corp.contoso.com", "authenticationType": "Federated" } ] }""";
        var nameless = Some.Answers().Without(AnswerNames.User).Without(AnswerNames.ExchangeUser).Without(AnswerNames.Mailbox)
            .Without(AnswerNames.Organization).Without(AnswerNames.AcceptedDomain);

        Some.State(Some.Answers().With(AnswerNames.Domains, mixed))["user.domainAuthenticationType"].Value.Should().Be("Managed");
        Some.State(nameless.With(AnswerNames.Domains, mixed))["user.domainAuthenticationType"].IsKnown.Should().BeFalse();
        Some.State(nameless)["user.domainAuthenticationType"].Value.Should().Be("Managed", "every domain is managed");
        Some.State(nameless.With(AnswerNames.Domains, """{ "value": [ { "id": "contoso.com", "authenticationType": "Managed" } ], "@odata.nextLink": "https://contoso.example/next" }"""))
            ["user.domainAuthenticationType"].IsKnown.Should().BeFalse("a domain on the next page may be federated");
    }

    [Fact]
    public void Sign_ins_of_a_user_whose_names_are_not_known_are_not_none()
    {
        var renamed = Some.Answers().With(AnswerNames.SignIns, """[ { "createdDateTime": "2026-11-22T08:00:00Z", "userPrincipalName": "p.rinter@contoso.com", "clientAppUsed": "SMTP", "status": { "errorCode": 53003 } } ]""")
            .Without(AnswerNames.ExchangeUser).Without(AnswerNames.Mailbox).Without(AnswerNames.CasMailbox);

        Some.State(renamed.Without(AnswerNames.User))["signIn.errorCode"].Reason.Should().Contain("cannot be told");
        Some.State(renamed.With(AnswerNames.User, """{ "mail": "printer@contoso.com", "userPrincipalName": "P.Rinter@contoso.com" }"""))["signIn.errorCode"].Value.Should().Be(53003L);
    }

    [Fact]
    public void What_nobody_has_published_stays_unknown() =>
        Some.State()["tenant.basicAuthReenabled"].Reason.Should().Contain("has not published");

    [Fact]
    public void A_fact_carries_where_and_when_it_was_read()
    {
        var fact = Some.State()["user.accountEnabled"];

        (fact.Source, fact.ReadAt).Should().Be((AnswerNames.User, Some.Now));
    }

    [Fact]
    public void What_was_told_about_the_client_is_known()
    {
        var state = Some.State(submission: new Submission { Mailbox = "Printer@contoso.com" });

        state["client.from"].Value.Should().Be("printer@contoso.com");
        state["client.ipAddress"].Value.Should().BeNull();
        state["client.route"].Value.Should().Be("basic");
        state["now"].Value.Should().Be(Some.Now);
    }

    [Fact]
    public void A_state_given_fact_by_fact_leaves_the_rest_unknown()
    {
        var state = TenantState.Of(Fact.Known("mailbox.exists", true, "test", null));

        state["mailbox.exists"].Value.Should().Be(true);
        state["user.exists"].IsKnown.Should().BeFalse();
        state.TryGet("no.such", out _).Should().BeFalse();
        FluentActions.Invoking(() => state["no.such"]).Should().Throw<KeyNotFoundException>().WithMessage("*no.such*");
    }

    private static string Plans(string id, string status) =>
        $$"""{ "userPrincipalName": "printer@contoso.com", "assignedPlans": [ { "servicePlanId": "{{id}}", "capabilityStatus": "{{status}}", "service": "exchange" } ] }""";

    private static string Sku(string status, int units, string plan, string provisioning) =>
        $$"""[ { "capabilityStatus": "{{status}}", "prepaidUnits": { "enabled": {{units}} }, "servicePlans": [ { "servicePlanId": "{{plan}}", "provisioningStatus": "{{provisioning}}" } ] } ]""";

    private static string SignIns(string client, int code) =>
        $$"""{ "value": [ { "createdDateTime": "2026-11-22T08:00:00Z", "userPrincipalName": "printer@contoso.com", "clientAppUsed": "{{client}}", "status": { "errorCode": {{code}} } } ] }""";

    private static string SignIn(string day, int code) =>
        $$"""{ "createdDateTime": "{{day}}T08:00:00Z", "userPrincipalName": "printer@contoso.com", "clientAppUsed": "SMTP", "status": { "errorCode": {{code}} } }""";
}
