using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Kiota.Abstractions;
using SmtpAuth.Http;

namespace SmtpAuth.Graph;

/// <summary>Sends reads together where the service can do that. What comes back unclear is left for a request of its own.</summary>
/// <seealso href="https://learn.microsoft.com/graph/json-batching"/>
internal sealed class GraphBatch(GraphConnection connection)
{
    private const int MostItems = 20;

    private volatile bool _isMissing;

    /// <summary>Sends the requests, all of version 1.0.</summary>
    /// <returns>For each the answer or the first attempt at it, or <see langword="null"/> where it has to be asked for by itself.</returns>
    public async Task<CallResult?[]> SendAsync(IReadOnlyList<RequestInformation> requests, CancellationToken cancellationToken)
    {
        var results = new CallResult?[requests.Count];
        for (var start = 0; start < requests.Count && !_isMissing; start += MostItems)
        {
            var share = requests.Skip(start).Take(MostItems).ToList();
            if (share.Count > 1)
            {
                await SendAsync(share, start, results, cancellationToken).ConfigureAwait(false);
            }
        }

        return results;
    }

    private async Task SendAsync(List<RequestInformation> requests, int start, CallResult?[] results, CancellationToken cancellationToken)
    {
        var body = Body(requests);
        var hasConditionalAccess = requests.Exists(request =>
            request.URI.AbsolutePath.Contains("/conditionalAccess", StringComparison.OrdinalIgnoreCase));
        var sent = await connection.SendBatchAsync(
            () => GraphConnection.Write(Method.POST, connection.Address("v1.0", "/$batch"), body), hasConditionalAccess, cancellationToken).ConfigureAwait(false);
        if (sent.IsNothingSent || sent.Reply?.Status == 401)
        {
            // Who cannot be reached, or does not take the token, would not answer the single requests either.
            results.AsSpan(start, requests.Count).Fill(sent);
        }

        if (sent.Reply is not { } reply)
        {
            return;
        }

        if (reply.Status is 400 or 404 or 405 or 501 || (reply.IsSuccess && Responses(reply.Json) is null))
        {
            _isMissing = true;
        }
        else if (reply.IsSuccess)
        {
            foreach (var response in Responses(reply.Json)!.Value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
            {
                Take(response, requests.Count, start, results);
            }
        }
    }

    // A success without an object, or an error without its reason, is asked for again; the reason may be lost on the way.
    private static void Take(JsonElement response, int count, int start, CallResult?[] results)
    {
        if (!response.TryGetProperty("id", out var id)
            || !int.TryParse(id.ValueKind == JsonValueKind.String ? id.GetString() : id.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1 || number > count
            || !response.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Number || !status.TryGetInt32(out var code))
        {
            return;
        }

        var reply = ServiceReply.OfItem(
            code,
            response.TryGetProperty("headers", out var headers) ? headers : null,
            response.TryGetProperty("body", out var body) ? body : null);
        if (ReplyVerdicts.OfStatus(reply) != ReplyVerdict.Final || (reply.IsSuccess ? reply.Json is not null : GraphError.Of(reply).Code.Length > 0))
        {
            results[start + number - 1] = CallResult.Answered(reply);
        }
    }

    private static JsonElement? Responses(JsonElement? body) =>
        body is { ValueKind: JsonValueKind.Object } content && content.TryGetProperty("responses", out var responses)
            && responses.ValueKind == JsonValueKind.Array ? responses : null;

    private string Body(List<RequestInformation> requests)
    {
        var root = connection.Address("v1.0", "").AbsoluteUri.Length;
        var items = new JsonArray();
        for (var index = 0; index < requests.Count; index++)
        {
            // As the documentation writes them: relative, with $filter and @ not escaped.
            var url = requests[index].URI.AbsoluteUri.Substring(root).Replace("%24", "$").Replace("%40", "@");
            items.Add((JsonNode)new JsonObject
            {
                ["id"] = (index + 1).ToString(CultureInfo.InvariantCulture),
                ["method"] = "GET",
                ["url"] = url,
            });
        }

        return new JsonObject { ["requests"] = items }.ToJsonString();
    }
}
