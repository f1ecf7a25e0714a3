using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpAuth.Exchange;

public class ExchangeAdminApiCommandsTests
{
    private const string Root = "https://outlook.office365.com/adminapi/beta/6f1c2b9e-3d47-4a58-9b0c-5e2d7f8a1c34/";
    private const string OnePage = """{"@adminapi.warnings":[],"value":[{"Name":"one"}]}""";

    [Fact]
    public async Task The_request_is_the_one_the_endpoint_expects()
    {
        HttpRequestMessage? sent = null;
        var sentBody = "";
        using var commands = Some.Commands((request, body) =>
        {
            (sent, sentBody) = (request, body);
            return Some.Json(200, OnePage);
        });

        await commands.RunAsync(new("Set-CASMailbox", new JsonObject { ["Identity"] = "p@contoso.example", ["SmtpClientAuthenticationDisabled"] = null }), CancellationToken.None);

        sent!.Method.Should().Be(HttpMethod.Post);
        sent.RequestUri.Should().Be(Root + "InvokeCommand");
        sent.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value)).Should().Contain(new Dictionary<string, string>
        {
            ["Authorization"] = "Bearer canary-token",
            ["X-AnchorMailbox"] = "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@6f1c2b9e-3d47-4a58-9b0c-5e2d7f8a1c34",
            ["X-CmdletName"] = "Set-CASMailbox",
            ["X-ResponseFormat"] = "json",
            ["X-SerializationLevel"] = "Partial",
            ["Prefer"] = "odata.maxpagesize=1000",
        });
        sent.Content!.Headers.ContentType!.ToString().Should().Be("application/json; charset=utf-8");
        sentBody.Should().Be(
            """{"CmdletInput":{"CmdletName":"Set-CASMailbox","Parameters":{"Identity":"p@contoso.example","SmtpClientAuthenticationDisabled":null}}}""");
    }

    [Fact]
    public async Task Pages_are_joined_by_posting_the_same_body_to_the_next_link()
    {
        var bodies = new List<string>();
        using var commands = Some.Commands((request, body) =>
        {
            bodies.Add(body + request.Headers.GetValues("X-AnchorMailbox").Single());
            return Some.Json(200, request.RequestUri!.Query.Length == 0
                ? $$"""{"@adminapi.warnings":["By default, only the first 1000 items are returned. Use the ResultSize parameter."],"@odata.nextLink":"{{Root}}InvokeCommand?$skiptoken=2","value":[{"Name":"one"}]}"""
                : """{"value":[{"Name":"two"}]}""");
        });

        var result = await AnsweredAsync(commands, "Get-CASMailbox");

        result.Values.Select(value => value.GetProperty("Name").GetString()).Should().Equal("one", "two");
        result.Incomplete.Should().BeNull();
        result.Warnings.Should().BeEmpty();
        bodies.Should().HaveCount(2);
        bodies.Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData("https://outlook.office365.com.fabrikam.example/adminapi/next")]
    [InlineData("http://outlook.office365.com/adminapi/next")]
    [InlineData("https://outlook.office365.com:8443/adminapi/next")]
    public async Task A_next_link_to_another_place_is_not_followed_and_the_list_is_marked(string link)
    {
        var calls = 0;
        using var commands = Some.Commands((_, _) =>
        {
            calls++;
            return Some.Json(200, $$"""{"@odata.nextLink":"{{link}}","value":[{"Name":"one"}]}""");
        });

        var result = await AnsweredAsync(commands, "Get-CASMailbox");

        result.Incomplete.Should().NotBeNull();
        result.Content.GetProperty("@odata.nextLink").GetString().Should().Be(link);
        calls.Should().Be(2, "the list is begun once more, and then left");
    }

    [Fact]
    public async Task An_expired_page_makes_the_list_begin_again_once()
    {
        var calls = 0;
        using var commands = Some.Commands((request, _) => ++calls switch
        {
            2 => Some.Json(400, """{"error":{"code":"BadRequest","message":"Expired or Invalid pagination request. Default Expiry time is 00:30:00"}}"""),
            _ when request.RequestUri!.Query.Length > 0 => Some.Json(200, """{"value":[{"Name":"two"}]}"""),
            _ => Some.Json(200, $$"""{"@odata.nextLink":"{{Root}}InvokeCommand?$skiptoken=2","value":[{"Name":"one"}]}"""),
        });

        var result = await AnsweredAsync(commands, "Get-CASMailbox");

        (result.Incomplete, result.Values.Count, calls).Should().Be((null, 2, 4));
    }

    [Fact]
    public async Task A_warning_that_the_list_was_cut_marks_it()
    {
        using var commands = Some.Commands((_, _) => Some.Json(
            200, """{"@adminapi.warnings":["By default, only the first 1000 items are returned. Use the ResultSize parameter."],"value":[{"Name":"one"}]}"""));

        var result = await AnsweredAsync(commands, "Get-CASMailbox");

        result.Incomplete.Should().Contain("only the first 1000");
        result.Content.GetProperty("@adminapi.warnings").GetArrayLength().Should().Be(1);
    }

    [Theory]
    [InlineData("https://am0pr01.outlook.office365.com/adminapi/beta/x/InvokeCommand", 2, true)]
    [InlineData("https://outlook.office365.fabrikam.example/adminapi/beta/x/InvokeCommand", 1, false)]
    [InlineData("http://am0pr01.outlook.office365.com/adminapi/beta/x/InvokeCommand", 1, false)]
    public async Task A_redirect_is_followed_with_the_body_to_hosts_of_the_cloud_only(string location, int calls, bool isAnswered)
    {
        var sent = new List<(HttpMethod Method, string Host, string Body, string Token)>();
        using var commands = Some.Commands((request, body) =>
        {
            sent.Add((request.Method, request.RequestUri!.Host, body, request.Headers.Authorization!.ToString()));
            if (sent.Count > 1)
            {
                return Some.Json(200, OnePage);
            }

            var response = new HttpResponseMessage(System.Net.HttpStatusCode.Found);
            response.Headers.Location = new Uri(location);
            return response;
        });

        var result = await commands.RunAsync(Some.Get("Get-TransportConfig"), CancellationToken.None);

        (sent.Count, result is ExchangeResult.Answered).Should().Be((calls, isAnswered));
        sent.Select(call => (call.Method, call.Body, call.Token)).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task A_redirect_in_circles_is_left_after_three()
    {
        var calls = 0;
        using var commands = Some.Commands((request, _) =>
        {
            calls++;
            var response = new HttpResponseMessage(System.Net.HttpStatusCode.TemporaryRedirect);
            response.Headers.Location = request.RequestUri;
            return response;
        });

        var result = await commands.RunAsync(Some.Get("Get-TransportConfig"), CancellationToken.None);

        (calls, ((ExchangeResult.Failed)result).Kind).Should().Be((4, ExchangeFailureKind.NoEndpoint));
    }

    public static TheoryData<int, string, ExchangeFailureKind, string> Failures() => new()
    {
        // status, body => kind, part of the reason
        { 400, """{"error":{"code":"BadRequest","message":"Invalid Operation","details":[{"message":"Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'x' couldn't be found on 'DC'."}]}}""", ExchangeFailureKind.NotFound, "object 'x' couldn't be found" },
        { 500, """{"error":{"InnerError":{"InternalException":{"Message":"No object 'x'.","Type":"A.ManagementObjectNotFoundException"}}}}""", ExchangeFailureKind.NotFound, "No object 'x'." },
        { 404, """{"error":{"code":"NotFound","message":"Error executing cmdlet"}}""", ExchangeFailureKind.NotFound, "Error executing cmdlet" },
        { 404, "<html>not here</html>", ExchangeFailureKind.NoEndpoint, "no Exchange administration endpoint" },
        { 400, """{"error":{"code":"BadRequest","message":"x","details":[{"message":"|ParameterBindingException|A parameter cannot be found."}]}}""", ExchangeFailureKind.Refused, "A parameter cannot be found." },
        { 400, """{"error":{"code":"BadRequest","message":"You need to run Enable-OrganizationCustomization first"}}""", ExchangeFailureKind.Refused, "Run Enable-OrganizationCustomization" },
        { 401, """{"error":{"code":"Unauthorized","message":"User is not allowed to call Get-TransportConfig"}}""", ExchangeFailureKind.NotPermitted, "Global Reader" },
        { 401, "", ExchangeFailureKind.NoToken, "Exchange.ManageAsApp" },
        { 403, "\0\0\0\0\0\0\0\0", ExchangeFailureKind.NotPermitted, "no role" },
        { 403, """{"error":{"code":"Forbidden","message":"The role assigned to application x isn't supported in this scenario."}}""", ExchangeFailureKind.NotPermitted, "isn't supported" },
        { 500, """{"error":{"code":"InternalServerError","message":"boom"}}""", ExchangeFailureKind.AnswerLost, "boom" },
        { 200, "<html>proxy</html>", ExchangeFailureKind.AnswerLost, "not JSON" },
        { 418, "", ExchangeFailureKind.Refused, "418" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_gets_its_kind_and_its_innermost_reason(int status, string body, ExchangeFailureKind kind, string reason)
    {
        using var commands = Some.Commands((_, _) => Some.Json(status, body));

        var result = await commands.RunAsync(Some.Get("Get-TransportConfig"), CancellationToken.None);

        var failed = result.Should().BeOfType<ExchangeResult.Failed>().Subject;
        failed.Kind.Should().Be(kind);
        failed.Reason.Should().Contain(reason).And.NotContain("canary").And.NotContain("\n");
    }

    [Theory]
    [InlineData(401, "", 2)]
    [InlineData(401, """{"error":{"code":"Unauthorized","message":"User is not allowed to call Get-TransportConfig"}}""", 1)]
    public async Task A_new_token_is_asked_for_only_where_the_old_one_was_the_problem(int status, string body, int tokens)
    {
        var credential = new FixedToken("canary-token");
        using var handler = new AnsweringHandler((_, _) => Some.Json(status, body));
        using var commands = new ExchangeAdminApiCommands(
            MicrosoftCloud.Global, "contoso.example", credential, new() { HttpHandler = handler });

        await commands.RunAsync(Some.Get("Get-TransportConfig"), CancellationToken.None);

        credential.Claims.Should().HaveCount(tokens);
        credential.Claims.Skip(1).Should().NotContain(claims => !claims!.Contains("nbf", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_batch_endpoint_reads_go_one_by_one_and_the_endpoint_is_not_asked_again()
    {
        var paths = new List<string>();
        using var commands = Some.Commands(
            (request, _) =>
            {
                lock (paths)
                {
                    paths.Add(request.RequestUri!.Segments[^1]);
                }

                return request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal) ? Some.Json(404, "") : Some.Json(200, OnePage);
            },
            options => options.UseBatches = true);

        for (var round = 0; round < 2; round++)
        {
            var results = await commands.ReadAllAsync([Some.Get("Get-TransportConfig"), Some.Get("Get-OrganizationConfig")], CancellationToken.None);
            results.Should().AllBeOfType<ExchangeResult.Answered>();
        }

        paths.Should().Equal("$batch", "InvokeCommand", "InvokeCommand", "InvokeCommand", "InvokeCommand");
    }

    [Fact]
    public async Task What_a_batch_leaves_unclear_is_asked_for_by_itself()
    {
        using var commands = Some.Commands(
            (request, body) => request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal)
                ? Some.Json(200, """{"responses":[{"id":"3","status":429,"headers":{"Retry-After":"0"},"body":{}},{"id":"1","status":200,"body":{"value":[{"Name":"of the batch"}]}}]}""")
                : Some.Json(200, $$"""{"value":[{"Name":"alone: {{JsonNode.Parse(body)!["CmdletInput"]!["CmdletName"]}}"}]}"""),
            options => options.UseBatches = true);

        var results = await commands.ReadAllAsync(
            [Some.Get("Get-TransportConfig"), Some.Get("Get-OrganizationConfig"), Some.Get("Get-AcceptedDomain")], CancellationToken.None);

        results.Cast<ExchangeResult.Answered>().Select(result => result.Values.Single().GetProperty("Name").GetString())
            .Should().Equal("of the batch", "alone: Get-OrganizationConfig", "alone: Get-AcceptedDomain");
    }

    [Fact]
    public async Task A_cmdlet_that_writes_is_not_read()
    {
        using var commands = Some.Commands((_, _) => Some.Json(200, OnePage));

        var reading = () => commands.ReadAllAsync([Some.Get("Set-CASMailbox", "x")], CancellationToken.None);

        await reading.Should().ThrowAsync<ArgumentException>().WithMessage("*Set-CASMailbox*");
    }

    [Fact]
    public async Task A_token_that_fits_no_header_is_refused_without_being_quoted()
    {
        using var handler = new AnsweringHandler((_, _) => Some.Json(200, OnePage));
        using var commands = new ExchangeAdminApiCommands(
            MicrosoftCloud.Global, "contoso.example", new FixedToken("canary\ntoken"), new() { HttpHandler = handler });

        var result = await commands.RunAsync(Some.Get("Get-TransportConfig"), CancellationToken.None);

        result.Should().BeOfType<ExchangeResult.Failed>().Which.Reason.Should().Contain("cannot be an access token").And.NotContain("canary");
    }

    private static async Task<ExchangeResult.Answered> AnsweredAsync(ExchangeAdminApiCommands commands, string cmdlet) =>
        (await commands.RunAsync(Some.Get(cmdlet), CancellationToken.None)).Should().BeOfType<ExchangeResult.Answered>().Subject;
}
