using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class MailboxFactsTests
{
    private const string Cas = AnswerNames.CasMailbox;

    // The answer of Get-CASMailbox    =>    what is known, or the reason why nothing is
    public static TheoryData<string, string> Switches => new()
    {
        { """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": true }""", "true" },
        { """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": false }""", "false" },
        { """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": null }""", "null" },
        { """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": "" }""", "null" },          // a blank column is null
        { """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": "False" }""", "false" },
        { """{ "PrimarySmtpAddress": "printer@contoso.com", "smtpclientauthenticationdisabled": "TRUE" }""", "true" },
        { """{ "PrimarySmtpAddress": "printer@contoso.com" }""", "It was not asked for" },
        { """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled@data.type": "System.Boolean" }""", "It was not asked for" },
        { """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": 7 }""", "was not understood: found 7" },
        { """[ { "PrimarySmtpAddress": "PRINTER@CONTOSO.COM", "SmtpClientAuthenticationDisabled": true } ]""", "true" },
        { """{ "value": [ { "PrimarySmtpAddress": "other@contoso.com", "SmtpClientAuthenticationDisabled": true }, { "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": false } ] }""", "false" },
        { """{ "value": [ { "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": false } ], "Count": 1 }""", "false" },
        { """{ "PrimarySmtpAddress": "main@contoso.com", "EmailAddresses": [ "SMTP:main@contoso.com", "smtp:Printer@contoso.com" ], "SmtpClientAuthenticationDisabled": false }""", "false" },
        { """{ "EmailAddresses": { "value": [ "SMTP:printer@contoso.com" ], "Count": 1 }, "SmtpClientAuthenticationDisabled": false }""", "false" },
        { """{ "PrimarySmtpAddress": { "Local": "printer", "Domain": "contoso.com" }, "SmtpClientAuthenticationDisabled": true }""", "true" },
        { """{ "PrimarySmtpAddress": "main@contoso.com", "EmailAddresses": "SIP:printer@contoso.com", "SmtpClientAuthenticationDisabled": false }""", "about main@contoso.com, not about printer@contoso.com" },
        { """{ "Identity": "printer", "SmtpClientAuthenticationDisabled": true }""", "true" },                               // no address, and the name fits
        { """{ "Identity": "contoso.example/Users/printer", "SmtpClientAuthenticationDisabled": true }""", "true" },
        { """{ "SmtpClientAuthenticationDisabled": true }""", "true" },                                                       // nothing speaks against it
        { """{ "Identity": "copier", "SmtpClientAuthenticationDisabled": true }""", "about copier, not about printer@contoso.com" },
        { """{ "PrimarySmtpAddress": "copier@contoso.com", "SmtpClientAuthenticationDisabled": true }""", "about copier@contoso.com, not about printer@contoso.com" },
        { """[ { "SmtpClientAuthenticationDisabled": true }, { "SmtpClientAuthenticationDisabled": false } ]""", "in none of the 2 objects" },
        { """[ { "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": true }, { "UserPrincipalName": "printer@contoso.com", "SmtpClientAuthenticationDisabled": false } ]""", "2 objects in exchange/Get-CASMailbox match" },
        { """{ "value": [ { "PrimarySmtpAddress": "copier@contoso.com" } ], "@odata.nextLink": "https://contoso.example/next" }""", "is not in the part of exchange/Get-CASMailbox that was read" },
        { "{}", "about an object without a name" },
        { "[]", "there is no printer@contoso.com" },
        { "null", "holds null where an object or a list was expected" },
        { """{ "error": { "code": "Forbidden", "message": "User is not allowed to call Get-CASMailbox" } }""", "Forbidden: User is not allowed to call Get-CASMailbox" },
        { """{ "@odata.error": { "code": "InternalServerError", "message": "An unexpected error" }, "value": [] }""", "InternalServerError: An unexpected error" },
    };

    [Theory]
    [MemberData(nameof(Switches))]
    public void The_switch_of_the_mailbox_is_read_from_its_own_object_only(string answer, string expected)
    {
        var fact = Some.State(Some.Answers().With(Cas, answer))["mailbox.smtpClientAuthenticationDisabled"];

        (fact.IsKnown ? FactText.Of(fact.Value) : fact.Reason).Should().Contain(expected);
        fact.IsKnown.Should().Be(expected is "true" or "false" or "null");
    }

    // Get-Mailbox, Get-CASMailbox    =>    does the mailbox exist?
    public static TheoryData<string?, string?, string> Existences => new()
    {
        { """{ "PrimarySmtpAddress": "printer@contoso.com" }""", null, "true" },
        { null, """{ "PrimarySmtpAddress": "printer@contoso.com" }""", "true" },
        { "[]", null, "false" },
        { """{ "value": [] }""", "[]", "false" },
        { """{ "error": { "code": "NotFound", "details": [ { "message": "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'Printer@contoso.com' couldn't be found on 'DC005'." } ] } }""", null, "false" },
        { """{ "error": { "code": "NotFound", "details": [ { "message": "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'nobody@contoso.com' couldn't be found on 'DC005'." } ] } }""", null, "unknown" },
        { """{ "PrimarySmtpAddress": "copier@contoso.com" }""", null, "unknown" },
        { "[]", """{ "PrimarySmtpAddress": "printer@contoso.com" }""", "unknown" },                                           // they disagree
        { """{ "value": [], "@adminapi.warnings": [ "By default, only the first 1000 items are returned." ] }""", null, "unknown" },
        { """{ "value": [], "Count": 3 }""", null, "unknown" },                                                               // three were found, none is shown
        { """{ "value": [], "@odata.count": 3 }""", null, "unknown" },
        { """{ "error": { "code": "Forbidden", "message": "no" } }""", null, "unknown" },
        { null, null, "unknown" },
    };

    [Theory]
    [MemberData(nameof(Existences))]
    public void A_mailbox_does_not_exist_only_where_the_service_says_so(string? mailbox, string? clientAccess, string expected)
    {
        var answers = Replace(Replace(Some.Answers(), AnswerNames.Mailbox, mailbox), Cas, clientAccess);

        var fact = Some.State(answers)["mailbox.exists"];

        (fact.IsKnown ? FactText.Of(fact.Value) : "unknown").Should().Be(expected);
    }

    [Theory]
    [InlineData("\"SharedMailbox\"", "'SharedMailbox'")]
    [InlineData("4", "'SharedMailbox'")]                                  // ConvertTo-Json writes an enumeration as its number
    [InlineData("2147483648", "'RemoteUserMailbox'")]
    [InlineData("{ \"value\": \"UserMailbox\", \"PSComputerName\": \"outlook.example\" }", "'UserMailbox'")]
    [InlineData("3", "unknown")]
    [InlineData("null", "unknown")]
    public void The_recipient_type_is_read_by_name_or_number(string type, string expected)
    {
        var answers = Some.Answers().With(AnswerNames.Mailbox, $$"""{ "PrimarySmtpAddress": "printer@contoso.com", "RecipientTypeDetails": {{type}} }""")
            .Without(AnswerNames.ExchangeUser);

        var fact = Some.State(answers)["mailbox.recipientTypeDetails"];

        (fact.IsKnown ? FactText.Of(fact.Value) : "unknown").Should().Be(expected);
    }

    [Fact]
    public void Addresses_that_were_not_asked_for_leave_the_list_open()
    {
        var answers = Some.Answers().With(AnswerNames.Mailbox, """{ "PrimarySmtpAddress": "Printer@contoso.com" }""");

        FactText.Of(Some.State(answers)["mailbox.addresses"].Value).Should().Be("['printer@contoso.com', 'scanner@contoso.com']", "another answer has the list");
        answers = answers.Without(Cas).Without(AnswerNames.User);
        FactText.Of(Some.State(answers)["mailbox.addresses"].Value).Should().Be("['printer@contoso.com', ?exchange/Get-Mailbox]");
    }

    [Fact]
    public void A_mail_user_may_be_a_high_volume_email_account_and_a_mailbox_is_none()
    {
        var mailUser = Some.Answers().With(AnswerNames.Mailbox, "[]").With(Cas, "[]")
            .With(AnswerNames.ExchangeUser, """{ "UserPrincipalName": "printer@contoso.com", "RecipientTypeDetails": "MailUser" }""");

        Some.State()["mailbox.isHighVolumeEmail"].Value.Should().Be(false);
        Some.State(mailUser)["mailbox.isHighVolumeEmail"].IsKnown.Should().BeFalse();
    }

    private static TenantAnswers Replace(TenantAnswers answers, string name, string? json) =>
        json is null ? answers.Without(name) : answers.With(name, json);
}
