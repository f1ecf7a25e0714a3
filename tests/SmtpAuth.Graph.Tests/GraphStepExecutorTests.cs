using System.Text.Json.Nodes;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Testing;

namespace SmtpAuth.Graph;

public class GraphStepExecutorTests
{
    [Fact]
    public async Task Security_defaults_are_switched()
    {
        await using var tenant = await Some.TenantAsync(given => given.SecurityDefaults(true));

        (await ExecuteAsync(tenant, Some.SecurityDefaults(false))).Should().Be(new StepOutcome.Accepted());
        tenant.State.SecurityDefaults.Should().BeFalse();
    }

    [Fact]
    public async Task Per_user_MFA_is_switched_over_the_beta()
    {
        await using var tenant = await Some.TenantAsync();
        var user = tenant.State.User(Some.Mailbox);

        (await ExecuteAsync(tenant, Some.Patch($"/users/{user.Id}/authentication/requirements", """{"perUserMfaState":"disabled"}""", "beta")))
            .Should().BeOfType<StepOutcome.Accepted>();
        user.PerUserMfa.Should().Be("disabled");
    }

    [Fact]
    public async Task A_user_is_excluded_from_a_policy()
    {
        await using var tenant = await Some.TenantAsync(given =>
            given.ConditionalAccessPolicy(policy => policy.Id(Some.PolicyId).BlockLegacyAuthentication()));
        var user = tenant.State.User(Some.Mailbox).Id;

        var outcome = await ExecuteAsync(tenant, Some.Patch(
            $"/identity/conditionalAccess/policies/{Some.PolicyId}",
            """{"conditions":{"users":{"includeUsers":["All"],"excludeUsers":["ID"]}}}""".Replace("ID", user, StringComparison.Ordinal)));

        outcome.Should().BeOfType<StepOutcome.Accepted>();
        var policy = tenant.State.Find(ObjectKinds.ConditionalAccessPolicies, Some.PolicyId)!;
        policy["conditions"]!["users"]!["excludeUsers"]!.AsArray().Select(id => (string?)id).Should().Equal(user);
    }

    [Fact]
    public async Task An_account_is_enabled()
    {
        await using var tenant = await Some.TenantAsync();
        var user = tenant.State.User(Some.Mailbox);
        user.AccountEnabled = false;

        (await ExecuteAsync(tenant, Some.Patch($"/users/{user.Id}", """{"accountEnabled":true}"""))).Should().BeOfType<StepOutcome.Accepted>();
        user.AccountEnabled.Should().BeTrue();
    }

    [Fact]
    public async Task What_was_created_is_given_and_can_be_deleted()
    {
        await using var tenant = await Some.TenantAsync();
        var body = JsonNode.Parse("""
            {"displayName":"Block legacy authentication","state":"enabledForReportingButNotEnforced",
             "conditions":{"clientAppTypes":["other"],"applications":{"includeApplications":["All"]},"users":{"includeUsers":["All"]}},
             "grantControls":{"operator":"OR","builtInControls":["block"]}}
            """);

        var outcome = await ExecuteAsync(tenant, new StepAction.GraphRequest("POST", "v1.0", "/identity/conditionalAccess/policies", body));

        var id = (string)outcome.Should().BeOfType<StepOutcome.Accepted>().Which.Created!["id"]!;
        tenant.State.Find(ObjectKinds.ConditionalAccessPolicies, id).Should().NotBeNull();
        (await ExecuteAsync(tenant, new StepAction.GraphRequest("DELETE", "v1.0", $"/identity/conditionalAccess/policies/{id}", null)))
            .Should().Be(new StepOutcome.Accepted());
        tenant.State.Find(ObjectKinds.ConditionalAccessPolicies, id).Should().BeNull();
    }

    [Theory]
    [InlineData(FaultKind.DropBefore, true)]
    [InlineData(FaultKind.DropAfter, false)]
    [InlineData(FaultKind.GatewayTimeout, true)]
    [InlineData(FaultKind.ServiceUnavailable, true)]
    public async Task A_write_whose_answer_is_lost_is_uncertain_and_made_once(FaultKind fault, bool isUnchanged)
    {
        await using var tenant = await Some.TenantAsync(given =>
            given.SecurityDefaults(true).WithFault(new Fault(EmulatedService.Graph, fault) { Method = "PATCH" }));

        (await ExecuteAsync(tenant, Some.SecurityDefaults(false))).Should().BeOfType<StepOutcome.Uncertain>();
        tenant.Requests.Should().ContainSingle();
        tenant.State.SecurityDefaults.Should().Be(isUnchanged);
    }

    [Fact]
    public async Task A_deletion_whose_answer_is_lost_is_not_repeated_on_a_connection_that_was_in_use()
    {
        await using var tenant = await Some.TenantAsync(given => given
            .ConditionalAccessPolicy(policy => policy.Id(Some.PolicyId).BlockLegacyAuthentication())
            .WithFault(new Fault(EmulatedService.Graph, FaultKind.DropAfter) { Method = "DELETE" }));
        using var connection = Some.Connection(tenant);
        await new GraphTenantReader(connection).ReadAsync(Some.Submission, ["graph/organization"], CancellationToken.None);

        var outcome = await new GraphStepExecutor(connection).ExecuteAsync(
            new StepAction.GraphRequest("DELETE", "v1.0", $"/identity/conditionalAccess/policies/{Some.PolicyId}", null), CancellationToken.None);

        outcome.Should().BeOfType<StepOutcome.Uncertain>();
        tenant.Requests.Where(request => request.Method == "DELETE").Should().ContainSingle();
    }

    [Fact]
    public async Task A_write_that_was_throttled_is_made_again()
    {
        await using var tenant = await Some.TenantAsync(given => given.SecurityDefaults(true)
            .WithFault(new Fault(EmulatedService.Graph, FaultKind.TooManyRequests) { RetryAfter = TimeSpan.Zero }));

        (await ExecuteAsync(tenant, Some.SecurityDefaults(false))).Should().BeOfType<StepOutcome.Accepted>();
    }

    [Fact]
    public async Task A_missing_permission_is_found_before_and_refused_at_the_write()
    {
        await using var tenant = await Some.TenantAsync(given => given.SecurityDefaults(true));
        using var connection = Some.Connection(tenant, token => token.Roles("Policy.ReadWrite.SecurityDefaults"));
        var executor = new GraphStepExecutor(connection);

        var missing = await executor.FindMissingPermissionsAsync([Some.Step(Some.SecurityDefaults(false))], CancellationToken.None);
        var outcome = await executor.ExecuteAsync(Some.SecurityDefaults(false), CancellationToken.None);

        missing.Should().ContainSingle().Which.Should().Contain("application permission Policy.Read.All");
        outcome.Should().BeOfType<StepOutcome.Refused>().Which.MissingPermission.Should().BeTrue();
        tenant.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_person_needs_a_directory_role_too()
    {
        await using var tenant = await Some.TenantAsync();
        using var connection = Some.Connection(tenant, token => token.User(Some.Mailbox)
            .Scopes("Policy.Read.All", "Policy.ReadWrite.SecurityDefaults").DirectoryRoles("f2ef992c-3afb-46b9-b7cf-a126ee74c451"));

        var missing = await new GraphStepExecutor(connection).FindMissingPermissionsAsync([Some.Step(Some.SecurityDefaults(false))], CancellationToken.None);

        missing.Should().ContainSingle().Which.Should().Contain("Conditional Access Administrator");
    }

    [Fact]
    public async Task A_wider_permission_is_enough_and_an_opaque_token_says_nothing()
    {
        await using var tenant = await Some.TenantAsync();
        var step = Some.Step(Some.Patch("/users/1", """{"accountEnabled":true}"""), ["User.EnableDisableAccount.All", "User.Read.All"]);
        using var wide = Some.Connection(tenant, token => token.Roles("User.ReadWrite.All"));
        using var opaque = Some.Connection((_, _) => Some.Json(500, ""));

        (await new GraphStepExecutor(wide).FindMissingPermissionsAsync([step], CancellationToken.None)).Should().BeEmpty();
        (await new GraphStepExecutor(opaque).FindMissingPermissionsAsync([step], CancellationToken.None)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("PATCH", "v1.0", "/users/1", """{"accountEnabled":true}""", true)]
    [InlineData("PATCH", "v1.0", "/users/1", """{"accountEnabled":true,"passwordProfile":{}}""", false)]
    [InlineData("PATCH", "v1.0", "/users/1", null, false)]
    [InlineData("PATCH", "beta", "/users/1", """{"accountEnabled":true}""", false)]
    [InlineData("PATCH", "v1.0", "/users/..", """{"accountEnabled":true}""", false)]
    [InlineData("PATCH", "v1.0", "/users/1?x=2", """{"accountEnabled":true}""", false)]
    [InlineData("PATCH", "v1.0", "/users/1%2f2", """{"accountEnabled":true}""", false)]
    [InlineData("DELETE", "v1.0", "/users/1", null, false)]
    [InlineData("POST", "v1.0", "/users/1/revokeSignInSessions", null, true)]
    [InlineData("DELETE", "v1.0", "/identity/conditionalAccess/policies/${created.s1.id}", null, true)]
    [InlineData("DELETE", "v1.0", "/identity/conditionalAccess/policies/", null, false)]
    public async Task Only_requests_of_the_list_are_made(string method, string version, string path, string? body, bool isPermitted)
    {
        var calls = 0;
        using var connection = Some.Connection((_, _) =>
        {
            calls++;
            return new HttpResponseMessage(System.Net.HttpStatusCode.NoContent);
        });
        var executor = new GraphStepExecutor(connection);
        var action = new StepAction.GraphRequest(method, version, path, body is null ? null : JsonNode.Parse(body));

        executor.CanExecute(action).Should().Be(isPermitted);
        var executing = () => executor.ExecuteAsync(action, CancellationToken.None);
        if (isPermitted)
        {
            (await executing()).Should().BeOfType<StepOutcome.Accepted>();
        }
        else
        {
            await executing.Should().ThrowAsync<ArgumentException>();
        }

        calls.Should().Be(isPermitted ? 1 : 0);
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"BadRequest","message":"1007: does not match the schema"}}""", "1007")]
    [InlineData(404, """{"error":{"code":"Request_ResourceNotFound","message":"gone"}}""", "gone")]
    [InlineData(409, """{"error":{"code":"Conflict","message":"taken"}}""", "taken")]
    [InlineData(302, "", "not followed")]
    public async Task A_refusal_is_given_with_its_reason(int status, string body, string reason)
    {
        using var connection = Some.Connection((_, _) => Some.Json(status, body));

        var outcome = await new GraphStepExecutor(connection).ExecuteAsync(Some.SecurityDefaults(false), CancellationToken.None);

        outcome.Should().BeOfType<StepOutcome.Refused>().Which.Reason.Should().Contain(reason).And.NotContain("canary");
    }

    private static async Task<StepOutcome> ExecuteAsync(EmulatedTenant tenant, StepAction action)
    {
        using var connection = Some.Connection(tenant);
        return await new GraphStepExecutor(connection).ExecuteAsync(action, CancellationToken.None);
    }
}
