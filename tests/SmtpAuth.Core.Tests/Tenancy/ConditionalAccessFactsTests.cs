using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

public sealed class ConditionalAccessFactsTests
{
    private const string OtherId = "cccccccc-aaaa-4bbb-8ccc-00000000000c";
    private const string OtherGroup = "dddddddd-aaaa-4bbb-8ccc-00000000000d";
    private const string Policies = AnswerNames.ConditionalAccessPolicies;
    private const string Exchange = "00000002-0000-0ff1-ce00-000000000000";

    // conditions.users    =>    is the sender one of them?
    public static TheoryData<string, string> Users => new()
    {
        { """{ "includeUsers": ["All"] }""", "true" },
        { """{ "includeUsers": "All" }""", "true" },                                                     // a list of one may lose its brackets
        { """{ "IncludeUsers": ["All"], "ExcludeUsers": [] }""", "true" },                               // the PowerShell module's spelling
        { """{ "includeUsers": ["None"] }""", "false" },
        { """{ "includeUsers": [] }""", "false" },
        { $$"""{ "includeUsers": ["{{Some.UserId}}"] }""", "true" },
        { """{ "includeUsers": ["11111111-AAAA-4BBB-8CCC-000000000001"] }""", "true" },                  // GUIDs are compared without case
        { $$"""{ "includeUsers": ["{{OtherId}}"] }""", "false" },
        { $$"""{ "includeUsers": ["All"], "excludeUsers": ["{{Some.UserId}}"] }""", "false" },           // an exclusion wins
        { $$"""{ "includeUsers": ["All"], "excludeUsers": ["{{OtherId}}"] }""", "true" },
        { """{ "includeUsers": ["GuestsOrExternalUsers"] }""", "false" },
        { """{ "includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"] }""", "true" },
        { $$"""{ "includeGroups": ["{{Some.GroupId}}"] }""", "true" },
        { $$"""{ "includeGroups": ["{{OtherGroup}}"] }""", "false" },
        { $$"""{ "includeUsers": ["All"], "excludeGroups": ["{{Some.GroupId}}"] }""", "false" },
        { $$"""{ "includeRoles": ["{{Some.RoleTemplateId}}"] }""", "true" },
        { $$"""{ "includeRoles": ["{{OtherId}}"] }""", "false" },
        { """{ "includeGuestsOrExternalUsers": { "guestOrExternalUserTypes": "internalGuest,b2bCollaborationGuest", "externalTenants": { "membershipKind": "all" } } }""", "false" },
        { """{ "includeUsers": ["All"], "includeGuestsOrExternalUsers": { "guestOrExternalUserTypes": null, "externalTenants": { "membershipKind": null } } }""", "true" },
        { """{ "includeUsers": ["newKindOfUser"] }""", "?graph/conditionalAccessPolicies" },
        { """{ "includeUsers": ["All"], "excludeUsers": [null] }""", "?graph/conditionalAccessPolicies" },
        { """{ "includeUsers": ["newKindOfUser", "All"] }""", "true" },                                  // decided whatever the other means
        { "null", "?graph/conditionalAccessPolicies" },
        { "\"@{includeUsers=System.Object[]}\"", "?graph/conditionalAccessPolicies" },                    // cut off by a small -Depth
    };

    [Theory]
    [MemberData(nameof(Users))]
    public void A_policy_includes_the_sender_by_id_group_role_or_kind_and_an_exclusion_wins(string users, string expected) =>
        Part("includesSender", Conditions("users", users)).Should().Be(expected);

    // conditions.applications    =>    is Exchange Online one of them?
    public static TheoryData<string, string> Applications => new()
    {
        { """{ "includeApplications": ["All"] }""", "true" },
        { """{ "includeApplications": ["Office365"] }""", "true" },
        { $$"""{ "includeApplications": ["{{Exchange}}"] }""", "true" },
        { $$"""{ "includeApplications": ["{{OtherId}}", "MicrosoftAdminPortals"] }""", "false" },
        { """{ "includeApplications": ["None"] }""", "false" },
        { $$"""{ "includeApplications": ["All"], "excludeApplications": ["{{Exchange}}"] }""", "false" },
        { """{ "includeApplications": ["All"], "excludeApplications": ["Office365"] }""", "false" },
        { $$"""{ "includeApplications": ["All"], "excludeApplications": ["{{OtherId}}"] }""", "true" },
        { """{ "includeApplications": [], "includeUserActions": ["urn:user:registersecurityinfo"] }""", "false" },
        { """{ "includeApplications": [], "includeAuthenticationContextClassReferences": ["c1"] }""", "false" },
        { """{ "includeApplications": [], "applicationFilter": { "mode": "include", "rule": "x" } }""", "?graph/conditionalAccessPolicies" },
        { """{ "includeApplications": ["All"], "applicationFilter": { "mode": "exclude", "rule": "x" } }""", "?graph/conditionalAccessPolicies" },
        { """{ "includeApplications": ["All"], "applicationFilter": { "mode": null, "rule": null } }""", "true" },   // set to nothing
        { """{ "includeApplications": ["NewName"] }""", "?graph/conditionalAccessPolicies" },
        { "{}", "?graph/conditionalAccessPolicies" },
    };

    [Theory]
    [MemberData(nameof(Applications))]
    public void A_policy_includes_Exchange_by_id_or_by_a_name_that_covers_it(string applications, string expected) =>
        Part("includesExchange", Conditions("applications", applications)).Should().Be(expected);

    // clientAppTypes    =>    legacy clients, modern clients
    public static TheoryData<string, string, string> ClientApps => new()
    {
        { """["all"]""", "true", "true" },
        { "[]", "true", "true" },
        { "null", "true", "true" },
        { """["exchangeActiveSync", "other"]""", "true", "false" },
        { """["browser", "mobileAppsAndDesktopClients"]""", "false", "true" },
        { """["exchangeActiveSync"]""", "false", "false" },
        { """[null]""", "?graph/conditionalAccessPolicies", "?graph/conditionalAccessPolicies" },       // an unknown kind reads as null
        { """["other", null]""", "true", "?graph/conditionalAccessPolicies" },
        { """["quantumClients"]""", "?graph/conditionalAccessPolicies", "?graph/conditionalAccessPolicies" },
    };

    [Theory]
    [MemberData(nameof(ClientApps))]
    public void A_policy_without_a_client_condition_is_for_every_client(string types, string legacy, string modern)
    {
        var change = Conditions("clientAppTypes", types);

        (Part("includesLegacyClients", change), Part("includesModernClients", change)).Should().Be((legacy, modern));
    }

    // one condition, the client's address    =>    does it hold?
    public static TheoryData<string, string, string?, string> Others => new()
    {
        { "locations", "null", null, "true" },
        { "locations", """{ "includeLocations": ["All"] }""", null, "true" },
        { "locations", """{ "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] }""", Some.OfficeAddress, "false" },
        { "locations", """{ "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] }""", "198.51.100.7", "true" },
        { "locations", """{ "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] }""", null, "?client.ipAddress" },
        { "locations", """{ "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] }""", "not an address", "?client.ipAddress" },
        { "locations", $$"""{ "includeLocations": ["{{Some.LocationId}}"] }""", "2001:db8:1::9", "true" },
        { "locations", $$"""{ "includeLocations": ["{{Some.LocationId}}"] }""", "2001:db9::9", "false" },
        { "locations", $$"""{ "includeLocations": ["{{OtherId}}"] }""", Some.OfficeAddress, "?graph/namedLocations" },
        { "locations", """{ "includeLocations": [] , "excludeLocations": ["AllTrusted"] }""", Some.OfficeAddress, "?graph/conditionalAccessPolicies" },
        { "platforms", """{ "includePlatforms": ["all"] }""", null, "true" },
        { "platforms", """{ "includePlatforms": ["all"], "excludePlatforms": ["iOS"] }""", null, "?signIn.errorCode" },
        { "platforms", """{ "includePlatforms": ["windows"] }""", null, "?signIn.errorCode" },
        { "platforms", """{ "includePlatforms": null, "excludePlatforms": null }""", null, "true" },
        { "signInRiskLevels", """["high"]""", null, "?signIn.errorCode" },
        { "userRiskLevels", """["high"]""", null, "?signIn.errorCode" },
        { "insiderRiskLevels", "\"elevated\"", null, "?signIn.errorCode" },
        { "devices", """{ "deviceFilter": { "mode": "exclude", "rule": "x" } }""", null, "?signIn.errorCode" },
        { "authenticationFlows", """{ "transferMethods": "deviceCodeFlow,authenticationTransfer" }""", null, "false" },
        { "newCondition", """["x"]""", null, "?graph/conditionalAccessPolicies" },
        { "newCondition", "[]", null, "true" },                                                          // not used by this policy
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_condition_holds_does_not_or_names_what_would_tell(string name, string value, string? address, string expected) =>
        Part("conditionsMatch", Conditions(name, value), Some.Submission() with { IpAddress = address }).Should().Be(expected);

    // grantControls    =>    refuses a password, blocks
    public static TheoryData<string, string, string> Grants => new()
    {
        { """{ "operator": "OR", "builtInControls": ["block"] }""", "true", "true" },
        { """{ "operator": "OR", "builtInControls": ["mfa"] }""", "true", "false" },
        { """{ "operator": "OR", "builtInControls": ["mfa", "compliantDevice"] }""", "true", "false" },
        { """{ "operator": "OR", "builtInControls": [], "authenticationStrength": { "id": "00000000-0000-0000-0000-000000000004" } }""", "true", "false" },
        { """{ "operator": "OR", "builtInControls": [], "termsOfUse": ["x"] }""", "true", "false" },
        { "null", "false", "false" },                                                                    // session controls alone block nobody
        { """{ "operator": null, "builtInControls": [], "authenticationStrength": { "id": null } }""", "false", "false" },
        { """{ "operator": "OR", "builtInControls": [null] }""", "?graph/conditionalAccessPolicies", "?graph/conditionalAccessPolicies" },
        { """{ "operator": "AND", "builtInControls": ["mfa", null] }""", "true", "?graph/conditionalAccessPolicies" },
        { """{ "operator": "OR", "builtInControls": ["mfa", "newControl"] }""", "?graph/conditionalAccessPolicies", "?graph/conditionalAccessPolicies" },
        { """{ "operator": "OR", "builtInControls": ["block", null] }""", "true", "true" },
        { """{ "operator": "OR", "builtInControls": [], "newPart": "x" }""", "?graph/conditionalAccessPolicies", "?graph/conditionalAccessPolicies" },
        { "\"System.Object\"", "?graph/conditionalAccessPolicies", "?graph/conditionalAccessPolicies" },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void A_password_satisfies_no_grant_control(string grants, string refuses, string blocks)
    {
        void Change(JsonObject policy) => policy["grantControls"] = JsonNode.Parse(grants);

        (Part("refusesPassword", Change), Part("blocks", Change)).Should().Be((refuses, blocks));
    }

    [Theory]
    [InlineData("\"enabled\"", "'enabled'")]
    [InlineData("\"Disabled\"", "'disabled'")]
    [InlineData("\"enabledForReportingButNotEnforced\"", "'enabledForReportingButNotEnforced'")]
    [InlineData("null", "?graph/conditionalAccessPolicies")]
    [InlineData("\"paused\"", "?graph/conditionalAccessPolicies")]
    public void A_state_that_is_not_known_is_not_understood_rather_than_off(string state, string expected) =>
        Part("state", policy => policy["state"] = JsonNode.Parse(state)).Should().Be(expected);

    // the user's memberships, the members of the group    =>    is the sender in the group?
    public static TheoryData<string?, string?, string> Memberships => new()
    {
        { null, null, $"?graph/groupMembers-{OtherGroup}" },
        { null, $$"""{ "value": [ { "id": "{{Some.UserId}}" } ] }""", "true" },
        { null, $$"""{ "value": [ { "id": "{{OtherId}}" } ] }""", "false" },
        { null, $$"""{ "value": [ { "id": "{{OtherId}}" } ], "@odata.nextLink": "https://contoso.example/next" }""", $"?graph/groupMembers-{OtherGroup}" },
        { null, $$"""{ "value": [ { "@odata.type": "#microsoft.graph.group", "id": "{{OtherId}}" } ] }""", $"?graph/groupMembers-{OtherId}" },
        { null, $$"""{ "value": [ { "@odata.type": "#microsoft.graph.group", "id": "{{OtherGroup}}" } ] }""", "false" },   // a group within itself
        { null, "[]", "false" },
        { """{ "value": [] }""", null, "false" },
        { """{ "value": [], "@odata.nextLink": "https://contoso.example/next" }""", null, $"?graph/groupMembers-{OtherGroup}" },
        { $$"""{ "value": [ { "id": "{{OtherGroup}}" } ], "@odata.nextLink": "https://contoso.example/next" }""", null, "true" },
    };

    [Theory]
    [MemberData(nameof(Memberships))]
    public void A_group_whose_members_were_not_read_is_unknown(string? memberOf, string? members, string expected)
    {
        var answers = memberOf is null ? Some.Answers().Without(AnswerNames.UserMemberOf) : Some.Answers().With(AnswerNames.UserMemberOf, memberOf);
        answers = members is null ? answers : answers.With(AnswerNames.GroupMembers(OtherGroup), members);

        Part("includesSender", Conditions("users", $$"""{ "includeGroups": ["{{OtherGroup}}"] }"""), answers: answers).Should().Be(expected);
    }

    [Fact]
    public void Directory_roles_are_not_told_by_a_list_of_groups()
    {
        var answers = Some.Answers().With(
            AnswerNames.UserMemberOf, """{ "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#groups", "value": [] }""");

        Part("includesSender", Conditions("users", $$"""{ "includeRoles": ["{{OtherId}}"] }"""), answers: answers).Should().Be("?graph/userMemberOf");
    }

    [Theory]
    [InlineData("Guest", "printer@contoso.com", "internalGuest", "true")]
    [InlineData("Guest", "printer_fabrikam.com#EXT#@contoso.com", "internalGuest", "false")]
    [InlineData("Guest", "printer_fabrikam.com#EXT#@contoso.com", "b2bCollaborationGuest", "true")]
    [InlineData("Member", "printer_fabrikam.com#EXT#@contoso.com", "b2bCollaborationMember", "true")]
    [InlineData("Member", "printer@contoso.com", "b2bCollaborationMember,serviceProvider", "false")]
    [InlineData("Guest", "printer@contoso.com", "newKind", "?graph/conditionalAccessPolicies")]
    public void Guests_are_told_by_type_and_name(string userType, string principalName, string kinds, string expected)
    {
        var answers = Some.Answers().With(
            AnswerNames.User, $$"""{ "id": "{{Some.UserId}}", "mail": "printer@contoso.com", "userType": "{{userType}}", "userPrincipalName": "{{principalName}}" }""");
        var change = Conditions("users", $$"""{ "includeGuestsOrExternalUsers": { "guestOrExternalUserTypes": "{{kinds}}" } }""");

        Part("includesSender", change, answers: answers).Should().Be(expected);
    }

    // clientApplications    =>    is the application, on its own route, the one it is for?
    [Theory]
    [InlineData("null", "false")]                                                                        // policies for users leave applications alone
    [InlineData("{ \"includeServicePrincipals\": [\"55555555-aaaa-4bbb-8ccc-000000000005\"] }", "true")]
    [InlineData("{ \"includeServicePrincipals\": [\"cccccccc-aaaa-4bbb-8ccc-00000000000c\"] }", "false")]
    [InlineData("{ \"includeServicePrincipals\": [\"ServicePrincipalsInMyTenant\"] }", "?app.servicePrincipalId")]
    [InlineData("{ \"includeServicePrincipals\": [\"ServicePrincipalsInMyTenant\"], \"excludeServicePrincipals\": [\"55555555-aaaa-4bbb-8ccc-000000000005\"] }", "false")]
    public void On_its_own_route_the_application_is_the_sender(string clientApplications, string expected) =>
        Part("includesSender", Conditions("clientApplications", clientApplications), Some.Submission() with { Route = Route.OAuthApp })
            .Should().Be(expected);

    [Fact]
    public void Trusted_locations_on_a_page_that_was_not_read_may_hold_the_address()
    {
        var cut = Some.Answers().With(AnswerNames.NamedLocations, """{ "value": [], "@odata.nextLink": "https://contoso.example/next" }""");

        Part("conditionsMatch", Conditions("locations", """{ "includeLocations": ["AllTrusted"] }"""), answers: cut).Should().Be("?graph/namedLocations");
    }

    [Fact]
    public void How_a_token_was_asked_for_is_not_known_in_advance() =>
        Part("conditionsMatch", Conditions("authenticationFlows", """{ "transferMethods": "deviceCodeFlow" }"""), Some.Submission() with { Route = Route.OAuthDelegated })
            .Should().Be("?signIn.errorCode");

    [Fact]
    public void A_policy_for_applications_does_not_include_a_user() =>
        Part("includesSender", Conditions("clientApplications", """{ "includeServicePrincipals": ["ServicePrincipalsInMyTenant"] }"""))
            .Should().Be("false");

    [Fact]
    public void A_list_that_was_cut_keeps_what_it_shows_and_stays_open()
    {
        var answers = Some.Answers().With(Policies, $$"""{ "value": [ {{Some.Policy()}} ], "@odata.nextLink": "https://contoso.example/next" }""");

        var policies = (IReadOnlyList<object?>)Some.State(answers)["tenant.conditionalAccess.policies"].Value!;

        policies.Should().HaveCount(2);
        policies[1].Should().BeOfType<Unread>().Which.Fact.Should().Be(Policies);
    }

    [Fact]
    public void A_refused_read_is_unknown_and_no_policy_is_a_known_empty_list()
    {
        var refused = Some.Answers().With(Policies, """{ "error": { "code": "AccessDenied", "message": "required scopes are missing" } }""");

        Some.State(refused)["tenant.conditionalAccess.policies"].Reason.Should().Contain("AccessDenied: required scopes are missing");
        FactText.Of(Some.State()["tenant.conditionalAccess.policies"].Value).Should().Be("[]");
    }

    [Fact]
    public void Everything_that_is_unread_names_a_fact_or_an_answer()
    {
        string[] conditions =
        [
            .. Users.Select(row => (string)row[0]).Select(text => $"\"users\": {text}"), .. Others.Select(row => $"\"{row[0]}\": {row[1]}"),
        ];
        var answers = TenantAnswers.None.With(Policies, $"[{string.Join(",", conditions.Select(text => $"{{ \"state\": null, \"conditions\": {{ {text} }} }}"))}]");

        var unread = ((IReadOnlyList<object?>)Some.State(answers)["tenant.conditionalAccess.policies"].Value!)
            .Cast<IReadOnlyDictionary<string, object?>>().SelectMany(policy => policy.Values).OfType<Unread>().ToList();

        unread.Should().NotBeEmpty();
        unread.Should().OnlyContain(part => AnswerNames.All.Contains(part.Fact) || part.Fact.StartsWith("graph/groupMembers-")
            || FactCatalogue.Default.Facts.Any(fact => fact.Name == part.Fact));
    }

    private static Action<JsonObject> Conditions(string name, string value) => policy => policy["conditions"]![name] = JsonNode.Parse(value);

    private static string Part(string part, Action<JsonObject> change, Submission? submission = null, TenantAnswers? answers = null)
    {
        var state = Some.State((answers ?? Some.Answers()).With(Policies, $"[{Some.Policy(change)}]"), submission);
        var policies = (IReadOnlyList<object?>)state["tenant.conditionalAccess.policies"].Value!;
        return FactText.Of(((IReadOnlyDictionary<string, object?>)policies.Single()!)[part]);
    }
}
