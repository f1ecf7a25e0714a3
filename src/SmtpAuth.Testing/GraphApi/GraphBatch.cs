using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>JSON batching: up to 20 requests, each answered on its own, the answers in another order than the requests.</summary>
/// <seealso href="https://learn.microsoft.com/graph/json-batching"/>
internal sealed class GraphBatch(Func<HttpCall, HttpReply> answer)
{
    private const int MostRequests = 20;

    public HttpReply Answer(HttpCall call, string requestId, DateTimeOffset now)
    {
        HttpReply Bad(string message) => GraphRequest.Errors(400, "BadRequest", message, call, requestId, now);

        if (call.Method != "POST" || !Json.TryParse(call.Body, out var body) || body is not JsonObject || body["requests"] is not JsonArray requests)
        {
            return Bad("Invalid batch payload format.");
        }

        if (requests.Count > MostRequests)
        {
            return Bad($"Number of batch request steps exceeds the maximum value of {MostRequests}.");
        }

        var ids = requests.Select(request => request.Text("id")).ToList();
        if (ids.Exists(id => id is null) || ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() != ids.Count)
        {
            return Bad("Request Id is missing or has to be unique in a batch.");
        }

        var statuses = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var answers = new List<JsonNode?>();
        foreach (var request in requests.OfType<JsonObject>())
        {
            var id = request.Text("id")!;
            var reply = request.Texts("dependsOn").Any(other => statuses.GetValueOrDefault(other, 424) >= 400)
                ? GraphRequest.Errors(424, "FailedDependency", "A request this one depends on failed.", call, requestId, now)
                : One(call, request, requestId, now);
            statuses[id] = reply.Status;
            answers.Add(ToJson(id, reply));
        }

        answers.Reverse();
        return new HttpReply(200, new JsonObject { ["responses"] = new JsonArray([.. answers]) }) { ContentType = GraphRequest.ContentType };
    }

    private static JsonObject ToJson(string id, HttpReply reply)
    {
        var headers = new JsonObject { ["Cache-Control"] = "no-cache" };
        foreach (var name in (string[])["Retry-After", "Location", "WWW-Authenticate", "x-ms-resource-unit", "OData-Version"])
        {
            if (reply.Headers.TryGetValue(name, out var value))
            {
                headers[name] = value;
            }
        }

        if (reply.ContentType is not null)
        {
            headers["Content-Type"] = reply.ContentType;
        }

        return new JsonObject { ["id"] = id, ["status"] = reply.Status, ["headers"] = headers, ["body"] = reply.Json?.DeepClone() };
    }

    private HttpReply One(HttpCall outer, JsonObject request, string requestId, DateTimeOffset now)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (request["headers"] is JsonObject own)
        {
            foreach (var (name, value) in own)
            {
                headers[name] = Json.AsText(value) ?? string.Empty;
            }
        }

        if (request["body"] is not null && !headers.ContainsKey("Content-Type"))
        {
            return GraphRequest.Errors(
                400, "BadRequest", "Batched request with a body requires the 'Content-Type' header.", outer, requestId, now);
        }

        headers["Authorization"] = outer.Header("Authorization") ?? string.Empty;
        if (outer.Header("client-request-id") is { } clientRequestId)
        {
            headers["client-request-id"] = clientRequestId;
        }

        var url = request.Text("url") ?? string.Empty;
        return answer(new HttpCall(
            request.Text("method")?.ToUpperInvariant() ?? "GET",
            url.TrimStart('/') is "$batch" ? "/" : $"/{outer.Segments[0]}/{url.TrimStart('/')}",
            headers,
            request["body"] is { } body ? Json.Write(body) : string.Empty));
    }
}
