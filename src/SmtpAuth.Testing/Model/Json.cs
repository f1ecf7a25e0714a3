using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Model;

/// <summary>The few JSON operations that everything here shares: bounded parsing, stable text, reading a member.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Pretty =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private static readonly JsonNodeOptions IgnoreCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Parses outside text. Duplicate members, bad JSON and too deep nesting are "no", never an exception.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonNode? node, bool ignoreCase = false)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            node = ignoreCase && HasTwins(document.RootElement) ? null : JsonNode.Parse(text, ignoreCase ? IgnoreCase : null, Strict);
            return node is not null;
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }

    // Members that differ in letter case only; JsonNode would throw for them much later.
    private static bool HasTwins(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToList() is var members
            && (members.DistinctBy(member => member.Name, StringComparer.OrdinalIgnoreCase).Count() != members.Count
                || members.Exists(member => HasTwins(member.Value))),
        JsonValueKind.Array => element.EnumerateArray().Any(HasTwins),
        _ => false,
    };

    public static string Write(JsonNode? node, bool indented = false)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, indented ? Pretty : Plain))
        {
            if (node is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                node.WriteTo(writer);
            }
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Returns a copy whose object members are in ordinal order, at every depth.</summary>
    public static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => !IsVolatile(member.Key))
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Canonical(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Canonical)]),
        null => null,
        _ => node.DeepClone(),
    };

    /// <summary>Time stamps that the service moves by itself with every write, so they say nothing about what changed.</summary>
    public static bool IsVolatile(string member) => member is "WhenChangedUTC" or "modifiedDateTime";

    public static string? Text(this JsonNode? node, string member) => node is JsonObject found && found[member] is JsonValue value
        ? AsText(value)
        : null;

    public static string? AsText(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonNode? node, string member) =>
        node is JsonObject found && found[member] is JsonValue value ? AsFlag(value) : null;

    public static bool? AsFlag(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<string>(out var text) && bool.TryParse(text, out var flag) => flag,
        _ => null,
    };

    /// <summary>Reads a member as texts: an array of texts, one text alone, or nothing.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? node, string member) => node is JsonObject found
        ? found[member] switch
        {
            JsonArray items => [.. items.Select(AsText).OfType<string>()],
            JsonValue value when AsText(value) is { } text => [text],
            _ => [],
        }
        : [];

    public static JsonArray Array(params IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);

    public static JsonObject Copy(this JsonObject node) => (JsonObject)node.DeepClone();
}
