using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests;

/// <summary>Microsoft Graph as a careful client meets it: permissions, policies that exclude each other, lists, batches.</summary>
public sealed class GraphTests
{
    private const string Policies = "/v1.0/identity/conditionalAccess/policies";
    private const string Defaults = "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy";

    [Fact]
    public async Task A_request_needs_a_token_of_this_tenant_for_Graph_that_has_not_expired()
    {
        await using var tenant = await EmulatedTenant.StartAsync();
        await using var other = await EmulatedTenant.StartAsync();
        using var admin = new AdminClient(tenant);
        using var http = new HttpClient();

        using var bare = await http.GetAsync(new Uri(tenant.Graph, Defaults));
        ((int)bare.StatusCode).Should().Be(401);
        foreach (var token in new[]
        {
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.e30.not-a-real-token",
            "no token at all",
            tenant.IssueToken(TokenAudience.Exchange),
            tenant.IssueToken(TokenAudience.Graph, t => t.ExpiresIn(TimeSpan.FromSeconds(-1))),
            other.IssueToken(TokenAudience.Graph),
        })
        {
            var answer = await admin.GetAsync(Defaults, token);
            (answer.Status, answer.ErrorCode).Should().Be((401, "InvalidAuthenticationToken"));
            answer.Headers["WWW-Authenticate"].Should().Contain("authorization_uri");
        }

        (await admin.GetAsync(Defaults)).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("GET", Defaults, "", "AccessDenied", "User.Read.All")]
    [InlineData("PATCH", Defaults, """{"isEnabled":false}""", "AccessDenied", "Policy.ReadWrite.SecurityDefaults")]
    [InlineData("PATCH", Defaults, """{"isEnabled":false}""", "AccessDenied", "Policy.Read.All")]
    [InlineData("GET", Policies, "", "AccessDenied", "Policy.Read.ConditionalAccess")]
    [InlineData("DELETE", Policies + "/x", "", "AccessDenied", "Policy.Read.All")]
    [InlineData("GET", "/v1.0/users", "", "Authorization_RequestDenied", "Policy.Read.All")]
    [InlineData("GET", "/v1.0/subscribedSkus", "", "Authorization_RequestDenied", "Policy.Read.All")]
    [InlineData("GET", "/v1.0/auditLogs/signIns", "", "Authorization_RequestDenied", "User.Read.All")]
    [InlineData("PATCH", "/beta/users/printer@contoso.example/authentication/requirements", """{"perUserMfaState":"disabled"}""", "AccessDenied", "Policy.Read.All")]
    public async Task A_permission_that_is_not_enough_is_refused_and_changes_nothing(string method, string path, string body, string code, string role)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.SecurityDefaults(true).WithUser(Submission.Printer, u => u.PerUserMfa("enforced")));
        using var admin = new AdminClient(tenant) { Graph = t => t.Roles(role) };
        var before = tenant.Snapshot();

        var answer = await admin.SendAsync(new HttpMethod(method), path, body.Length == 0 ? null : body);

        (answer.Status, answer.ErrorCode).Should().Be((403, code));
        tenant.Snapshot().Json.Should().Be(before.Json);
    }

    [Fact]
    public async Task A_delegated_caller_needs_the_scope_and_a_directory_role()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.SecurityDefaults(true).WithUser("admin@contoso.example"));
        using var admin = new AdminClient(tenant);
        Task<HttpAnswer> Patch(params string[] roles) => admin.SendAsync(
            HttpMethod.Patch,
            Defaults,
            """{"isEnabled":false}""",
            tenant.IssueToken(TokenAudience.Graph, t => t
                .User("admin@contoso.example").Scopes("Policy.Read.All", "Policy.ReadWrite.SecurityDefaults").DirectoryRoles(roles)));

        (await Patch()).Status.Should().Be(403);
        (await Patch("Global Reader")).Status.Should().Be(403);
        (await Patch("Security Administrator")).Status.Should().Be(204);
    }

    [Fact]
    public async Task Security_defaults_and_enabled_policies_exclude_each_other()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .SecurityDefaults(true)
            .ConditionalAccessPolicy(p => p.BlockLegacyAuthentication().State("disabled")));
        using var admin = new AdminClient(tenant);
        var path = $"{Policies}/{(await admin.GetAsync(Policies)).Values[0]!["id"]}";
        Task<HttpAnswer> Patch(string where, string body) => admin.SendAsync(HttpMethod.Patch, where, body);

        (await Patch(path, """{"state":"enabled"}""")).Status.Should().Be(400);
        (await Patch(path, """{"state":"enabledForReportingButNotEnforced"}""")).Status.Should().Be(204);
        (await Patch(Defaults, """{"@odata.type":"#microsoft.graph.identitySecurityDefaultsEnforcementPolicy","isEnabled":false}""")).Status.Should().Be(204);
        (await Patch(path, """{"state":"enabled"}""")).Status.Should().Be(204);
        (await Patch(Defaults, """{"isEnabled":true}""")).Status.Should().Be(400);
        tenant.State.SecurityDefaults.Should().BeFalse();
    }

    [Theory]
    [InlineData("""{"conditions":{"deviceStates":{}}}""")]
    [InlineData("""{"conditions":{"clientAppTypes":["smtp"]}}""")]
    [InlineData("""{"grantControls":{"builtInControls":["mfa","magic"]}}""")]
    [InlineData("""{"state":"on"}""")]
    [InlineData("""{"conditions":[]}""")]
    [InlineData("""{"conditions":{"users":{"includeUsers":["All","GuestsOrExternalUsers"]}}}""")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"state":"enabled","state":"disabled"}""")]
    public async Task A_policy_change_that_does_not_match_the_schema_is_error_1007(string body)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.ConditionalAccessPolicy(p => p.BlockLegacyAuthentication()));
        using var admin = new AdminClient(tenant);
        var before = tenant.Snapshot();
        var id = tenant.State.All(ObjectKinds.ConditionalAccessPolicies)[0]["id"];

        var answer = await admin.SendAsync(HttpMethod.Patch, $"{Policies}/{id}", body);

        answer.Status.Should().Be(400);
        answer.ErrorMessage.Should().StartWith("1007:");
        tenant.Snapshot().Json.Should().Be(before.Json);
    }

    [Fact]
    public async Task A_policy_is_created_changed_list_by_list_and_deleted()
    {
        await using var tenant = await EmulatedTenant.StartAsync();
        using var admin = new AdminClient(tenant);
        var before = tenant.Snapshot();
        var created = await admin.SendAsync(HttpMethod.Post, Policies, """
            {"displayName":"New","state":"enabled","conditions":{"clientAppTypes":["other"],"applications":{"includeApplications":["All"]},
             "users":{"includeUsers":["All"],"excludeUsers":["a","b"],"excludeGroups":["g"]}},"grantControls":{"operator":"OR","builtInControls":["block"]}}
            """);
        created.Status.Should().Be(201);
        var path = $"{Policies}/{created.Json["id"]}";

        await admin.SendAsync(HttpMethod.Patch, path, """{"conditions":{"users":{"excludeUsers":["c"]}}}""");
        var users = (await admin.GetAsync(path)).Json["conditions"]!["users"]!;
        users["excludeUsers"]!.ToJsonString().Should().Be("""["c"]""");
        users["excludeGroups"]!.ToJsonString().Should().Be("""["g"]""");
        users["includeUsers"]!.ToJsonString().Should().Be("""["All"]""");

        (await admin.SendAsync(HttpMethod.Delete, path, null)).Status.Should().Be(204);
        (await admin.SendAsync(HttpMethod.Delete, path, null)).Status.Should().Be(404);
        tenant.Snapshot().Json.Should().Be(before.Json);
    }

    [Fact]
    public async Task A_user_is_found_by_id_or_name_and_answers_only_what_was_asked_for()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer));
        using var admin = new AdminClient(tenant);
        var id = tenant.State.User(Submission.Printer).Id;

        var selected = (await admin.GetAsync("/v1.0/users/Printer@Contoso.example?$select=accountEnabled,onPremisesSyncEnabled")).Json.AsObject();
        selected.Select(member => member.Key).Where(name => !name.StartsWith('@')).Should().Equal("accountEnabled", "onPremisesSyncEnabled");
        selected["onPremisesSyncEnabled"].Should().BeNull();
        (await admin.GetAsync($"/v1.0/users/{id}")).Json.AsObject().ContainsKey("accountEnabled").Should().BeFalse();
        (await admin.GetAsync("/v1.0/users?%24select=id,perUserMfaState")).Values[0]!["perUserMfaState"]!.ToString().Should().Be("disabled");
        (await admin.GetAsync("/v1.0/users/nobody@contoso.example")).ErrorCode.Should().Be("Request_ResourceNotFound");
        (await admin.GetAsync("/v1.0/users/printer@contoso.example/authentication/requirements")).Status.Should().Be(400);
    }

    [Fact]
    public async Task Users_come_in_pages_and_advanced_filters_need_their_header()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t =>
        {
            for (var number = 1; number <= 5; number++)
            {
                t.WithUser($"device{number}@contoso.example", u => u.AccountEnabled(number != 3));
            }
        });
        using var admin = new AdminClient(tenant);
        var names = new List<string>();
        var next = "/v1.0/users?$select=userPrincipalName&$top=2&$filter=accountEnabled eq true and startsWith(userPrincipalName,'device')";
        while (next is not null)
        {
            var page = await admin.GetAsync(next);
            names.AddRange(page.Values.Select(user => user!["userPrincipalName"]!.ToString()));
            next = page.Json["@odata.nextLink"] is { } link ? new Uri(link.ToString()).PathAndQuery : null;
        }

        names.Should().Equal("device1@contoso.example", "device2@contoso.example", "device4@contoso.example", "device5@contoso.example");
        const string Advanced = "/v1.0/users?$count=true&$filter=endsWith(userPrincipalName,'5@contoso.example')";
        (await admin.GetAsync(Advanced)).ErrorCode.Should().Be("Request_UnsupportedQuery");
        var counted = await admin.SendAsync(HttpMethod.Get, Advanced, null, null, ("ConsistencyLevel", "eventual"));
        ((int)counted.Json["@odata.count"]!).Should().Be(1);
        (await admin.GetAsync("/v1.0/users?$filter=not a filter")).Status.Should().Be(400);
        tenant.Behavior.GraphStartsWithEmptyPage = true;
        var empty = await admin.GetAsync("/v1.0/users");
        empty.Values.Should().BeEmpty();
        (await admin.GetAsync(new Uri(empty.Json["@odata.nextLink"]!.ToString()).PathAndQuery)).Values.Should().HaveCount(5);
    }

    [Theory]
    [InlineData("clientAppUsed eq 'Authenticated SMTP'", 2)]
    [InlineData("clientAppUsed eq 'Browser'", 0)]
    [InlineData("status/errorCode eq 50126", 1)]
    [InlineData("status/errorCode ne 0 and userPrincipalName eq 'printer@contoso.example'", 1)]
    [InlineData("createdDateTime ge 2020-01-01T00:00:00Z and createdDateTime lt 2200-01-01T00:00:00Z", 2)]
    [InlineData("not (status/errorCode eq 0) or (ipAddress eq '198.51.100.1')", 1)]
    [InlineData("startswith(userPrincipalName,'PRINT') and isInteractive eq true", 2)]
    [InlineData("userPrincipalName in ('a','printer@contoso.example')", 2)]
    public async Task Sign_ins_can_be_filtered(string filter, int count)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).SmtpClientAuthenticationDisabled(false)));
        using var admin = new AdminClient(tenant);
        await Submission.LoginAsync(tenant);
        await Submission.LoginAsync(tenant, password: "wrong");

        (await admin.GetAsync($"/v1.0/auditLogs/signIns?$filter={Uri.EscapeDataString(filter)}")).Values.Should().HaveCount(count);
    }

    [Fact]
    public async Task Sign_ins_need_a_premium_licence_and_hide_policies_from_callers_without_policy_rights()
    {
        await using var free = await EmulatedTenant.StartAsync(t => t.WithoutEntraPremium());
        using var admin = new AdminClient(free);
        (await admin.GetAsync("/v1.0/auditLogs/signIns")).ErrorCode.Should().Be("Authentication_RequestFromNonPremiumTenantOrB2CTenant");

        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .ConditionalAccessPolicy(p => p.BlockLegacyAuthentication())
            .WithUser(Submission.Printer, u => u.Password(Submission.Password).SmtpClientAuthenticationDisabled(false)));
        await Submission.LoginAsync(tenant);
        using var reader = new AdminClient(tenant) { Graph = t => t.Roles("AuditLog.Read.All") };
        (await reader.GetAsync("/v1.0/auditLogs/signIns")).Values[0]!["appliedConditionalAccessPolicies"]!.AsArray().Should().BeEmpty();
        reader.Graph = t => t.Roles("AuditLog.Read.All", "Policy.Read.All");
        (await reader.GetAsync("/v1.0/auditLogs/signIns")).Values[0]!["appliedConditionalAccessPolicies"]!.AsArray().Should().ContainSingle()
            .Which!["result"]!.ToString().Should().Be("failure");
    }

    [Fact]
    public async Task A_batch_answers_each_request_on_its_own_and_takes_at_most_twenty()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer));
        using var admin = new AdminClient(tenant) { Graph = t => t.WithoutRoles("Policy.Read.All") };
        tenant.AddFault(new Fault(EmulatedService.Graph, FaultKind.TooManyRequests) { Target = "/organization", RetryAfter = TimeSpan.FromSeconds(7) });
        var answer = await admin.SendAsync(HttpMethod.Post, "/v1.0/$batch", """
            {"requests":[
              {"id":"1","method":"GET","url":"/users/printer@contoso.example?$select=id"},
              {"id":"2","method":"GET","url":"/policies/identitySecurityDefaultsEnforcementPolicy"},
              {"id":"3","method":"GET","url":"/organization"},
              {"id":"4","method":"PATCH","url":"/users/printer@contoso.example","body":{"accountEnabled":false}},
              {"id":"5","method":"PATCH","url":"/users/printer@contoso.example","body":{"accountEnabled":false},"headers":{"Content-Type":"application/json"}},
              {"id":"6","method":"GET","url":"/domains","dependsOn":["2"]}]}
            """);

        answer.Json["responses"]!.AsArray().Select(item => $"{item!["id"]}:{item["status"]}").Order(StringComparer.Ordinal)
            .Should().Equal("1:200", "2:403", "3:429", "4:400", "5:204", "6:424");
        answer.Json["responses"]!.AsArray().Single(item => item!["id"]!.ToString() == "3")!["headers"]!["Retry-After"]!.ToString().Should().Be("7");
        tenant.State.User(Submission.Printer).AccountEnabled.Should().BeFalse();

        var many = string.Join(',', Enumerable.Range(0, 21).Select(id => $$"""{"id":"{{id}}","method":"GET","url":"/organization"}"""));
        (await admin.SendAsync(HttpMethod.Post, "/v1.0/$batch", $$"""{"requests":[{{many}}]}""")).Status.Should().Be(400);
    }

    [Fact]
    public async Task Memberships_are_followed_through_nested_groups()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .WithUser(Submission.Printer, u => u.MemberOf("Devices").DirectoryRole("Reports Reader")).Group("All things"));
        using var admin = new AdminClient(tenant);
        var groups = tenant.State.All(ObjectKinds.Groups);
        var (devices, all) = (groups.First(group => group["displayName"]!.ToString() == "Devices"), groups.First(group => group["displayName"]!.ToString() == "All things"));
        tenant.State.Change(ObjectKinds.Groups, all["id"]!.ToString(), group => group["members"] = new JsonArray(devices["id"]!.ToString()));

        (await admin.GetAsync("/v1.0/users/printer@contoso.example/transitiveMemberOf")).Values.Select(item => item!["displayName"]!.ToString())
            .Should().BeEquivalentTo("Devices", "All things", "Reports Reader");
        (await admin.GetAsync("/v1.0/users/printer@contoso.example/transitiveMemberOf/graph.group")).Values.Should().HaveCount(2);
        (await admin.GetAsync($"/v1.0/groups/{all["id"]}/transitiveMembers")).Values.Should().ContainSingle()
            .Which!["userPrincipalName"]!.ToString().Should().Be(Submission.Printer);
    }

    [Fact]
    public async Task A_granted_app_role_shows_in_the_next_token()
    {
        const string Mailer = "e2a6c4b8-15d9-4370-8e5b-c3f7d1a90246";
        await using var tenant = await EmulatedTenant.StartAsync(t => t.Application(Mailer, a => a.ClientSecret("s3cret")));
        using var admin = new AdminClient(tenant);
        var exchange = (await admin.GetAsync("/v1.0/servicePrincipals(appId='00000002-0000-0ff1-ce00-000000000000')?$select=id,appRoles")).Json;
        var role = exchange["appRoles"]!.AsArray().First(item => item!["value"]!.ToString() == "SMTP.SendAsApp")!["id"];
        var principal = (await admin.GetAsync($"/v1.0/servicePrincipals?$filter=appId eq '{Mailer}'")).Values[0]!["id"];
        var body = $$"""{"principalId":"{{principal}}","resourceId":"{{exchange["id"]}}","appRoleId":"{{role}}"}""";

        (await TokenTests.RolesAsync(tenant, Mailer, "s3cret")).Should().BeEmpty();
        var granted = await admin.SendAsync(HttpMethod.Post, $"/v1.0/servicePrincipals/{principal}/appRoleAssignments", body);
        granted.Status.Should().Be(201);
        (await TokenTests.RolesAsync(tenant, Mailer, "s3cret")).Should().Equal("SMTP.SendAsApp");
        (await admin.SendAsync(HttpMethod.Delete, $"/v1.0/servicePrincipals/{principal}/appRoleAssignments/{granted.Json["id"]}", null)).Status.Should().Be(204);
        (await TokenTests.RolesAsync(tenant, Mailer, "s3cret")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_user_that_is_mastered_on_premises_cannot_be_changed_here()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.WithUser(Submission.Printer, u => u.OnPremisesSynchronized().AccountEnabled(false)));
        using var admin = new AdminClient(tenant);

        (await admin.SendAsync(HttpMethod.Patch, "/v1.0/users/printer@contoso.example", """{"accountEnabled":true}""")).ErrorCode
            .Should().Be("Request_BadRequest");
        tenant.State.User(Submission.Printer).AccountEnabled.Should().BeFalse();
    }
}
