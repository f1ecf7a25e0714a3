using System.Text.Json.Nodes;
using CsCheck;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class TenantStateLaws
{
    // Tenants whose answers agree with each other, as those of one tenant at one moment do.
    private static readonly Gen<TenantAnswers> Tenants =
        from organizationOff in Gen.Bool
        from switchValue in Gen.OneOf("null", "true", "false")
        from userPolicy in Gen.OneOf("null", "\"Block Basic\"", "\"Allow Basic SMTP\"", "\"Gone\"")
        from defaultPolicy in Gen.OneOf("null", "\"Block Basic\"")
        from exists in Gen.Frequency((5, Gen.Const(true)), (1, Gen.Const(false)))
        from domain in Gen.OneOf("contoso.com", "corp.contoso.com")
        from policies in Policies.Array[0, 3]
        from isCut in Gen.Bool
        select Some.Answers()
            .With(AnswerNames.TransportConfig, $$"""{ "SmtpClientAuthenticationDisabled": {{(organizationOff ? "true" : "false")}} }""")
            .With(AnswerNames.CasMailbox, exists ? $$"""{ "PrimarySmtpAddress": "{{Some.Mailbox}}", "ExternalDirectoryObjectId": "{{Some.UserId}}", "EmailAddresses": [ "SMTP:{{Some.Mailbox}}", "smtp:scanner@contoso.com" ], "SmtpClientAuthenticationDisabled": {{switchValue}} }""" : "[]")
            .With(AnswerNames.Mailbox, exists ? $$"""{ "Alias": "printer", "PrimarySmtpAddress": "{{Some.Mailbox}}", "UserPrincipalName": "printer@{{domain}}", "RecipientTypeDetails": "UserMailbox" }""" : "[]")
            .With(AnswerNames.User, $$"""{ "id": "{{Some.UserId}}", "userPrincipalName": "printer@{{domain}}", "mail": "{{Some.Mailbox}}", "proxyAddresses": [ "SMTP:{{Some.Mailbox}}", "smtp:scanner@contoso.com" ] }""")
            .With(AnswerNames.ExchangeUser, $$"""{ "Identity": "printer", "UserPrincipalName": "printer@{{domain}}", "WindowsEmailAddress": "{{Some.Mailbox}}", "RecipientTypeDetails": "{{(exists ? "UserMailbox" : "User")}}", "AuthenticationPolicy": {{userPolicy}} }""")
            .With(AnswerNames.OrganizationConfig, $$"""{ "DefaultAuthenticationPolicy": {{defaultPolicy}} }""")
            .With(AnswerNames.Domains, """[ { "id": "contoso.com", "authenticationType": "Managed" }, { "id": "corp.contoso.com", "authenticationType": "Federated" } ]""")
            .With(AnswerNames.Organization, $$"""{ "id": "{{Some.TenantId}}", "verifiedDomains": [ { "name": "contoso.com", "type": "Managed" }, { "name": "corp.contoso.com", "type": "Federated" } ] }""")
            .With(AnswerNames.AcceptedDomain, """[ { "DomainName": "contoso.com", "AuthenticationType": "Managed" }, { "DomainName": "corp.contoso.com", "AuthenticationType": "Federated" } ]""")
            .With(AnswerNames.GroupMembers(Some.GroupId), $$"""[ { "id": "{{Some.UserId}}" } ]""")
            .With(AnswerNames.ConditionalAccessPolicies, $$"""{ "value": [ {{string.Join(",", policies)}} ]{{(isCut ? ", \"@odata.nextLink\": \"https://contoso.example/next\"" : "")}} }""");

    private static Gen<string> Policies =>
        from users in Gen.OneOf(
            """{ "includeUsers": ["All"] }""",
            $$"""{ "includeUsers": ["All"], "excludeUsers": ["{{Some.UserId}}"] }""",
            $$"""{ "includeUsers": ["All"], "excludeGroups": ["{{Some.GroupId}}"] }""",
            $$"""{ "includeGroups": ["{{Some.GroupId}}"], "excludeRoles": ["{{Some.RoleTemplateId}}"] }""",
            """{ "includeUsers": ["GuestsOrExternalUsers"] }""")
        from locations in Gen.OneOf("null", """{ "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] }""", $$"""{ "includeLocations": ["{{Some.LocationId}}"] }""")
        from risk in Gen.OneOf("[]", """["high"]""")
        from controls in Gen.OneOf("\"block\"", "\"mfa\"", "null")
        select Some.Policy(policy =>
        {
            policy["conditions"]!["users"] = JsonNode.Parse(users);
            policy["conditions"]!["locations"] = JsonNode.Parse(locations);
            policy["conditions"]!["signInRiskLevels"] = JsonNode.Parse(risk);
            policy["grantControls"]!["builtInControls"] = JsonNode.Parse($"[{controls}]");
        });

    private static readonly Gen<Submission> Submissions =
        from route in Gen.OneOf<Route>([.. Routes.All])
        from address in Gen.OneOf<string?>(null, Some.OfficeAddress, "198.51.100.7")
        from appId in Gen.Bool
        select Some.Submission() with { Route = route, IpAddress = address, AppId = appId ? Some.AppId : null };

    [Fact]
    public void With_an_answer_less_a_fact_says_the_same_or_less() =>
        Gen.Select(Tenants, Submissions, Gen.Int[0, AnswerNames.All.Count], Gen.Int[0, AnswerNames.All.Count]).Sample((answers, submission, first, second) =>
        {
            var more = Some.State(Hide(answers, second), submission);
            var less = Some.State(Hide(Hide(answers, second), first), submission);
            var broken = less.Facts.Where(fact => fact.IsKnown && !(more[fact.Name].IsKnown && SaysNoMore(fact.Value, more[fact.Name].Value))).Select(fact => fact.Name);
            broken.Should().BeEmpty();
        });

    [Fact]
    public void The_order_in_which_answers_came_does_not_matter() => Tenants.Sample(answers =>
    {
        var reversed = TenantAnswers.None.With(answers.Names.Reverse().Select(name => answers[name]));
        Some.State(reversed).Facts.Select(fact => fact.ToString()).Should().Equal(Some.State(answers).Facts.Select(fact => fact.ToString()));
    }, iter: 20);

    [Fact]
    public void No_answer_whatever_makes_deriving_throw() =>
        Gen.Select(Gen.OneOf<string>([.. AnswerNames.All]), RandomJson.Values, Submissions).Sample((name, json, submission) =>
        {
            var answers = Some.Answers().With(name, json);
            Some.State(answers, submission).Facts.Should().HaveCount(FactCatalogue.Default.Facts.Count);
        }, iter: 3000);

    [Fact]
    public void No_list_of_odd_objects_makes_deriving_throw() =>
        Gen.Select(Gen.OneOf<string>([.. AnswerNames.All]), RandomJson.Objects.Array[1, 4]).Sample((name, objects) =>
        {
            var answers = Some.Answers().With(name, $"[{string.Join(",", objects)}]");
            Some.State(answers).Facts.Should().HaveCount(FactCatalogue.Default.Facts.Count);
        }, iter: 3000);

    [Fact]
    public void No_answer_whatever_makes_observing_or_foreseeing_throw() =>
        Gen.Select(Gen.OneOf<string>([.. AnswerNames.All]), RandomJson.Values, RandomJson.WritableValues, Gen.OneOf<string?>(null, "Name", "id"), Gen.OneOf<string?>(null, "isEnabled", "conditions.users"))
            .Sample((name, json, after, key, path) =>
            {
                var observation = new Observation { Answer = name, KeyProperty = key, Key = key is null ? null : "x", Path = path };
                var answers = Some.Answers().With(name, json);
                var foreseen = ObservedValues.Predict(answers, Some.Submission(), observation, JsonNode.Parse(after));
                var read = ObservedValues.Read(foreseen, Some.Submission(), observation);
                (read.IsKnown || read.Reason!.Length > 0).Should().BeTrue();
            }, iter: 3000);

    [Fact]
    public void A_group_that_nests_without_end_is_bounded()
    {
        var groups = Enumerable.Range(0, 3000).Select(number => $"aaaaaaaa-aaaa-4bbb-8ccc-{number:x12}").ToList();
        var answers = Some.Answers().Without(AnswerNames.UserMemberOf)
            .With(groups.Zip(groups.Skip(1), (outer, inner) => Some.Answer(AnswerNames.GroupMembers(outer), $$"""[ { "@odata.type": "#microsoft.graph.group", "id": "{{inner}}" } ]""")))
            .With(AnswerNames.ConditionalAccessPolicies, Some.Policy(policy => policy["conditions"]!["users"] = JsonNode.Parse($$"""{ "includeGroups": ["{{groups[0]}}"] }""")));

        FactText.Of(Some.State(answers)["tenant.conditionalAccess.policies"].Value).Should().Contain("includesSender: ?graph/groupMembers-");
    }

    private static TenantAnswers Hide(TenantAnswers answers, int index) => index < AnswerNames.All.Count ? answers.Without(AnswerNames.All[index]) : answers;

    // A part that is open says less than anything; a list with an open part says less than one that has more.
    private static bool SaysNoMore(object? less, object? more) => (less, more) switch
    {
        (Unread, _) => true,
        (IReadOnlyDictionary<string, object?> one, IReadOnlyDictionary<string, object?> other) =>
            one.Count == other.Count && one.All(member => other.TryGetValue(member.Key, out var value) && SaysNoMore(member.Value, value)),
        (IReadOnlyList<object?> one, IReadOnlyList<object?> other) => one.Any(item => item is Unread)
            ? one.All(item => item is Unread || other.Any(candidate => SaysNoMore(item, candidate)))
            : one.Count == other.Count && one.Zip(other, SaysNoMore).All(same => same),
        _ => Equals(less, more),
    };
}
