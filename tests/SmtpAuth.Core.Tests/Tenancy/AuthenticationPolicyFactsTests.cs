using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class AuthenticationPolicyFactsTests
{
    private const string AllowDn = "CN=Allow Basic SMTP,CN=Auth Policies,CN=Configuration,DC=contoso,DC=example";
    private const string AllowGuid = "bbbbbbbb-aaaa-4bbb-8ccc-00000000000b";
    private const string Absent = "absent";

    // user's policy, organization's default    =>    name, allows Basic SMTP
    public static TheoryData<string, string, string, string> Precedences => new()
    {
        { "\"Allow Basic SMTP\"", "\"Block Basic\"", "'Allow Basic SMTP'", "true" },     // the user's wins
        { "\"Block Basic\"", "\"Allow Basic SMTP\"", "'Block Basic'", "false" },
        { "\"block basic\"", "null", "'block basic'", "false" },                         // names are compared without case
        { $"\"{AllowDn}\"", "null", "'Allow Basic SMTP'", "true" },
        { $"\"{AllowGuid}\"", "null", "'Allow Basic SMTP'", "true" },
        { $"{{ \"DistinguishedName\": \"{AllowDn}\", \"Name\": \"Allow Basic SMTP\" }}", "null", "'Allow Basic SMTP'", "true" },
        { "null", "\"Block Basic\"", "'Block Basic'", "false" },
        { "\"\"", "\"Block Basic\"", "'Block Basic'", "false" },
        { "null", "null", "null", "null" },
        { "null", Absent, "unknown", "unknown" },
        { Absent, "\"Block Basic\"", "unknown", "unknown" },                             // the default applies only if the user has none
        { Absent, "null", "unknown", "unknown" },
        { "\"Retired policy\"", "null", "'Retired policy'", "unknown" },                 // named, and not in the list
    };

    [Theory]
    [MemberData(nameof(Precedences))]
    public void The_users_policy_wins_over_the_default_and_no_policy_is_null(string user, string organization, string name, string allows)
    {
        var answers = Some.Answers()
            .With(AnswerNames.ExchangeUser, user == Absent
                ? """{ "UserPrincipalName": "printer@contoso.com" }"""
                : $$"""{ "UserPrincipalName": "printer@contoso.com", "AuthenticationPolicy": {{user}} }""")
            .With(AnswerNames.OrganizationConfig, organization == Absent ? "{}" : $$"""{ "DefaultAuthenticationPolicy": {{organization}} }""");

        var state = Some.State(answers);

        Text(state["authenticationPolicy.name"]).Should().Be(name);
        Text(state["authenticationPolicy.allowBasicAuthSmtp"]).Should().Be(allows);
    }

    [Theory]
    [InlineData("""[ { "Name": "Allow Basic SMTP", "AllowBasicAuthSmtp": { "IsPresent": true } } ]""", "true")]
    [InlineData("""[ { "Name": "Allow Basic SMTP", "AllowBasicAuthSmtp": "False" } ]""", "false")]
    [InlineData("""[ { "Name": "Allow Basic SMTP" } ]""", "It was not asked for")]
    [InlineData("""[ { "Name": "Allow Basic SMTP", "AllowBasicAuthSmtp": null } ]""", "says nothing")]
    [InlineData("""{ "value": [], "@odata.nextLink": "https://contoso.example/next" }""", "Only the first page was recorded")]
    [InlineData("""[ { "Name": "Allow Basic SMTP", "AllowBasicAuthSmtp": true }, { "Identity": "Allow Basic SMTP", "AllowBasicAuthSmtp": false } ]""", "2 authentication policies match")]
    public void What_the_policy_says_is_read_from_the_list_of_policies(string policies, string expected)
    {
        var fact = Some.State(Some.Answers().With(AnswerNames.AuthenticationPolicy, policies))["authenticationPolicy.allowBasicAuthSmtp"];

        (fact.IsKnown ? FactText.Of(fact.Value) : fact.Reason).Should().Contain(expected);
    }

    private static string Text(Fact fact) => fact.IsKnown ? FactText.Of(fact.Value) : "unknown";
}
