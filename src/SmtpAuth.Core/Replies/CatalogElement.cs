using System.Text.Json;

namespace SmtpAuth.Replies;

/// <summary>One value of a catalog document, with the place it has in it.</summary>
internal readonly record struct CatalogElement(string Document, string Place, JsonElement Value)
{
    public FormatException Wrong(string found, string expected) =>
        new($"{Document}: in {Place} found {found}, expected {expected}.");

    public void ExpectMembers(params string[] names)
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(Describe(), "an object");
        }

        foreach (var member in Value.EnumerateObject())
        {
            if (Array.IndexOf(names, member.Name) < 0)
            {
                throw Wrong($"the member '{member.Name}'", $"one of {string.Join(", ", names)}");
            }
        }
    }

    public CatalogElement Required(string name) => Optional(name) ?? throw Wrong($"no '{name}'", "one");

    public CatalogElement? Optional(string name) =>
        Value.TryGetProperty(name, out var value) ? new CatalogElement(Document, $"{Place}, {name}", value) : null;

    public IEnumerable<CatalogElement> List(string name) => Optional(name)?.Items() ?? [];

    public IEnumerable<CatalogElement> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(Describe(), "an array");
        }

        var (document, place) = (Document, Place);
        return [.. Value.EnumerateArray().Select((item, index) => new CatalogElement(document, $"{place} [{index}]", item))];
    }

    public string String() => Value.ValueKind == JsonValueKind.String && Value.GetString() is { Length: > 0 } text
        ? text
        : throw Wrong(Describe(), "a text that is not empty");

    public string String(Func<string, bool> isValid, string expected)
    {
        var text = String();
        return isValid(text) ? text : throw Wrong($"'{text}'", expected);
    }

    public int Number(int least, int most) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(Describe(), $"a whole number from {least} to {most}");

    public bool Flag() => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(Describe(), "true or false"),
    };

    private string Describe() => Value.ValueKind switch
    {
        JsonValueKind.String => $"'{Value.GetString()}'",
        JsonValueKind.Number => Value.GetRawText(),
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
