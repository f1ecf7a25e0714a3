using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Graph;

public class GraphTenantReaderTests
{
    private static readonly string[] Everything =
    [
        AnswerNames.SecurityDefaults, AnswerNames.ConditionalAccessPolicies, AnswerNames.NamedLocations, AnswerNames.User,
        AnswerNames.UserAuthenticationRequirements, AnswerNames.SubscribedSkus, AnswerNames.Domains, AnswerNames.Organization,
        AnswerNames.SignIns, AnswerNames.UserMemberOf,
    ];

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 10)]
    public async Task Every_answer_is_read(bool useBatches, int requests)
    {
        await using var tenant = await Some.TenantAsync(given => given
            .ConditionalAccessPolicy(policy => policy.Id(Some.PolicyId).BlockLegacyAuthentication())
            .NamedLocation("Office", trusted: true, "203.0.113.0/24"));
        using var connection = Some.Connection(tenant, configure: options => options.UseBatches = useBatches);
        var reader = new GraphTenantReader(connection);
        Everything.Should().OnlyContain(name => reader.CanRead(name));

        var answers = (await reader.ReadAsync(Some.Submission, Everything, CancellationToken.None)).ToDictionary(answer => answer.Name);

        answers.Keys.Should().BeEquivalentTo(Everything);
        answers.Values.Where(answer => answer.Failure is not null).Should().BeEmpty();
        answers[AnswerNames.SecurityDefaults].Content!.Value.GetProperty("isEnabled").GetBoolean().Should().BeFalse();
        Values(answers[AnswerNames.ConditionalAccessPolicies]).Should().ContainSingle().Which.GetProperty("id").GetString().Should().Be(Some.PolicyId);
        Values(answers[AnswerNames.NamedLocations]).Should().ContainSingle();
        answers[AnswerNames.User].Content!.Value.GetProperty("id").GetString().Should().Be(tenant.State.User(Some.Mailbox).Id);
        answers[AnswerNames.User].Content!.Value.TryGetProperty("onPremisesSyncEnabled", out var synced).Should().BeTrue();
        synced.ValueKind.Should().Be(JsonValueKind.Null);
        answers[AnswerNames.UserAuthenticationRequirements].Content!.Value.GetProperty("perUserMfaState").GetString().Should().Be("enforced");
        Values(answers[AnswerNames.UserMemberOf]).Should().ContainSingle();
        tenant.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task The_members_of_a_group_are_read()
    {
        await using var tenant = await Some.TenantAsync();
        using var connection = Some.Connection(tenant);
        var reader = new GraphTenantReader(connection);
        var member = (await reader.ReadAsync(Some.Submission, [AnswerNames.UserMemberOf], CancellationToken.None)).Single();
        var name = AnswerNames.GroupMembers(Values(member).Single().GetProperty("id").GetString()!);
        var deleted = AnswerNames.GroupMembers("00000000-0000-4000-8000-000000000000");

        var answers = await reader.ReadAsync(Some.Submission, [name, deleted], CancellationToken.None);

        Values(answers[0]).Select(value => value.GetProperty("id").GetString()).Should().Equal(tenant.State.User(Some.Mailbox).Id);
        answers[1].Content!.Value.GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_is_found_by_an_address_that_is_not_the_principal_name(bool useBatches)
    {
        await using var tenant = await Some.TenantAsync(given => given.WithUser(
            "p-01@contoso.example", user => user.PrimarySmtpAddress("scanner@contoso.example").PerUserMfa("enabled").MemberOf("Devices")));
        using var connection = Some.Connection(tenant, configure: options => options.UseBatches = useBatches);
        var own = new JsonObject
        {
            ["userPrincipalName"] = "p-01@contoso.example",
            ["createdDateTime"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["clientAppUsed"] = "Authenticated SMTP",
        };
        tenant.AddSignIn(own);
        string[] names = [AnswerNames.User, AnswerNames.UserAuthenticationRequirements, AnswerNames.UserMemberOf, AnswerNames.SignIns];

        var answers = await new GraphTenantReader(connection).ReadAsync(
            new Submission { Mailbox = "scanner@contoso.example" }, names, CancellationToken.None);

        answers.Where(answer => answer.Failure is not null).Should().BeEmpty();
        answers[0].Content!.Value.GetProperty("userPrincipalName").GetString().Should().Be("p-01@contoso.example");
        answers[1].Content!.Value.GetProperty("perUserMfaState").GetString().Should().Be("enabled");
        Values(answers[2]).Should().ContainSingle();
        Values(answers[3]).Should().ContainSingle();
    }

    [Fact]
    public async Task A_user_that_does_not_exist_is_an_empty_list()
    {
        await using var tenant = await Some.TenantAsync();
        using var connection = Some.Connection(tenant);

        var answers = await new GraphTenantReader(connection).ReadAsync(
            new Submission { Mailbox = "nobody@contoso.example" },
            [AnswerNames.User, AnswerNames.UserAuthenticationRequirements, AnswerNames.UserMemberOf],
            CancellationToken.None);

        answers.Should().OnlyContain(answer => answer.Failure == null && answer.Content!.Value.ValueKind == JsonValueKind.Array
            && answer.Content.Value.GetArrayLength() == 0);
    }

    [Fact]
    public async Task A_search_that_the_service_refuses_leaves_it_open_whether_the_user_exists()
    {
        using var connection = Some.Connection((request, _) => request.RequestUri!.Query.Contains("filter", StringComparison.Ordinal)
            ? Some.Json(400, """{"error":{"code":"Request_UnsupportedQuery","message":"no"}}""")
            : Some.Json(404, """{"error":{"code":"Request_ResourceNotFound","message":"no such user"}}"""));

        var answer = await ReadAsync(connection, AnswerNames.User);

        answer.Failure.Should().Contain(Some.Mailbox).And.Contain("search by address");
    }

    [Theory]
    [InlineData(AnswerNames.SecurityDefaults, "Policy.Read.All")]
    [InlineData(AnswerNames.User, "User.Read.All")]
    [InlineData(AnswerNames.SignIns, "User.Read.All")]
    [InlineData(AnswerNames.UserAuthenticationRequirements, "Policy.Read.All")]
    public async Task A_missing_permission_is_a_failed_answer_that_names_it(string name, string permission)
    {
        await using var tenant = await Some.TenantAsync();
        using var connection = Some.Connection(tenant, token => token.Roles("Mail.Read"));

        var answer = await ReadAsync(connection, name);

        answer.Content.Should().BeNull();
        answer.Failure.Should().Contain("403").And.Contain(permission);
    }

    [Fact]
    public async Task Without_a_licence_for_the_sign_in_log_there_is_a_reason_and_no_empty_log()
    {
        await using var tenant = await Some.TenantAsync(given => given.WithoutEntraPremium());
        using var connection = Some.Connection(tenant);

        var answer = await ReadAsync(connection, AnswerNames.SignIns);

        answer.Failure.Should().Contain("Entra ID P1");
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.ServiceUnavailable)]
    [InlineData(FaultKind.GatewayTimeout)]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.ClaimsChallenge)]
    [InlineData(FaultKind.Unauthorized)]
    public async Task A_passing_fault_is_got_over(FaultKind fault)
    {
        await using var tenant = await Some.TenantAsync(given => given.WithFault(new Fault(EmulatedService.Graph, fault)));
        using var connection = Some.Connection(tenant);

        var answer = await ReadAsync(connection, AnswerNames.Organization);

        answer.Failure.Should().BeNull();
        tenant.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(FaultKind.EmptyForbidden, "403")]
    [InlineData(FaultKind.Unauthorized, "access token")]
    [InlineData(FaultKind.Redirect, "not followed")]
    [InlineData(FaultKind.ClaimsChallenge, "access token")]
    public async Task A_lasting_fault_is_explained(FaultKind fault, string why)
    {
        await using var tenant = await Some.TenantAsync(given => given.WithFault(new Fault(EmulatedService.Graph, fault) { Times = int.MaxValue }));
        using var connection = Some.Connection(tenant);

        (await ReadAsync(connection, AnswerNames.Organization)).Failure.Should().Contain(why);
    }

    [Fact]
    public async Task Items_of_a_batch_that_fail_are_asked_for_by_themselves()
    {
        await using var tenant = await Some.TenantAsync(given => given
            .WithFault(new Fault(EmulatedService.Graph, FaultKind.TooManyRequests) { Target = "/organization" })
            .WithFault(new Fault(EmulatedService.Graph, FaultKind.GatewayTimeout) { Target = "/domains" }));
        using var connection = Some.Connection(tenant);

        var answers = await new GraphTenantReader(connection).ReadAsync(
            Some.Submission, [AnswerNames.Organization, AnswerNames.Domains, AnswerNames.SubscribedSkus], CancellationToken.None);

        answers.Where(answer => answer.Failure is not null).Should().BeEmpty();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(400)]
    [InlineData(501)]
    public async Task Without_a_batch_endpoint_reads_go_one_by_one(int status)
    {
        var paths = new List<string>();
        using var connection = Some.Connection(
            (request, _) =>
            {
                lock (paths)
                {
                    paths.Add(request.RequestUri!.AbsolutePath);
                }

                return request.Method == HttpMethod.Post ? Some.Json(status, "") : Some.Json(200, """{"value":[]}""");
            },
            options => options.UseBatches = true);
        var reader = new GraphTenantReader(connection);

        for (var round = 0; round < 2; round++)
        {
            var answers = await reader.ReadAsync(Some.Submission, [AnswerNames.Organization, AnswerNames.Domains], CancellationToken.None);
            answers.Should().OnlyContain(answer => answer.Failure == null);
        }

        paths.Should().ContainSingle(path => path == "/v1.0/$batch");
        paths.Should().HaveCount(5);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("the tenant's", true)]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_token(string? trusted, bool isReached)
    {
        await using var tenant = await Some.TenantAsync();
        var cloud = MicrosoftCloud.Parse(tenant.CloudFileJson(), "cloud.json") with
        {
            Graph = tenant.Authority,
            SmtpTrustCertificateSha256 = null,
            TrustCertificateSha256 = trusted is null ? null : tenant.SmtpCertificateSha256,
        };
        using var connection = new GraphConnection(cloud, new FixedToken("canary-token"));

        var answer = await ReadAsync(connection, AnswerNames.Organization);

        answer.Failure.Should().Contain(isReached ? "404" : "certificate").And.NotContain("canary");
        tenant.Requests.Count.Should().Be(isReached ? 1 : 0);
    }

    [Fact]
    public async Task A_service_that_does_not_take_the_token_is_not_asked_for_each_answer()
    {
        await using var tenant = await Some.TenantAsync(given =>
            given.WithFault(new Fault(EmulatedService.Graph, FaultKind.Unauthorized) { Times = int.MaxValue }));
        using var connection = Some.Connection(tenant);

        var answers = await new GraphTenantReader(connection).ReadAsync(
            Some.Submission, [AnswerNames.Organization, AnswerNames.Domains, AnswerNames.User], CancellationToken.None);

        answers.Should().OnlyContain(answer => answer.Failure!.Contains("access token"));
        tenant.Requests.Should().HaveCount(2, "a new token is tried once");
    }

    [Fact]
    public async Task Requests_are_written_as_the_documentation_writes_them()
    {
        var sent = new List<string>();
        using var connection = Some.Connection((request, _) =>
        {
            request.Headers.Authorization!.ToString().Should().Be("Bearer canary-token");
            lock (sent)
            {
                sent.Add(request.RequestUri!.AbsoluteUri);
            }

            return Some.Json(200, """{"id":"1","userPrincipalName":"printer@contoso.example","value":[]}""");
        });

        await new GraphTenantReader(connection).ReadAsync(Some.Submission, Everything, CancellationToken.None);

        var written = sent.ConvertAll(Uri.UnescapeDataString);
        written.Should().Contain(
        [
            "https://graph.microsoft.com/v1.0/policies/identitySecurityDefaultsEnforcementPolicy",
            "https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies",
            "https://graph.microsoft.com/v1.0/identity/conditionalAccess/namedLocations",
            "https://graph.microsoft.com/beta/users/printer@contoso.example/authentication/requirements",
            "https://graph.microsoft.com/v1.0/subscribedSkus",
            "https://graph.microsoft.com/v1.0/domains",
            "https://graph.microsoft.com/v1.0/organization?$select=id,displayName,tenantType,createdDateTime,onPremisesSyncEnabled,verifiedDomains,assignedPlans",
            "https://graph.microsoft.com/v1.0/users/printer@contoso.example/transitiveMemberOf?$top=999",
        ]);
        written.Should().Contain(url => url.StartsWith(
            "https://graph.microsoft.com/v1.0/users/printer@contoso.example?$select=id,userPrincipalName,", StringComparison.Ordinal));
        written.Should().Contain(url =>
            url.StartsWith("https://graph.microsoft.com/v1.0/auditLogs/signIns?", StringComparison.Ordinal)
            && url.Contains("$filter=createdDateTime ge 20", StringComparison.Ordinal)
            && url.Contains(" and userPrincipalName eq 'printer@contoso.example'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://graph.microsoft.com/v1.0/domains?$skiptoken=2", 2, false)]
    [InlineData("https://graph.fabrikam.example/v1.0/domains?$skiptoken=2", 1, true)]
    public async Task Pages_are_joined_and_a_token_goes_to_Graph_only(string next, int calls, bool isCut)
    {
        var count = 0;
        using var connection = Some.Connection((_, _) => ++count == 1
            ? Some.Json(200, $$"""{"@odata.context":"c","@odata.nextLink":"{{next}}","value":[{"id":"a"}]}""")
            : Some.Json(200, """{"value":[{"id":"b"}]}"""));

        var answer = await ReadAsync(connection, AnswerNames.Domains);

        (count, Values(answer).Count, answer.Content!.Value.TryGetProperty("@odata.nextLink", out _)).Should().Be((calls, calls, isCut));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_leaves_the_list_marked()
    {
        using var connection = Some.Connection((request, _) => request.RequestUri!.Query.Length == 0
            ? Some.Json(200, """{"@odata.nextLink":"https://graph.microsoft.com/v1.0/domains?$skiptoken=2","value":[{"id":"a"}]}""")
            : Some.Json(400, """{"error":{"code":"Directory_ExpiredPageToken","message":"too late"}}"""));

        var answer = await ReadAsync(connection, AnswerNames.Domains);

        answer.Content!.Value.GetProperty("@odata.nextLink").GetString().Should().EndWith("skiptoken=2");
    }

    private static async Task<TenantAnswer> ReadAsync(GraphConnection connection, string name) =>
        (await new GraphTenantReader(connection).ReadAsync(Some.Submission, [name], CancellationToken.None)).Single();

    private static List<JsonElement> Values(TenantAnswer answer) => [.. answer.Content!.Value.GetProperty("value").EnumerateArray()];
}
