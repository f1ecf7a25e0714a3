using System.Text.Json;

namespace SmtpAuth.Exchange;

/// <summary>Reads and joins what the administration endpoint answers.</summary>
internal static class ExchangeAnswer
{
    private const string NextLinkMember = "@odata.nextLink";
    private const string WarningsMember = "@adminapi.warnings";

    public static IReadOnlyList<JsonElement> Values(JsonElement content) => Member(content, "value") switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        { ValueKind: JsonValueKind.Object } single => [single],
        _ => [],
    };

    public static IEnumerable<string> Warnings(JsonElement page) => Member(page, WarningsMember) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String)
            .Select(item => item.GetString()!).Where(text => text.Length > 0),
        { ValueKind: JsonValueKind.String } single when single.GetString() is { Length: > 0 } text => [text],
        _ => [],
    };

    public static string? NextLink(JsonElement page) =>
        Member(page, NextLinkMember) is { ValueKind: JsonValueKind.String } link && link.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Recognizes the warning that says a list was cut.</summary>
    public static bool SaysCut(string warning) =>
        warning.Contains("ResultSize", StringComparison.OrdinalIgnoreCase)
        || warning.Contains("only the first", StringComparison.OrdinalIgnoreCase)
        || warning.Contains("more results are available", StringComparison.OrdinalIgnoreCase);

    /// <summary>Joins pages into one answer.</summary>
    /// <param name="pages">The pages, at least one.</param>
    /// <param name="nextLink">The page that could not be read, or <see langword="null"/> where all were.</param>
    public static ExchangeResult.Answered Join(IReadOnlyList<JsonElement> pages, string? nextLink)
    {
        // A page says that it was cut although the next one follows; once that was read, nothing is missing.
        var warnings = pages.SelectMany((page, index) =>
            Warnings(page).Where(warning => index == pages.Count - 1 || !SaysCut(warning))).Distinct().ToList();
        var incomplete = nextLink is not null ? "Not every page of the list could be read."
            : warnings.FirstOrDefault(SaysCut) is { } cut ? $"The service cut the list: {OneLine.Of(cut)}"
            : null;
        return new(Write(pages, warnings, nextLink), warnings, incomplete);
    }

    private static JsonElement Write(IReadOnlyList<JsonElement> pages, IReadOnlyList<string> warnings, string? nextLink)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (Member(pages[0], "@odata.context") is { ValueKind: JsonValueKind.String } context)
            {
                writer.WriteString("@odata.context", context.GetString());
            }

            writer.WriteStartArray(WarningsMember);
            foreach (var warning in warnings)
            {
                writer.WriteStringValue(warning);
            }

            writer.WriteEndArray();
            if (nextLink is not null)
            {
                writer.WriteString(NextLinkMember, nextLink);
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

    /// <summary>Finds a member by name, in any case, because the endpoint is not consistent about it.</summary>
    public static JsonElement? Member(JsonElement target, string name)
    {
        if (target.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (target.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var member in target.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    public static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
