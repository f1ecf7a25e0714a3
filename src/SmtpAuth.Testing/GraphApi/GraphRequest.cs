using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;
using SmtpAuth.Testing.Tokens;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>One authenticated Graph request and the ways to answer it.</summary>
internal sealed class GraphRequest(HttpCall call, string root, AccessToken token, string requestId, DateTimeOffset now, bool emptyFirstPage)
{
    public const string ContentType =
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    public HttpCall Call => call;

    public AccessToken Token => token;

    public DateTimeOffset Now => now;

    public string Version => call.Segments[0];

    /// <summary>Gets the segments behind the version. The short form of a type cast, <c>graph.group</c>, is the long one.</summary>
    public string[] Segments { get; } =
    [
        .. call.Segments[1..].Select(segment => segment.StartsWith("graph.", StringComparison.Ordinal) ? "microsoft." + segment : segment),
    ];

    public string Method => call.Method;

    /// <summary>Gets the properties asked for, or null for the default set.</summary>
    public IReadOnlyList<string>? Select => call.Query.TryGetValue("$select", out var select)
        ? select.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : null;

    private string Base => $"{root}/{Version}";

    public static string NewId() => Guid.NewGuid().ToString("D");

    /// <summary>Answers 403 unless the caller holds one permission of every group and, when delegated, one of the roles.</summary>
    public HttpReply? Deny(bool asPolicy, IReadOnlyList<string> roles, params string[][] groups)
    {
        var allowed = groups.All(group => group.Any(permission => token.Permissions.Contains(permission, StringComparer.OrdinalIgnoreCase)))
            && (token.IsApplication
                || roles.Count == 0
                || token.DirectoryRoles.Contains(KnownIds.GlobalAdministrator)
                || token.DirectoryRoles.Any(roles.Contains));
        if (allowed)
        {
            return null;
        }

        return asPolicy
            ? Error(403, "AccessDenied", "You cannot perform the requested operation, required scopes are missing in the token.")
            : Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }

    public HttpReply Error(int status, string code, string message) => Errors(status, code, message, call, requestId, now);

    public static HttpReply Errors(int status, string code, string message, HttpCall call, string requestId, DateTimeOffset now) =>
        new(status, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = message,
                ["innerError"] = new JsonObject
                {
                    ["date"] = Times.WithoutZone(now),
                    ["request-id"] = requestId,
                    ["client-request-id"] = call.Header("client-request-id") ?? requestId,
                },
            },
        })
        {
            ContentType = ContentType,
        };

    public HttpReply NotFound(string id) => Error(
        404,
        "Request_ResourceNotFound",
        $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public HttpReply BadRequest(string message, string code = "BadRequest") => Error(400, code, message);

    public HttpReply UnknownSegment(string segment) => BadRequest($"Resource not found for the segment '{segment}'.");

    public HttpReply NotAllowed() => Error(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");

    public static HttpReply NoContent() => new(204);

    public static HttpReply Ok(JsonNode body, int status = 200) => new(status, body) { ContentType = ContentType };

    public HttpReply Entity(string context, JsonObject entity, int status = 200, IReadOnlyList<string>? defaults = null)
    {
        var selected = Selected(entity, Select ?? defaults);
        return Ok(WithContext($"{context}{SelectSuffix()}/$entity", selected), status);
    }

    /// <summary>Answers a list: filtered, cut into pages, each item reduced to what was asked for.</summary>
    public HttpReply List(
        string context,
        IEnumerable<JsonObject> items,
        IReadOnlyList<string>? defaults = null,
        int pageSize = int.MaxValue,
        int largestPage = int.MaxValue,
        bool filterable = true)
    {
        var found = items.ToList();
        if (filterable && call.Query.TryGetValue("$filter", out var text))
        {
            if (ODataFilter.TryCompile(text) is not var (matches, isAdvanced))
            {
                return BadRequest("Invalid filter clause", "Request_BadRequest");
            }

            if (isAdvanced && context == "users" && !IsEventual)
            {
                return BadRequest(
                    "Operator or function is not supported without ConsistencyLevel: eventual and $count=true.",
                    "Request_UnsupportedQuery");
            }

            found = [.. found.Where(matches)];
        }

        if (PageStart(found.Count) is not { } start)
        {
            return BadRequest(
                "The specified page token value has expired and can no longer be included in your request.",
                "Directory_ExpiredPageToken");
        }

        if (emptyFirstPage && found.Count > 0 && !call.Query.ContainsKey("$skiptoken"))
        {
            return Ok(new JsonObject
            {
                ["@odata.context"] = $"{Base}/$metadata#{context}{SelectSuffix()}",
                ["@odata.nextLink"] = NextLink(0, found.Count),
                ["value"] = new JsonArray(),
            });
        }

        var size = int.TryParse(call.Query.GetValueOrDefault("$top"), out var top) && top > 0 ? Math.Min(top, largestPage) : pageSize;
        var page = found.Skip(start).Take(size).Select(item => (JsonNode?)Selected(item, Select ?? defaults));
        var body = new JsonObject { ["@odata.context"] = $"{Base}/$metadata#{context}{SelectSuffix()}" };
        if (call.Query.GetValueOrDefault("$count") == "true" && start == 0)
        {
            body["@odata.count"] = found.Count;
        }

        if (found.Count - start > size)
        {
            body["@odata.nextLink"] = NextLink(start + size, found.Count);
        }

        body["value"] = new JsonArray([.. page]);
        return Ok(body);
    }

    /// <summary>Reads the body as an object; null when it is none.</summary>
    public JsonObject? Body() => Json.TryParse(call.Body, out var node) ? node as JsonObject : null;

    public JsonObject WithContext(string context, JsonObject body)
    {
        var result = new JsonObject { ["@odata.context"] = $"{Base}/$metadata#{context}" };
        foreach (var (name, value) in body)
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }

    private bool IsEventual => EmulatedState.Same(call.Header("ConsistencyLevel"), "eventual")
        && call.Query.GetValueOrDefault("$count") == "true";

    private static JsonObject Selected(JsonObject item, IReadOnlyList<string>? names)
    {
        var visible = item.Where(member => !member.Key.StartsWith('#'));
        return new JsonObject((names is null
                ? visible
                : visible.Where(member => member.Key.StartsWith('@') || names.Contains(member.Key, StringComparer.OrdinalIgnoreCase)))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
    }

    private string SelectSuffix() => Select is { } names ? $"({string.Join(',', names)})" : string.Empty;

    // A page token carries where the page starts and how long the list was: a list that changed makes it stale.
    private int? PageStart(int count)
    {
        if (!call.Query.TryGetValue("$skiptoken", out var given))
        {
            return 0;
        }

        var parts = given.Split('_');
        return parts.Length == 2
            && int.TryParse(parts[0], out var start)
            && int.TryParse(parts[1], out var length)
            && start >= 0
            && length == count
                ? start
                : null;
    }

    private string NextLink(int start, int count)
    {
        var kept = call.Query.Where(pair => pair.Key != "$skiptoken")
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")
            .Append($"$skiptoken={start}_{count}");
        return $"{root}{call.Path}?{string.Join('&', kept)}";
    }
}
