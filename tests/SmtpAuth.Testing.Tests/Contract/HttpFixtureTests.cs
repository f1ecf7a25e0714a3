using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace SmtpAuth.Testing.Tests.Contract;

/// <summary>Every recorded HTTP request, sent to the emulated tenant, gets an answer of the recorded status and shape.</summary>
public sealed class HttpFixtureTests(ITestOutputHelper output)
{
    // Members of an answer that the emulated tenant leaves out on purpose.
    private static readonly Dictionary<string, string[]> LeftOut = new(StringComparer.Ordinal)
    {
        ["graph-delegated-admin-relationships"] = ["$.value is empty"],
        ["graph-message-traces"] = ["$.value is empty"],
        ["exo-get-messagetracev2"] = ["$.value is empty"],
        ["exo-get-casmailbox-string-booleans"] =
        [
            "$.value[].ActiveSyncEnabled is String instead of boolean", "$.value[].OWAEnabled is String instead of boolean",
            "$.value[].PopEnabled is String instead of boolean", "$.value[].ImapEnabled is String instead of boolean",
            "$.value[].MAPIEnabled is String instead of boolean",
        ],
    };

    public static TheoryData<string> Names => [.. Fixtures.Names("graph", "graph-beta", "exchange", "exchange-v2", "token")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recorded_request_is_answered_with_the_recorded_status_and_shape(string name)
    {
        if (name == Fixtures.None)
        {
            output.WriteLine("The fixtures are not here, so nothing was compared. Set SMTPAUTH_FIXTURES to their folder.");
            return;
        }

        var fixture = Fixtures.Read(name);
        await using var tenant = await FixtureTenant.StartAsync(name);
        Arrange(tenant, name);
        var answer = await SendAsync(tenant, name, fixture);
        var expected = fixture["response"]!;
        answer.Status.Should().Be((int)expected["status"]!);
        foreach (var (header, value) in (JsonObject)expected["headers"]!)
        {
            answer.Headers.Should().ContainKey(header);
            if (header is "Content-Type")
            {
                answer.Headers[header].Replace(" ", string.Empty, StringComparison.Ordinal)
                    .Should().Be(value!.ToString().Replace(" ", string.Empty, StringComparison.Ordinal));
            }
        }

        if (expected["bodyBase64"] is { } bytes)
        {
            answer.Content.Should().Equal(Convert.FromBase64String(bytes.ToString()));
        }
        else if (expected["bodyText"] is { } text)
        {
            answer.Text.Should().Be(text.ToString());
        }
        else if (expected["body"] is { } body)
        {
            Shape.Missing(body, answer.Json).Where(difference => !IsLeftOut(name, difference)).Should().BeEmpty();
            if (body["error"] is JsonObject error)
            {
                answer.ErrorCode.Should().Be(error["code"]!.ToString());
                answer.ErrorMessage.Should().Be(error["message"]!.ToString());
            }
        }
        else
        {
            answer.Content.Should().BeEmpty();
        }
    }

    private static bool IsLeftOut(string name, string difference) =>
        LeftOut.TryGetValue(name, out var known) && known.Contains(difference);

    private static void Arrange(EmulatedTenant tenant, string name)
    {
        var exchange = new Func<FaultKind, Fault>(kind => new Fault(EmulatedService.Exchange, kind) { RetryAfter = TimeSpan.FromSeconds(30) });
        switch (name)
        {
            case "exo-error-200-embedded": tenant.AddFault(exchange(FaultKind.EmbeddedError)); break;
            case "exo-error-400-throttled-text": tenant.AddFault(new Fault(EmulatedService.Exchange, FaultKind.ThrottledText)); break;
            case "exo-error-401-empty": tenant.AddFault(exchange(FaultKind.Unauthorized)); break;
            case "exo-error-401-not-allowed": tenant.Behavior.ExchangeDeniedCmdlets = ["Get-Mailbox"]; break;
            case "exo-error-404-not-found": tenant.Behavior.ExchangeNotFoundIs404 = true; break;
            case "exo-error-429": tenant.AddFault(exchange(FaultKind.TooManyRequests)); break;
            case "exo-error-503-transient": tenant.AddFault(new Fault(EmulatedService.Exchange, FaultKind.ServiceUnavailable)); break;
            case "exo-redirect-302-prefix-host": tenant.AddFault(exchange(FaultKind.Redirect)); break;
            case "exo-get-casmailbox-string-booleans": tenant.Behavior.ExchangeBooleansAsText = true; break;
            case "exo-error-400-organization-customization":
                tenant.State.Change(ObjectKinds.OrganizationConfig, "contoso.onmicrosoft.com", config => config["IsDehydrated"] = true);
                break;
            case "exo-batch-mixed":
                tenant.AddFault(new Fault(EmulatedService.Exchange, FaultKind.TooManyRequests) { Target = "Get-TransportConfig", RetryAfter = TimeSpan.FromSeconds(20) });
                break;
            case "graph-batch-mixed":
                tenant.AddFault(new Fault(EmulatedService.Graph, FaultKind.TooManyRequests) { Target = "signIns", RetryAfter = TimeSpan.FromSeconds(7) });
                break;
            case "graph-ca-error-429-no-retry-after": tenant.AddFault(new Fault(EmulatedService.Graph, FaultKind.TooManyRequests)); break;
            case "graph-signins-error-429":
                tenant.AddFault(new Fault(EmulatedService.Graph, FaultKind.TooManyRequests) { RetryAfter = TimeSpan.FromSeconds(10) });
                break;
            case "graph-error-401-cae-claims-challenge": tenant.AddFault(new Fault(EmulatedService.Graph, FaultKind.ClaimsChallenge)); break;
            case "graph-error-503-with-retry-after":
                tenant.AddFault(new Fault(EmulatedService.Graph, FaultKind.ServiceUnavailable) { RetryAfter = TimeSpan.FromSeconds(30) });
                break;
            case "graph-error-504-gateway-html": tenant.AddFault(new Fault(EmulatedService.Graph, FaultKind.GatewayTimeout)); break;
            case "graph-signins-error-403-no-premium":
                foreach (var sku in tenant.State.All(ObjectKinds.SubscribedSkus))
                {
                    tenant.State.Remove(ObjectKinds.SubscribedSkus, sku["id"]!.ToString());
                }

                break;
            case "token-error-aadsts53003": tenant.AddFault(new Fault(EmulatedService.Token, FaultKind.Reply)); break;
            default: break;
        }
    }

    private static async Task<HttpAnswer> SendAsync(EmulatedTenant tenant, string name, JsonObject fixture)
    {
        var recorded = fixture["request"]!;
        var url = recorded["url"]!.ToString();
        var target = url[url.IndexOf('/', "https://".Length)..];
        if (name.StartsWith("token-", StringComparison.Ordinal))
        {
            return await TokenAsync(tenant, name, target, (JsonObject)recorded["form"]!);
        }

        var isGraph = name.StartsWith("graph-", StringComparison.Ordinal);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var body = recorded["body"]?.ToJsonString();
        if (name == "exo-get-casmailbox-page-2")
        {
            var first = await PostAsync(http, tenant, new Uri(tenant.Exchange, target.Split('?')[0]), recorded, body, "odata.maxpagesize=2");
            return await PostAsync(http, tenant, new Uri(first.Json["@odata.nextLink"]!.ToString()), recorded, body, "odata.maxpagesize=1000");
        }

        if (name == "graph-users-page-2")
        {
            var first = await SendAsync(http, tenant, new Uri(tenant.Graph, target.Split("&$skiptoken")[0]), recorded, body, Token(tenant, name), null);
            return await SendAsync(http, tenant, new Uri(first.Json["@odata.nextLink"]!.ToString()), recorded, body, Token(tenant, name), null);
        }

        if (name == "graph-approleassignment-error-duplicate")
        {
            await SendAsync(http, tenant, new Uri(tenant.Graph, target), recorded, body, Token(tenant, name), null);
        }

        var root = isGraph ? tenant.Graph : tenant.Exchange;
        var prefer = name is "exo-get-casmailbox-truncated" ? "odata.maxpagesize=1" : null;
        return await SendAsync(http, tenant, new Uri(root, target), recorded, body, Token(tenant, name), prefer);
    }

    private static Task<HttpAnswer> PostAsync(HttpClient http, EmulatedTenant tenant, Uri uri, JsonNode recorded, string? body, string prefer) =>
        SendAsync(http, tenant, uri, recorded, body, tenant.IssueToken(TokenAudience.Exchange), prefer);

    private static string Token(EmulatedTenant tenant, string name) => name switch
    {
        "exo-error-403-nul-body" => tenant.IssueToken(TokenAudience.Exchange, t => t.DirectoryRoles()),
        "exo-error-403-role-unsupported" => tenant.IssueToken(TokenAudience.Exchange, t => t.DirectoryRoles("Reports Reader")),
        "graph-error-401-expired-token" => tenant.IssueToken(TokenAudience.Graph, t => t.ExpiresIn(TimeSpan.FromMinutes(-1))),
        "graph-error-403-insufficient-privileges" => tenant.IssueToken(TokenAudience.Graph, t => t.Roles("Policy.Read.All")),
        "graph-security-defaults-patch-error-403-scopes" =>
            tenant.IssueToken(TokenAudience.Graph, t => t.Roles("Policy.ReadWrite.SecurityDefaults")),
        "graph-batch-mixed" => tenant.IssueToken(TokenAudience.Graph, t => t.WithoutRoles("Policy.Read.All")),
        "graph-message-traces" => tenant.IssueToken(TokenAudience.Graph, t => t.Roles("ExchangeMessageTrace.Read.All")),
        "graph-delegated-admin-relationships" => tenant.IssueToken(TokenAudience.Graph, t => t.Roles("DelegatedAdminRelationship.Read.All")),
        _ when name.StartsWith("graph-", StringComparison.Ordinal) => tenant.IssueToken(TokenAudience.Graph),
        _ => tenant.IssueToken(TokenAudience.Exchange),
    };

    private static async Task<HttpAnswer> SendAsync(
        HttpClient http, EmulatedTenant tenant, Uri uri, JsonNode recorded, string? body, string token, string? prefer)
    {
        _ = tenant;
        using var request = new HttpRequestMessage(new HttpMethod(recorded["method"]!.ToString()), uri);
        foreach (var (header, value) in ((JsonObject)recorded["headers"]!).Where(header => header.Key is not ("Authorization" or "Content-Type")))
        {
            request.Headers.TryAddWithoutValidation(header, header == "Prefer" && prefer is not null ? prefer : value!.ToString());
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await ReadAsync(await http.SendAsync(request));
    }

    private static async Task<HttpAnswer> TokenAsync(EmulatedTenant tenant, string name, string target, JsonObject form)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => Submission.Trusts(tenant, certificate) };
        using var http = new HttpClient(handler);
        var fields = form.ToDictionary(field => field.Key, field => field.Value!.ToString(), StringComparer.Ordinal);
        switch (name)
        {
            case "token-error-aadsts700016": fields["client_id"] = Guid.Empty.ToString("D", CultureInfo.InvariantCulture); break;
            case "token-refresh-gdap": fields["refresh_token"] = tenant.IssueRefreshToken(FixtureTenant.Copier); break;
            default: break;
        }

        using var content = new FormUrlEncodedContent(fields);
        return await ReadAsync(await http.PostAsync(new Uri(tenant.Authority, target), content));
    }

    private static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new HttpAnswer(
                (int)response.StatusCode,
                await response.Content.ReadAsByteArrayAsync(),
                response.Headers.Concat(response.Content.Headers).ToDictionary(
                    header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
        }
    }
}
