using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class ApplicationFactsTests
{
    // answer, its content, fact    =>    value or reason
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { AnswerNames.ServicePrincipal, "[]", "app.registeredInExchange", "false" },
        { AnswerNames.ServicePrincipal, "[]", "app.servicePrincipalId", "null" },
        { AnswerNames.ServicePrincipal, "[]", "app.hasFullAccess", "false" },                                   // unknown to Exchange, so without rights there
        { AnswerNames.ServicePrincipal, """{ "value": [], "@adminapi.warnings": [ "cut" ] }""", "app.registeredInExchange", "the list may be cut" },
        { AnswerNames.ServicePrincipal, """{ "AppId": "88888888-AAAA-4BBB-8CCC-000000000008", "ObjectId": "AAAA5555-aaaa-4bbb-8ccc-000000000005" }""", "app.servicePrincipalId", "'aaaa5555-aaaa-4bbb-8ccc-000000000005'" },
        { AnswerNames.MailboxPermission, Row("User", "FullAccess", false), "app.hasFullAccess", "true" },
        { AnswerNames.MailboxPermission, Row("User", "FullAccess", true), "app.hasFullAccess", "false" },        // a denial grants nothing
        { AnswerNames.MailboxPermission, Row("User", "ReadPermission", false), "app.hasFullAccess", "false" },
        { AnswerNames.MailboxPermission, """[ { "Identity": "printer", "User": "Mailer", "AccessRights": "{FullAccess}" } ]""", "app.hasFullAccess", "true" },
        { AnswerNames.MailboxPermission, """[ { "Identity": "printer", "User": "someone", "AccessRights": [ 1 ] } ]""", "app.hasFullAccess", "rights of someone were not understood" },
        { AnswerNames.MailboxPermission, """[ { "Identity": "copier@contoso.com", "User": "Mailer", "AccessRights": [ "FullAccess" ] } ]""", "app.hasFullAccess", "about copier@contoso.com" },
        { AnswerNames.MailboxPermission, "[]", "app.hasFullAccess", "holds no row" },
        { AnswerNames.RecipientPermission, Row("Trustee", "SendAs", false), "app.canSendAs", "true" },
        { AnswerNames.RecipientPermission, """[ { "Identity": "printer", "Trustee": "NT AUTHORITY\\SELF", "AccessRights": [ "SendAs" ] } ]""", "app.canSendAs", "false" },
        { AnswerNames.RecipientPermission, """[ { "Identity": "printer", "Trustee": "Alex@contoso.com", "AccessRights": [ "SendAs" ] } ]""", "mailbox.sendAsTrustees", "['alex@contoso.com']" },
        { AnswerNames.ManagementRoleAssignment, "[]", "app.hasSmtpRole", "false" },
        { AnswerNames.ManagementRoleAssignment, """[ { "Role": "Application Mail.Send", "App": "Mailer" } ]""", "app.hasSmtpRole", "false" },
        { AnswerNames.ManagementRoleAssignment, """[ { "Role": "Application SMTP.SendAsApp", "App": "Other" } ]""", "app.hasSmtpRole", "false" },
        { AnswerNames.ManagementRoleAssignment, """[ { "Role": "Application SMTP.SendAsApp", "RoleAssigneeName": "Mailer", "Enabled": false } ]""", "app.hasSmtpRole", "false" },
        { AnswerNames.ManagementRoleAssignment, """[ { "Role": "Application SMTP.SendAsApp", "RoleAssignee": "contoso.example/Mailer" } ]""", "app.hasSmtpRole", "true" },
        { AnswerNames.ManagementRoleAssignment, """[ { "Role": "Application SMTP.SendAsApp", "App": "Mailer", "CustomResourceScope": "SMTP senders" } ]""", "app.hasSmtpRole", "limited to SMTP senders" },
        { AnswerNames.ManagementRoleAssignment, """[ { "RoleName": "Application SMTP.SendAsApp", "InScope": "True" } ]""", "app.hasSmtpRole", "true" },
        { AnswerNames.ManagementRoleAssignment, """[ { "RoleName": "Application SMTP.SendAsApp", "InScope": "False" } ]""", "app.hasSmtpRole", "false" },
        { AnswerNames.ManagementRoleAssignment, """[ { "RoleName": "Application SMTP.SendAsApp", "InScope": "Not Run" } ]""", "app.hasSmtpRole", "limited to a scope" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rights_of_the_application_are_read_from_the_rows_about_it(string answer, string content, string name, string expected)
    {
        var fact = Some.State(Some.Answers().With(answer, content))[name];

        (fact.IsKnown ? FactText.Of(fact.Value) : fact.Reason).Should().Contain(expected);
    }

    [Fact]
    public void Without_an_application_id_nothing_about_it_is_known()
    {
        var state = Some.State(submission: new Submission { Mailbox = Some.Mailbox });

        state.Facts.Where(fact => fact.Name.StartsWith("app.")).Should().HaveCount(5).And.OnlyContain(fact => !fact.IsKnown);
    }

    [Fact]
    public void Rows_about_the_mailbox_say_nothing_about_another_From_address()
    {
        var submission = Some.Submission() with { From = "office@contoso.com" };

        Some.State(Some.Answers().With(AnswerNames.RecipientPermission, """[ { "Identity": "printer@contoso.com", "Trustee": "Mailer", "AccessRights": [ "SendAs" ] } ]"""), submission)
            ["app.canSendAs"].Reason.Should().Contain("about printer@contoso.com, not about office@contoso.com");
        Some.State(Some.Answers().With(AnswerNames.RecipientPermission, """[ { "Identity": "office", "Trustee": "Mailer", "AccessRights": [ "SendAs" ] } ]"""), submission)
            ["app.canSendAs"].Value.Should().Be(true);
    }

    [Fact]
    public void A_connector_says_whether_the_client_is_behind_it()
    {
        Connectors("""[ { "Name": "Relay", "SenderIPAddresses": [ "203.0.113.0-203.0.113.20" ] } ]""").Should().Contain("includesClientAddress: true");
        Connectors("""[ { "Name": "Relay", "SenderIPAddresses": [ "203.0.113.0/29" ] } ]""").Should().Contain("includesClientAddress: false");
        Connectors("""[ { "Name": "Relay", "SenderIPAddresses": [] } ]""").Should().Contain("includesClientAddress: false");
        Connectors("""[ { "Name": "Relay", "SenderIPAddresses": [ "office" ] } ]""").Should().Contain("includesClientAddress: ?exchange/Get-InboundConnector");
        Connectors("""[ { "Name": "Relay", "Enabled": "maybe" } ]""").Should().Contain("enabled: ?exchange/Get-InboundConnector").And.Contain("requireTls: ?");

        static string Connectors(string json) =>
            FactText.Of(Some.State(Some.Answers().With(AnswerNames.InboundConnector, json))["organization.inboundConnectors"].Value);
    }

    private static string Row(string holder, string right, bool deny) =>
        $$"""[ { "Identity": "printer", "{{holder}}": "{{Some.PrincipalId}}", "AccessRights": [ "{{right}}" ], "Deny": {{(deny ? "true" : "false")}} } ]""";
}
