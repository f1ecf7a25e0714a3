using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Tokens;

/// <summary>The token endpoint of Entra, over TLS: client credentials and refresh tokens, and the discovery that clients ask for.</summary>
internal sealed class TokenEndpoint(int port, TokenIssuer issuer, EmulatedState state, TimeProvider timeProvider)
    : HttpService(EmulatedService.Token, port)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3599);

    public override bool UsesTls => true;

    public Func<IReadOnlyList<string>> LocalResources { get; set; } = () => [];

    public override string BodyForLog(HttpCall call) => string.Empty;

    public override HttpReply Answer(HttpCall call) => call.Segments switch
    {
        [var tenant, "oauth2", "v2.0", "token"] when call.Method == "POST" => Token(tenant, call),
        [var tenant, "v2.0", ".well-known", "openid-configuration"] => Configuration(tenant),
        ["common", "discovery", "instance"] => Discovery(),
        _ => Reply(404, new JsonObject { ["error"] = "not_found" }),
    };

    public override HttpReply Fail(HttpCall call, Fault fault) => fault.Kind switch
    {
        FaultKind.GatewayTimeout => FaultReplies.GatewayTimeout(),
        FaultKind.EmptyForbidden => new HttpReply(403),
        FaultKind.TooManyRequests or FaultKind.ThrottledText =>
            Error(429, "temporarily_unavailable", 90055, "There have been too many requests.")
                .WithRetryAfter(fault, timeProvider.GetUtcNow()),
        FaultKind.Redirect => new HttpReply(302).With("Location", fault.Location?.AbsoluteUri ?? Root),
        FaultKind.ServiceUnavailable => Error(503, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.")
            .WithRetryAfter(fault, timeProvider.GetUtcNow()),
        _ => Error(400, "invalid_grant", 53003, "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."),
    };

    private static HttpReply Reply(int status, JsonNode body) => new(status, body) { ContentType = "application/json; charset=utf-8" };

    private static Dictionary<string, string> Form(string body) =>
        new HttpCall("POST", "?" + body, new Dictionary<string, string>(), string.Empty).Query.ToDictionary(StringComparer.Ordinal);

    private HttpReply Token(string tenant, HttpCall call)
    {
        if (!issuer.IsTenant(tenant))
        {
            return Error(400, "invalid_request", 90002, $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.");
        }

        var form = Form(call.Body);
        var appId = form.GetValueOrDefault("client_id", string.Empty);
        if (state.All(ObjectKinds.Applications).All(application => !EmulatedState.Same(application.Text("appId"), appId)))
        {
            return Error(400, "unauthorized_client", 700016, $"Application with identifier '{appId}' was not found in the directory 'Contoso Ltd'.");
        }

        if (AudienceOf(form.GetValueOrDefault("scope", string.Empty)) is not { } audience)
        {
            return Error(400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.");
        }

        return form.GetValueOrDefault("grant_type") switch
        {
            "client_credentials" => ClientCredentials(appId, audience, form),
            "refresh_token" => Refresh(appId, audience, form),
            _ => Error(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type."),
        };
    }

    private HttpReply ClientCredentials(string appId, TokenAudience audience, Dictionary<string, string> form)
    {
        var expected = state.Credentials.ClientSecret(appId);
        var given = form.GetValueOrDefault("client_secret");
        if (given is null && !form.ContainsKey("client_assertion"))
        {
            return Error(401, "invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }

        if (given is not null && given != expected)
        {
            return Error(401, "invalid_client", 7000215, $"Invalid client secret provided for app '{appId}'.");
        }

        return Granted(issuer.IssueGranted(audience, appId, null, Lifetime), null, null);
    }

    // A refresh token here is the user principal name, base64: enough to redeem it for one resource after the other.
    private HttpReply Refresh(string appId, TokenAudience audience, Dictionary<string, string> form)
    {
        var token = form.GetValueOrDefault("refresh_token", string.Empty);
        var buffer = new byte[512];
        var user = token.Length <= 512 && Convert.TryFromBase64String(token, buffer, out var length)
            ? System.Text.Encoding.UTF8.GetString(buffer, 0, length)
            : null;
        return user is null || state.All(ObjectKinds.Users).All(known => !EmulatedState.Same(known.Text("userPrincipalName"), user))
            ? Error(400, "invalid_grant", 700082, "The refresh token has expired due to inactivity.")
            : Granted(issuer.IssueGranted(audience, appId, user, Lifetime), token, form.GetValueOrDefault("scope"));
    }

    private static HttpReply Granted(string accessToken, string? refreshToken, string? scope)
    {
        var body = new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)Lifetime.TotalSeconds,
            ["ext_expires_in"] = (int)Lifetime.TotalSeconds,
            ["access_token"] = accessToken,
        };
        if (refreshToken is not null)
        {
            body["scope"] = scope;
            body["refresh_token"] = refreshToken;
        }

        return Reply(200, body);
    }

    private TokenAudience? AudienceOf(string scope)
    {
        var first = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(part => part is not ("openid" or "profile" or "offline_access")) ?? string.Empty;
        var local = LocalResources();
        if (first.StartsWith(AccessToken.Graph, StringComparison.OrdinalIgnoreCase) || StartsWith(first, local, 0))
        {
            return TokenAudience.Graph;
        }

        if (first.StartsWith(AccessToken.Exchange, StringComparison.OrdinalIgnoreCase) || StartsWith(first, local, 1))
        {
            return TokenAudience.Exchange;
        }

        return first.StartsWith(AccessToken.Outlook, StringComparison.OrdinalIgnoreCase) ? TokenAudience.Smtp : null;
    }

    private static bool StartsWith(string scope, IReadOnlyList<string> local, int index) =>
        index < local.Count && scope.StartsWith(local[index] + "/", StringComparison.OrdinalIgnoreCase);

    private HttpReply Configuration(string tenant) => Reply(200, new JsonObject
    {
        ["issuer"] = $"{Root}/{tenant}/v2.0",
        ["authorization_endpoint"] = $"{Root}/{tenant}/oauth2/v2.0/authorize",
        ["token_endpoint"] = $"{Root}/{tenant}/oauth2/v2.0/token",
        ["device_authorization_endpoint"] = $"{Root}/{tenant}/oauth2/v2.0/devicecode",
    });

    private HttpReply Discovery() => Reply(200, new JsonObject
    {
        ["tenant_discovery_endpoint"] = $"{Root}/{issuer.TenantId}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(new JsonObject
        {
            ["preferred_network"] = Address.Authority,
            ["preferred_cache"] = Address.Authority,
            ["aliases"] = Json.Array(Address.Authority),
        }),
    });

    private HttpReply Error(int status, string error, int code, string description)
    {
        var (trace, correlation) = (Guid.NewGuid().ToString("D"), Guid.NewGuid().ToString("D"));
        var time = timeProvider.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return Reply(status, new JsonObject
        {
            ["error"] = error,
            ["error_description"] = $"AADSTS{code}: {description} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}",
            ["error_codes"] = new JsonArray(code),
            ["timestamp"] = time,
            ["trace_id"] = trace,
            ["correlation_id"] = correlation,
            ["error_uri"] = $"{Root}/error?code={code}",
        });
    }
}
