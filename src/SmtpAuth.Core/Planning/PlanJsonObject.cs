using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpAuth.Planning;

/// <summary>Reads one JSON object whose members are all known, and says in one line what is wrong with it otherwise.</summary>
/// <remarks>Not thread-safe. Call <see cref="End"/> last: it refuses members that nobody asked for.</remarks>
internal sealed class PlanJsonObject
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    private readonly JsonElement _element;
    private readonly Func<string, Exception> _wrong;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <param name="element">The object.</param>
    /// <param name="path">Where it stands, for messages.</param>
    /// <param name="wrong">Makes the exception from the end of a sentence, such as "lacks the member 'id'".</param>
    public PlanJsonObject(JsonElement element, string path, Func<string, Exception> wrong)
    {
        _element = element;
        _wrong = wrong;
        Path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw wrong($"has {Kind(element)} at {path}; expected an object.");
        }
    }

    /// <summary>Gets where the object stands, such as <c>plan.steps[0]</c>.</summary>
    public string Path { get; }

    /// <summary>Parses a document in which no object may name a member twice.</summary>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(
        json.Length > 0 && json[0] == '\uFEFF' ? json.Substring(1) : json,
        new JsonDocumentOptions { AllowDuplicateProperties = false });

    /// <summary>Quotes text from outside for a one-line message, shortened.</summary>
    public static string Quote(string text) => $"'{OneLine(text.Length > 100 ? text.Remove(100) + "…" : text)}'";

    public static string OneLine(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    public Exception Wrong(string message) => _wrong(message);

    public string Text(string name) => Get(name, JsonValueKind.String, "a text").GetString()!;

    public string? NullableText(string name) =>
        Get(name).ValueKind == JsonValueKind.Null ? null : Text(name);

    public string? OptionalText(string name) => _element.TryGetProperty(name, out _) ? Text(name) : null;

    public bool Boolean(string name) => Get(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        var other => throw _wrong($"has {Kind(other)} at {Path}.{name}; expected true or false."),
    };

    public int Integer(string name) => Get(name, JsonValueKind.Number, "a whole number").TryGetInt32(out var number)
        ? number
        : throw _wrong($"has a number at {Path}.{name} that is too large or not whole.");

    public DateTimeOffset Time(string name)
    {
        var text = Text(name);
        return DateTimeOffset.TryParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw _wrong($"has the time {Quote(text)} at {Path}.{name}; expected UTC in the form 2026-11-25T12:00:00Z.");
    }

    public DateTimeOffset? OptionalTime(string name) => _element.TryGetProperty(name, out _) ? Time(name) : null;

    /// <summary>Reads a member that another reader takes apart.</summary>
    public JsonElement Element(string name) => Get(name);

    public PlanJsonObject Object(string name) => new(Get(name), $"{Path}.{name}", _wrong);

    public PlanJsonObject? NullableObject(string name) =>
        Get(name).ValueKind == JsonValueKind.Null ? null : Object(name);

    public IReadOnlyList<PlanJsonObject> Objects(string name) =>
        [.. Get(name, JsonValueKind.Array, "a list").EnumerateArray()
            .Select((item, index) => new PlanJsonObject(item, $"{Path}.{name}[{index}]", _wrong))];

    public IReadOnlyList<string> Texts(string name) => TextList(Get(name), name);

    /// <summary>Reads a value of any kind.</summary>
    public JsonNode? Free(string name) => JsonNode.Parse(Get(name).GetRawText());

    public JsonObject FreeObject(string name) =>
        JsonNode.Parse(Get(name, JsonValueKind.Object, "an object").GetRawText())!.AsObject();

    /// <summary>Reads every member as a text.</summary>
    public IReadOnlyDictionary<string, string> TextsByName() =>
        _element.EnumerateObject().ToDictionary(member => member.Name, member => Text(member.Name), StringComparer.Ordinal);

    /// <summary>Reads every member as a list of texts.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> TextListsByName() =>
        _element.EnumerateObject().ToDictionary(member => member.Name, member => Texts(member.Name), StringComparer.Ordinal);

    /// <summary>Refuses a derived member that says anything but what it is derived from.</summary>
    public void Same(string name, bool expected)
    {
        if (Boolean(name) != expected)
        {
            throw _wrong($"contradicts itself: {Path}.{name} says {(expected ? "false" : "true")}, the rest says otherwise.");
        }
    }

    /// <summary>Refuses members that nobody read.</summary>
    public void End()
    {
        foreach (var member in _element.EnumerateObject())
        {
            if (!_read.Contains(member.Name))
            {
                throw _wrong($"has the unknown member {Quote(member.Name)} at {Path}; was it written by a later version?");
            }
        }
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private JsonElement Get(string name)
    {
        _read.Add(name);
        return _element.TryGetProperty(name, out var value) ? value : throw _wrong($"lacks the member '{name}' at {Path}.");
    }

    private JsonElement Get(string name, JsonValueKind kind, string expected)
    {
        var value = Get(name);
        return value.ValueKind == kind ? value : throw _wrong($"has {Kind(value)} at {Path}.{name}; expected {expected}.");
    }

    private List<string> TextList(JsonElement list, string name)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw _wrong($"has {Kind(list)} at {Path}.{name}; expected a list of texts.");
        }

        var texts = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String
                ? item.GetString()!
                : throw _wrong($"has {Kind(item)} in the list {Path}.{name}; expected a text."));
        }

        return texts;
    }
}
