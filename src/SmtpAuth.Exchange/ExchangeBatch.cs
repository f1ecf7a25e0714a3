using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Http;

namespace SmtpAuth.Exchange;

/// <summary>Sends reads together where the service can do that. What comes back unclear is left for a request of its own.</summary>
internal sealed class ExchangeBatch(ExchangeConnection connection)
{
    // The largest batch is not documented; others are known to send ten (as of 2026-11).
    private const int MostItems = 10;

    private volatile bool _isMissing;

    /// <summary>Sends the commands.</summary>
    /// <returns>For each command the answer or the first attempt at it, or <see langword="null"/> where it has to be asked for by itself.</returns>
    public async Task<CallResult?[]> SendAsync(IReadOnlyList<ExchangeCommand> commands, CancellationToken cancellationToken)
    {
        var results = new CallResult?[commands.Count];
        for (var start = 0; start < commands.Count && !_isMissing; start += MostItems)
        {
            var share = commands.Skip(start).Take(MostItems).ToList();
            if (share.Count > 1)
            {
                await SendAsync(share, start, results, cancellationToken).ConfigureAwait(false);
            }
        }

        return results;
    }

    private async Task SendAsync(List<ExchangeCommand> commands, int start, CallResult?[] results, CancellationToken cancellationToken)
    {
        var headers = connection.CmdletHeaders(commands[0].Name).Where(header => header.Key is "X-AnchorMailbox")
            .Append(new("Prefer", "odata.maxpagesize = 1000;odata.continue-on-error"));
        var sent = await connection.PostAsync(
            CallKind.Read, connection.Address("beta", "$batch"), headers, Body(commands), null, cancellationToken).ConfigureAwait(false);
        if (sent.IsNothingSent || sent.Reply is { Status: 401, HasBody: false })
        {
            // Who cannot be reached, or does not take the token, would not answer the single requests either.
            results.AsSpan(start, commands.Count).Fill(sent);
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
            foreach (var response in Responses(reply.Json)!.Value.EnumerateArray())
            {
                Take(response, commands, start, results);
            }
        }
    }

    private static void Take(JsonElement response, List<ExchangeCommand> commands, int start, CallResult?[] results)
    {
        if (ExchangeAnswer.Member(response, "id") is not { } id
            || !int.TryParse(id.ValueKind == JsonValueKind.Number ? id.GetRawText() : ExchangeAnswer.Text(id), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1 || number > commands.Count
            || ExchangeAnswer.Member(response, "status") is not { ValueKind: JsonValueKind.Number } status || !status.TryGetInt32(out var code))
        {
            return;
        }

        var reply = ServiceReply.OfItem(code, ExchangeAnswer.Member(response, "headers"), ExchangeAnswer.Member(response, "body"));
        var result = CallResult.Answered(reply);

        // A success with an object in it and a refusal that says why need no second question; "come back later" is obeyed by
        // whoever asks again; everything else is asked again at once.
        var isClear = ExchangeFailure.Judge(reply) != ReplyVerdict.Final || ExchangeFailure.Of(commands[number - 1], result) switch
        {
            null => reply.Json is not null,
            { Kind: ExchangeFailureKind.NotFound or ExchangeFailureKind.NotPermitted or ExchangeFailureKind.Refused } => ExchangeError.Of(reply) is not null,
            _ => false,
        };
        if (isClear)
        {
            results[start + number - 1] = result;
        }
    }

    private static JsonElement? Responses(JsonElement? body) =>
        body is { } content && ExchangeAnswer.Member(content, "responses") is { ValueKind: JsonValueKind.Array } responses ? responses : null;

    private string Body(List<ExchangeCommand> commands)
    {
        var requests = new JsonArray();
        for (var index = 0; index < commands.Count; index++)
        {
            var headers = new JsonObject
            {
                ["Accept"] = "application/json",
                ["Content-Type"] = "application/json; charset=utf-8",
            };
            foreach (var header in connection.CmdletHeaders(commands[index].Name))
            {
                headers[header.Key] = header.Value;
            }

            requests.Add((JsonNode)new JsonObject
            {
                ["id"] = (index + 1).ToString(CultureInfo.InvariantCulture),
                ["method"] = "POST",
                ["url"] = connection.Address("beta", "InvokeCommand").AbsoluteUri,
                ["headers"] = headers,
                ["body"] = JsonNode.Parse(ExchangeAdminApiCommands.Body(commands[index])),
            });
        }

        return new JsonObject { ["requests"] = requests }.ToJsonString();
    }
}
