using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SmtpAuth.Http;

/// <summary>One HTTP answer, read to its end and closed.</summary>
internal sealed class ServiceReply
{
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly Dictionary<string, string> _headers;

    private ServiceReply(int status, Dictionary<string, string> headers, JsonElement? json, bool hasBody)
    {
        Status = status;
        _headers = headers;
        Json = json;
        HasBody = hasBody;
    }

    public int Status { get; }

    /// <summary>Gets the body as JSON, or <see langword="null"/> where it is empty or something else.</summary>
    public JsonElement? Json { get; }

    /// <summary>Gets a value indicating whether there is a body that says something; NUL bytes and white space say nothing.</summary>
    public bool HasBody { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public string? Header(string name) => _headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>Makes an answer out of an item of a batch answer.</summary>
    public static ServiceReply OfItem(int status, JsonElement? headers, JsonElement? body)
    {
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (headers is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var header in given.EnumerateObject())
            {
                known[header.Name] = header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString()! : header.Value.GetRawText();
            }
        }

        var json = body is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } ? body : null;
        return new(status, known, json, json is not null);
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="InvalidDataException">It is larger than any answer should be.</exception>
    /// <exception cref="IOException">The connection broke in the middle.</exception>
    public static async Task<ServiceReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add(headers, response.Headers);
        Add(headers, response.Content?.Headers);
        var body = response.Content is null ? [] : await ReadBodyAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var says = Array.Exists(body, value => value is not (0 or 0x20 or 0x09 or 0x0A or 0x0D));
        return new((int)response.StatusCode, headers, says ? Parse(body) : null, says);
    }

    /// <summary>Reads how long the service asks to wait, from Retry-After in seconds or as a date.</summary>
    /// <returns>The time, never negative, or <see langword="null"/> where the service does not say.</returns>
    public TimeSpan? RetryAfter(DateTimeOffset now)
    {
        if (Header("Retry-After") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds is >= 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : seconds >= 86_400 ? TimeSpan.FromDays(1) : null;
        }

        if (Date(text) is not { } until)
        {
            return null;
        }

        // The two clocks may differ, so the date is compared with the one the answer itself carries.
        var wait = until - (Date(Header("Date")) ?? now);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static DateTimeOffset? Date(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    private static void Add(Dictionary<string, string> headers, HttpHeaders? given)
    {
        foreach (var header in given ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
        {
            headers[header.Key] = string.Join(", ", header.Value);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
#if NET
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
        var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        using (stream)
        {
            using var copy = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int count;
#if NET
            while ((count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
#else
            while ((count = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
#endif
            {
                if (copy.Length + count > MostBytes)
                {
                    throw new InvalidDataException($"The answer is larger than {MostBytes} bytes.");
                }

                copy.Write(buffer, 0, count);
            }

            return copy.ToArray();
        }
    }

    private static JsonElement? Parse(byte[] body)
    {
        var start = body.Length >= 3 && body[0] == 0xEF && body[1] == 0xBB && body[2] == 0xBF ? 3 : 0;
        try
        {
            using var document = JsonDocument.Parse(body.AsMemory(start));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
