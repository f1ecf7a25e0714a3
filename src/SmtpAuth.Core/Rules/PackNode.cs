using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>A JSON value of a pack's file that knows where it stands, so that what is wrong with it can be said precisely.</summary>
internal sealed class PackNode(PackFile file, int offset, JsonValueKind kind, string? text)
{
    public JsonValueKind Kind { get; } = kind;

    public List<KeyValuePair<string, PackNode>> Members { get; } = [];

    public List<PackNode> Items { get; } = [];

    public bool IsNull => Kind == JsonValueKind.Null;

    public PackFormatException Wrong(string problem, Exception? cause = null) => file.Wrong(offset, problem, cause);

    public PackFormatException Expected(string expected) => Wrong($"found {Describe()}, expected {expected}.");

    /// <summary>Checks that the value is an object with these members only.</summary>
    public PackNode WithMembers(params string[] names)
    {
        if (Kind != JsonValueKind.Object)
        {
            throw Expected("an object");
        }

        foreach (var member in Members)
        {
            if (member.Key != "$schema" && Array.IndexOf(names, member.Key) < 0)
            {
                throw member.Value.Wrong($"found the member '{member.Key}', expected one of {string.Join(", ", names)}.");
            }
        }

        return this;
    }

    public PackNode? Find(string name) => Members.Find(member => member.Key == name).Value;

    public PackNode Required(string name) => Find(name) ?? throw Wrong($"found no member '{name}', expected one.");

    public IReadOnlyList<PackNode> List(string name) => Find(name)?.AsList() ?? [];

    public IReadOnlyList<PackNode> AsList() => Kind == JsonValueKind.Array ? Items : throw Expected("a list");

    public string Text() => Kind == JsonValueKind.String && text is { Length: > 0 } value ? value : throw Expected("a text that is not empty");

    public string Text(Func<string, bool> isValid, string expected)
    {
        var value = Text();
        return isValid(value) ? value : throw Expected(expected);
    }

    public bool Flag() => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Expected("true or false"),
    };

    public int Number(int least, int most) =>
        Kind == JsonValueKind.Number && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw Expected($"a whole number from {least} to {most}");

    public string OneOf(params string[] names) =>
        Text(value => Array.IndexOf(names, value) >= 0, $"one of {string.Join(", ", names)}");

    public DateTimeOffset Day() => DateTime.TryParseExact(
        Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
        ? new DateTimeOffset(day, TimeSpan.Zero)
        : throw Expected("a day such as 2026-12-31");

    public IReadOnlyList<string> Texts(string name) => [.. List(name).Select(item => item.Text())];

    public JsonNode? ToJson() => Kind switch
    {
        JsonValueKind.Object => new JsonObject(Members.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, member.Value.ToJson()))),
        JsonValueKind.Array => new JsonArray([.. Items.Select(item => item.ToJson())]),
        JsonValueKind.String => JsonValue.Create(text),
        JsonValueKind.Number => JsonNode.Parse(text!),
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => null,
    };

    private string Describe() => Kind switch
    {
        JsonValueKind.String => JsonMembers.OneLine(text!),
        JsonValueKind.Number => text!,
        JsonValueKind.Null => "null",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => "a list",
        _ => "an object",
    };
}
