using System.Text.Json;
using SmtpAuth.Http;

namespace SmtpAuth.Graph;

/// <summary>Reads the further pages of a list and joins them.</summary>
internal static class GraphPages
{
    private const int MostPages = 1000;

    /// <summary>Reads them.</summary>
    /// <returns>The whole list; where a page could not be read, the part before it with the link that says so.</returns>
    public static async Task<JsonElement> ReadAsync(GraphConnection connection, JsonElement first, CancellationToken cancellationToken)
    {
        var pages = new List<JsonElement> { first };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = NextLink(first);
        while (next is not null && pages.Count < MostPages && seen.Add(next)
            && Uri.TryCreate(next, UriKind.Absolute, out var address) && connection.Accepts(address))
        {
            var result = await connection.SendAsync(CallKind.Read, () => GraphConnection.Get(address), null, cancellationToken).ConfigureAwait(false);
            if (result.Reply is not { IsSuccess: true, Json: { ValueKind: JsonValueKind.Object } page })
            {
                break;
            }

            pages.Add(page);
            next = NextLink(page);
        }

        return pages.Count == 1 ? first : Join(pages, next);
    }

    public static string? NextLink(JsonElement page) =>
        page.ValueKind == JsonValueKind.Object && page.TryGetProperty("@odata.nextLink", out var link) && link.ValueKind == JsonValueKind.String
            ? link.GetString()
            : null;

    public static IEnumerable<JsonElement> Values(JsonElement page) =>
        page.ValueKind == JsonValueKind.Object && page.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    private static JsonElement Join(List<JsonElement> pages, string? nextLink)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (pages[0].TryGetProperty("@odata.context", out var context) && context.ValueKind == JsonValueKind.String)
            {
                writer.WriteString("@odata.context", context.GetString());
            }

            if (nextLink is not null)
            {
                writer.WriteString("@odata.nextLink", nextLink);
            }

            writer.WriteStartArray("value");
            foreach (var value in pages.SelectMany(Values))
            {
                value.WriteTo(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }
}
