using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Planning;

public sealed class ObservedValuesTests
{
    private const string Policies = AnswerNames.ConditionalAccessPolicies;

    private static readonly Observation Switch = new() { Answer = AnswerNames.CasMailbox, Path = "SmtpClientAuthenticationDisabled" };
    private static readonly Observation Defaults = new() { Answer = AnswerNames.SecurityDefaults, Path = "isEnabled" };
    private static readonly Observation PolicyUsers = new() { Answer = Policies, KeyProperty = "id", Key = Some.PolicyId, Path = "conditions.users" };
    private static readonly Observation ExchangePolicy = new() { Answer = AnswerNames.AuthenticationPolicy, KeyProperty = "Name", Key = "New policy" };

    private static readonly Observation Row =
        new() { Answer = AnswerNames.MailboxPermission, KeyProperty = "User", Key = Some.PrincipalId };

    // observation, the answer    =>    value or reason
    public static TheoryData<Observation, string, string> Reads => new()
    {
        { Switch, """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": null }""", "null" },
        { Switch, """{ "PrimarySmtpAddress": "printer@contoso.com", "SmtpClientAuthenticationDisabled": "" }""", "null" },
        { Switch, """[ { "PrimarySmtpAddress": "printer@contoso.com", "smtpClientAuthenticationDisabled": "True" } ]""", "true" },
        { Switch, """{ "PrimarySmtpAddress": "printer@contoso.com" }""", "not asked for" },
        { Switch, """{ "PrimarySmtpAddress": "copier@contoso.com", "SmtpClientAuthenticationDisabled": true }""", "not about printer@contoso.com" },
        { Switch, "[]", "does not exist" },
        { Switch with { Path = null }, "[]", "null" },
        { Defaults, """{ "isEnabled": true }""", "true" },
        { Defaults, """{ "value": { "isEnabled": true } }""", "true" },
        { Defaults, """[ { "isEnabled": true }, { "isEnabled": false } ]""", "exactly one object" },
        { PolicyUsers, $$"""{ "value": [ { "id": "{{Some.PolicyId}}", "conditions": { "users": { "@odata.x": 1, "includeUsers": ["All"] } } } ] }""", """{"includeUsers":["All"]}""" },
        { PolicyUsers with { Path = null }, """{ "value": [] }""", "null" },
        { PolicyUsers with { Path = null }, """{ "value": [], "@odata.nextLink": "https://contoso.example/next" }""", "Only the first page" },
        { PolicyUsers, """{ "value": [] }""", "does not exist" },
        { PolicyUsers, $$"""{ "value": [ { "id": "{{Some.PolicyId}}", "conditions": null } ] }""", "not asked for" },
        { PolicyUsers, """{ "error": { "code": "AccessDenied", "message": "no" } }""", "AccessDenied" },
        { ExchangePolicy, """[ { "Name": "NEW POLICY" }, { "Name": "new policy" } ]""", "2 objects" },
        { Row, $$"""[ { "User": "{{Some.PrincipalId}}", "Deny": true }, { "User": "{{Some.PrincipalId}}", "AccessRights": ["FullAccess"] } ]""", $$"""{"User":"{{Some.PrincipalId}}","AccessRights":["FullAccess"]}""" },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public void A_value_is_read_from_its_own_object_or_the_reason_is_said(Observation observation, string answer, string expected)
    {
        var value = ObservedValues.Read(Some.Answers().With(observation.Answer, answer), Some.Submission(), observation);

        (value.IsKnown ? value.ToString() : value.Reason).Should().Contain(expected);
    }

    [Fact]
    public void An_unknown_value_cannot_be_taken_for_null() =>
        FluentActions.Invoking(() => ObservedValues.Read(TenantAnswers.None, Some.Submission(), Switch).Value)
            .Should().Throw<InvalidOperationException>().WithMessage("*unknown*");

    // now, after    =>    is anything left to change?
    public static TheoryData<string, string, bool> Comparisons => new()
    {
        { "null", "null", true },
        { "null", "false", false },                                                       // inherit is not "allowed"
        { "false", "null", false },
        { "false", "false", true },
        { "\"False\"", "false", true },
        { "\"\"", "null", true },
        { "[]", "null", false },
        { "{}", "\"\"", false },
        { "1", "1.0", true },
        { "\"enabled\"", "\"enabled\"", true },
        { "\"enabled\"", "\"Enabled\"", false },
        { "\"Printer@contoso.com\"", "\"printer@contoso.com\"", true },
        { "\"AAAAAAAA-aaaa-4bbb-8ccc-00000000000a\"", "\"aaaaaaaa-aaaa-4bbb-8ccc-00000000000a\"", true },
        { "\"CN=Allow\\\\, Basic,CN=Auth Policies,DC=contoso\"", "\"Allow, Basic\"", true },
        { "\"CN=Block,CN=Auth Policies,DC=contoso\"", "\"Allow\"", false },
        { """{ "a": 1, "b": 2 }""", """{ "a": 1 }""", true },                              // only the members wanted count
        { """{ "A": 1 }""", """{ "a": 1, "a@odata.type": "x" }""", true },
        { """{ "a": 1 }""", """{ "a": 1, "b": 2 }""", false },
        { "null", """{ "a": 1 }""", false },
        { """["x", "y"]""", """["y", "x"]""", true },
        { """["x", "y", "z"]""", """["x", "y"]""", false },
        { """["x"]""", """["x", "y"]""", false },
        { "\"FullAccess\"", """["FullAccess"]""", true },
        { "null", "[]", true },
        { """[{ "a": 1, "b": 2 }]""", """[{ "a": 1 }]""", true },
        { """[{ "a": 1 }]""", """[{ "a": 1 }, { "a": 2 }]""", false },
        { """{ "users": { "excludeUsers": ["x", "y"], "includeUsers": ["All"] } }""", """{ "users": { "excludeUsers": ["y", "x"] } }""", true },
    };

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void Values_are_compared_as_the_services_write_them(string now, string after, bool expected) =>
        ObservedValues.Satisfies(JsonNode.Parse(now), JsonNode.Parse(after)).Should().Be(expected);

    [Fact]
    public void A_foreseen_change_changes_the_fact_and_nothing_else()
    {
        var before = Some.State();

        var after = Some.State(ObservedValues.Predict(Some.Answers(), Some.Submission(), Switch, null));

        after["mailbox.smtpClientAuthenticationDisabled"].Value.Should().BeNull();
        after.Facts.Where(fact => fact.IsKnown).Select(fact => (fact.Name, Tenancy.FactText.Of(fact.Value)))
            .Except(before.Facts.Where(fact => fact.IsKnown).Select(fact => (fact.Name, Tenancy.FactText.Of(fact.Value))))
            .Should().ContainSingle();
    }

    [Fact]
    public void A_foreseen_exclusion_keeps_the_other_parts_of_the_policy()
    {
        var answers = Some.Answers().With(Policies, $$"""{ "@odata.context": "x", "value": [ {{Some.Policy()}} ], "Count": 1 }""");

        var after = ObservedValues.Predict(
            answers, Some.Submission(), PolicyUsers, new JsonObject { ["includeUsers"] = new JsonArray("All"), ["excludeUsers"] = new JsonArray(Some.UserId) });

        FactOf(answers).Should().Contain("includesSender: true");
        FactOf(after).Should().Contain("includesSender: false").And.Contain("includesExchange: true").And.Contain("blocks: true");
    }

    [Fact]
    public void An_object_is_foreseen_to_appear_and_to_go()
    {
        var created = ObservedValues.Predict(Some.Answers(), Some.Submission(), ExchangePolicy, new JsonObject { ["AllowBasicAuthSmtp"] = true });
        var assigned = ObservedValues.Predict(
            created, Some.Submission(), new Observation { Answer = AnswerNames.ExchangeUser, Path = "AuthenticationPolicy" }, "New policy");
        var removed = ObservedValues.Predict(created, Some.Submission(), ExchangePolicy, null);

        ObservedValues.Read(created, Some.Submission(), ExchangePolicy).ToString().Should().Be("""{"AllowBasicAuthSmtp":true,"Name":"New policy"}""");
        Some.State(assigned)["authenticationPolicy.name"].Value.Should().Be("New policy");
        Some.State(assigned)["authenticationPolicy.allowBasicAuthSmtp"].Value.Should().Be(true);
        ObservedValues.Read(removed, Some.Submission(), ExchangePolicy).ToString().Should().Be("null");
        Some.State(removed)["authenticationPolicy.allowBasicAuthSmtp"].Value.Should().Be(true, "the policy of before is still there");
    }

    [Fact]
    public void The_last_object_of_a_single_answer_leaves_an_empty_list()
    {
        var relay = new Observation { Answer = AnswerNames.InboundConnector, KeyProperty = "Name", Key = "Relay" };

        var removed = ObservedValues.Predict(
            Some.Answers().With(AnswerNames.InboundConnector, """{ "Name": "Relay" }"""), Some.Submission(), relay, null);

        removed[AnswerNames.InboundConnector].Content!.Value.GetRawText().Should().Be("[]");
    }

    // Where the value cannot be located, nothing is foreseen
    [Theory]
    [InlineData("""{ "error": { "code": "Forbidden", "message": "no" } }""")]
    [InlineData("""{ "PrimarySmtpAddress": "copier@contoso.com", "SmtpClientAuthenticationDisabled": true }""")]
    [InlineData("[]")]
    public void Nothing_is_foreseen_on_ignorance(string answer)
    {
        var answers = Some.Answers().With(AnswerNames.CasMailbox, answer);

        ObservedValues.Predict(answers, Some.Submission(), Switch, false).Should().BeSameAs(answers);
    }

    private static string FactOf(TenantAnswers answers) => Tenancy.FactText.Of(Some.State(answers)["tenant.conditionalAccess.policies"].Value);
}
