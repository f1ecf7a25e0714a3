using System.Globalization;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;
using SmtpAuth.Testing.Tokens;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>The Exchange Online admin REST service: InvokeCommand, $batch, EXOModuleFile and the two useful v2.0 endpoints.</summary>
internal sealed class ExchangeService : HttpService
{
    private const string ContentType = "application/json; odata.metadata=minimal; odata.streaming=true";

    private const string ThrottledText =
        "You have reached the maximum number of concurrent requests per tenant. Please wait and try again";

    private const int DefaultResultSize = 1000;

    private const int MostBatchItems = 50;

    private readonly TokenIssuer _issuer;
    private readonly EmulatedBehavior _behavior;
    private readonly TimeProvider _timeProvider;
    private readonly ExchangePages _pages;
    private readonly Dictionary<string, Cmdlet> _cmdlets;

    public ExchangeService(
        int port, TokenIssuer issuer, EmulatedBehavior behavior, IEnumerable<Cmdlet> cmdlets, TimeProvider timeProvider)
        : base(EmulatedService.Exchange, port)
    {
        _issuer = issuer;
        _behavior = behavior;
        _timeProvider = timeProvider;
        _pages = new ExchangePages(timeProvider);
        _cmdlets = cmdlets.ToDictionary(cmdlet => cmdlet.Name, StringComparer.OrdinalIgnoreCase);
    }

    public string Authority { get; set; } = string.Empty;

    public override HttpReply Answer(HttpCall call) => Finish(call.Segments switch
    {
        ["adminapi", "beta", var tenant, "InvokeCommand"] when call.Method == "POST" => Authorized(call, tenant, token => Invoke(call, token)),
        ["adminapi", "beta", var tenant, "$batch"] when call.Method == "POST" => Authorized(call, tenant, _ => Batch(call)),
        ["adminapi", "v2.0", var tenant, "AcceptedDomain" or "Mailbox" or "OrganizationConfig"] when call.Method == "POST" =>
            Authorized(call, tenant, token => Invoke(call, token)),
        ["adminapi", "v1.0", var tenant, "EXOModuleFile"] when call.Method == "GET" => Authorized(call, tenant, token => ModuleFile(tenant, token)),
        _ => Reply(404, ExchangeRendering.Error("NotFound", "Resource not found.")),
    });

    public override HttpReply Fail(HttpCall call, Fault fault)
    {
        var now = _timeProvider.GetUtcNow();
        return Finish(fault.Kind switch
        {
            FaultKind.TooManyRequests => Throttled(429, fault, now),
            FaultKind.ThrottledText => Throttled(400, fault, now),
            FaultKind.GatewayTimeout => FaultReplies.GatewayTimeout(),
            FaultKind.EmptyForbidden => NulBody(),
            FaultKind.Unauthorized => Unauthorized(),
            FaultKind.ClaimsChallenge => FaultReplies.ClaimsChallenge(new HttpReply(401), Authority, KnownIds.ExchangeAppId, now),
            FaultKind.EmbeddedError => Reply(200, new JsonObject
            {
                ["@odata.context"] = Context(call),
                ["error"] = new JsonObject
                {
                    ["code"] = "InternalServerError",
                    ["message"] = "An unexpected error occurred while streaming the result.",
                },
                ["value"] = new JsonArray(),
            }),
            FaultKind.Redirect => new HttpReply(302).With(
                "Location", fault.Location?.AbsoluteUri ?? "https://am0pr01.outlook.office365.com" + call.Target),
            _ => Reply(503, ExchangeRendering.Error("ServiceUnavailable", "This issue may be transient. Please retry in a few minutes."))
                .With("X-ExceptionType", "Microsoft.Exchange.Data.Directory.UnableToWriteToAadException")
                .WithRetryAfter(fault, now),
        });
    }

    public override string? Caller(HttpCall call) => call.BearerToken is { } token ? _issuer.Read(token)?.Caller : null;

    public override string? Cmdlet(HttpCall call) => call.Segments is ["adminapi", _, _, "InvokeCommand", ..] && Input(call.Body) is { } input
        ? input.Text("CmdletName")
        : null;

    public override string FaultTarget(HttpCall call) => Cmdlet(call) ?? call.Target;

    private static JsonObject? Input(string body) =>
        Json.TryParse(body, out var node, ignoreCase: true) && node is JsonObject members ? members["CmdletInput"] as JsonObject : null;

    private static HttpReply Reply(int status, JsonNode body) => new(status, body) { ContentType = ContentType };

    private static HttpReply NulBody() => new(403, new byte[64], "application/octet-stream");

    private static HttpReply Unauthorized() => new HttpReply(401).With(
        "WWW-Authenticate",
        $"Bearer client_id=\"{KnownIds.ExchangeAppId}\", trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", " +
        "token_types=\"app_asserted_user_v1 service_asserted_app_v1\", error=\"invalid_token\"");

    private static HttpReply Throttled(int status, Fault fault, DateTimeOffset now)
    {
        var reply = Reply(status, ExchangeRendering.Error(status == 429 ? "TooManyRequests" : "BadRequest", ThrottledText)).WithRetryAfter(fault, now);
        if (status == 429)
        {
            reply.With("Rate-Limit-Remaining", "0").With("Rate-Limit-Reset", Times.Seconds(now + (fault.RetryAfter ?? TimeSpan.Zero)));
        }

        return reply;
    }

    private static HttpReply Finish(HttpReply reply)
    {
        reply.Headers.TryAdd("request-id", Guid.NewGuid().ToString("D"));
        if (reply.Json is not null)
        {
            reply.Headers.TryAdd("X-CalculatedBETarget", "am0pr01mb0001.eurprd01.prod.outlook.com");
            reply.Headers.TryAdd("OData-Version", "4.0");
        }

        return reply;
    }

    private string Context(HttpCall call) => call.Segments is [_, "v2.0", var tenant, var endpoint, ..]
        ? $"{Root}/adminapi/v2.0/{tenant}/$metadata#{endpoint}"
        : $"{Root}/adminapi/beta/{_issuer.TenantId}/$metadata#Collection(Exchange.GenericHashTable)";

    private HttpReply Authorized(HttpCall call, string tenant, Func<AccessToken, HttpReply> answer)
    {
        if (call.BearerToken is not { } text || _issuer.Read(text) is not { Audience: AccessToken.Exchange or AccessToken.Outlook } token
            || _issuer.HasExpired(token) || !_issuer.IsTenant(tenant))
        {
            return Unauthorized();
        }

        var permission = (call.Segments[1] == "v2.0", token.IsApplication) switch
        {
            (true, true) => "Exchange.ManageAsAppV2",
            (true, false) => "Exchange.ManageV2",
            (false, true) => "Exchange.ManageAsApp",
            _ => "Exchange.Manage",
        };
        if (!token.Permissions.Contains(permission))
        {
            return Unauthorized();
        }

        if (token.DirectoryRoles.Count == 0)
        {
            return NulBody();
        }

        return ExchangeRoles.HasSupportedRole(token)
            ? answer(token)
            : Reply(403, ExchangeRendering.Error(
                "Forbidden",
                $"The role assigned to application {token.AppId} isn't supported in this scenario. Please check online documentation for assigning correct Directory Roles to Azure AD Application for EXO App-Only Authentication."));
    }

    private bool Allows(AccessToken token, Cmdlet cmdlet) => ExchangeRoles.Allows(token, cmdlet)
        && !_behavior.ExchangeDeniedCmdlets.Contains(cmdlet.Name, StringComparer.OrdinalIgnoreCase);

    private HttpReply Invoke(HttpCall call, AccessToken token)
    {
        if (Input(call.Body) is not { } input || input.Text("CmdletName") is not { } name
            || input["Parameters"] is not (null or JsonObject))
        {
            return Reply(400, ExchangeRendering.Error("BadRequest", "Invalid request body."));
        }

        if (!_cmdlets.TryGetValue(name, out var cmdlet) || !Allows(token, cmdlet))
        {
            var denied = ExchangeRendering.Error("Unauthorized", $"User is not allowed to call {name}");
            denied["error"]!["innererror"] = ExchangeRendering.Inner($"User is not allowed to call {name}", null);
            return Reply(401, denied);
        }

        var parameters = input["Parameters"] as JsonObject ?? [];
        try
        {
            var result = cmdlet.Invoke(new CmdletCall(cmdlet.Name, parameters, _timeProvider.GetUtcNow()));
            return !cmdlet.IsRead && result is { Values.Count: 0, Warnings.Count: 0 } && _behavior.ExchangeWritesAnswer204
                ? new HttpReply(204)
                : Page(call, cmdlet, parameters, result);
        }
        catch (CmdletFailure failure)
        {
            var is404 = failure.IsNotFound && _behavior.ExchangeNotFoundIs404;
            return Reply(
                is404 ? 404 : 400,
                ExchangeRendering.Error(is404 ? "NotFound" : "BadRequest", is404 ? "Error executing cmdlet" : failure.Summary, failure))
                .With("X-ExceptionType", failure.Type);
        }
    }

    private HttpReply Page(HttpCall call, Cmdlet cmdlet, JsonObject parameters, CmdletResult result)
    {
        var anchor = call.Header("X-AnchorMailbox") ?? string.Empty;
        var start = 0;
        if (call.Query.TryGetValue("$skiptoken", out var token))
        {
            if (_pages.Start(token, call.Body, anchor) is not { } found)
            {
                const string Expired = "Expired or Invalid pagination request. Default Expiry time is 00:30:00";
                var error = ExchangeRendering.Error("BadRequest", Expired);
                error["error"]!["details"] = new JsonArray();
                error["error"]!["innererror"] = ExchangeRendering.Inner(Expired, null);
                return Reply(400, error);
            }

            start = found;
        }

        var warnings = result.Warnings.ToList();
        var values = Limited(cmdlet, parameters, result.Values, warnings);
        var size = PageSize(call);
        var select = call.Query.GetValueOrDefault("$select")?
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var body = new JsonObject { ["@odata.context"] = Context(call) };
        if (call.Segments[1] != "v2.0")
        {
            body["adminapi.warnings@odata.type"] = "#Collection(String)";
            body["@adminapi.warnings"] = Json.Array(warnings);
        }

        if (values.Count - start > size)
        {
            body["@odata.nextLink"] = $"{Root}{call.Path}?{NextQuery(call)}$skiptoken={_pages.Token(start + size, call.Body, anchor)}";
        }

        body["value"] = new JsonArray(
            [.. values.Skip(start).Take(size).Select(item => (JsonNode?)ExchangeRendering.Render(item, _behavior, select))]);
        return Reply(200, body);
    }

    private static string NextQuery(HttpCall call) => string.Concat(call.Query
        .Where(pair => pair.Key != "$skiptoken")
        .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}&"));

    private static int PageSize(HttpCall call)
    {
        const string Name = "odata.maxpagesize";
        var preference = (call.Header("Prefer") ?? string.Empty).Split(';', ',')
            .Select(part => part.Split('='))
            .FirstOrDefault(part => part.Length == 2 && part[0].Trim() == Name);
        return preference is not null && int.TryParse(preference[1], NumberStyles.None | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : DefaultResultSize;
    }

    // Without ResultSize Exchange stops at a thousand and only warns; with a number it stops there.
    private IReadOnlyList<JsonObject> Limited(
        Cmdlet cmdlet, JsonObject parameters, IReadOnlyList<JsonObject> values, List<string> warnings)
    {
        var wanted = parameters["ResultSize"]?.ToString();
        var limit = wanted switch
        {
            null => DefaultResultSize,
            _ when string.Equals(wanted, "Unlimited", StringComparison.OrdinalIgnoreCase) => int.MaxValue,
            _ when int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw CmdletFailure.Transformation("ResultSize", wanted.Length > 100 ? wanted[..100] : wanted, "Microsoft.Exchange.Data.Unlimited`1[System.UInt32]"),
        };
        var isCut = _behavior.ExchangeListLimit is { } most && most < limit;
        limit = isCut ? _behavior.ExchangeListLimit!.Value : limit;
        if (!cmdlet.IsRead || values.Count <= limit)
        {
            return values;
        }

        warnings.Add(wanted is null || isCut
            ? "By default, only the first 1000 items are returned. Use the ResultSize parameter to specify the number of items returned. To return all items, specify \"-ResultSize Unlimited\". Be aware that, depending on the actual number of items, returning all items can take a long time and consume a large amount of memory. Also, we don't recommend storing the results in a variable. Instead, pipe the results to another task or script to perform batch changes."
            : "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.");
        return [.. values.Take(limit)];
    }

    private HttpReply Batch(HttpCall call)
    {
        if (!Json.TryParse(call.Body, out var body) || body is not JsonObject || body["requests"] is not JsonArray requests
            || requests.Count > MostBatchItems)
        {
            return Reply(400, ExchangeRendering.Error("BadRequest", "Invalid batch request."));
        }

        return Reply(200, new JsonObject
        {
            ["responses"] = new JsonArray([.. requests.OfType<JsonObject>().Select(request => (JsonNode?)BatchItem(call, request))]),
        });
    }

    private JsonObject BatchItem(HttpCall outer, JsonObject request)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (request["headers"] is JsonObject own)
        {
            foreach (var (name, value) in own)
            {
                headers[name] = Json.AsText(value) ?? string.Empty;
            }
        }

        headers["Authorization"] = outer.Header("Authorization") ?? string.Empty;
        var url = request.Text("url") ?? string.Empty;
        var target = Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? absolute.PathAndQuery
            : "/" + url.TrimStart('/');
        var inner = new HttpCall(
            request.Text("method")?.ToUpperInvariant() ?? "POST",
            target,
            headers,
            request["body"] is { } body ? Json.Write(body) : string.Empty);
        var reply = inner.Segments is [.., "$batch"] ? Reply(400, ExchangeRendering.Error("BadRequest", "Invalid batch request.")) : AnswerInBatch(inner);
        var answered = new JsonObject { ["content-type"] = "application/json" };
        if (reply.Headers.TryGetValue("Retry-After", out var retryAfter))
        {
            answered["Retry-After"] = retryAfter;
        }

        return new JsonObject
        {
            ["id"] = request.Text("id"),
            ["status"] = reply.Status,
            ["headers"] = answered,
            ["body"] = reply.Json?.DeepClone(),
        };
    }

    private HttpReply ModuleFile(string tenant, AccessToken token) => Reply(200, new JsonObject
    {
        ["@odata.context"] = $"{Root}/adminapi/v1.0/{tenant}/$metadata#EXOModuleFile",
        ["value"] = new JsonArray(new JsonObject
        {
            ["exportedCmdlets"] = string.Join(',', _cmdlets.Values
                .Where(cmdlet => Allows(token, cmdlet))
                .Select(cmdlet => cmdlet.Name)
                .Order(StringComparer.Ordinal)),
        }),
    });
}
