using System.Text.Json;
using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

/// <summary>The schema is for those who write replies; what it says must be what the embedded files do and the loader takes.</summary>
public sealed class ReplySchemaTests
{
    private static readonly JsonElement Schema = Read("Pack/replies.schema.json");
    private static readonly JsonElement Definitions = Schema.GetProperty("$defs");

    public static TheoryData<string> Files =>
        [.. typeof(ReplyCatalog).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Pack/replies/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_satisfies_the_schema(string file) => Faults(Read(file), Schema, "the document").Should().BeEmpty();

    [Theory]
    [InlineData("{}", "the document: no formatVersion")]
    [InlineData("{\"formatVersion\":1,\"signature\":[]}", "the document: signature is not a member")]
    [InlineData("{\"formatVersion\":2}", "formatVersion: 2 is not 1")]
    [InlineData("{\"formatVersion\":1,\"mailWords\":[1]}", "mailWords: Number is not string")]
    [InlineData("{\"formatVersion\":1,\"phases\":[{\"phase\":\"dinner\",\"phrases\":[\"a\"]}]}", "phase: dinner is not offered")]
    public void The_check_finds_what_does_not_satisfy_it(string json, string fault)
    {
        using var document = JsonDocument.Parse(json);

        Faults(document.RootElement, Schema, "the document").Should().Equal(fault);
    }

    [Fact]
    public void The_schema_offers_what_the_loader_takes()
    {
        Offered("conditionName").Should().BeEquivalentTo(ReplyConditions.All);
        Offered("providerName").Should().BeEquivalentTo(ReplyProviders.All);
        Offered("causeName").Should().BeEquivalentTo(ReplyCauses.All);
        Offered("gateName").Should().Equal(Gates.All.Select(gate => gate.ToName()));
    }

    private static IEnumerable<string?> Offered(string definition) =>
        Definitions.GetProperty(definition).GetProperty("enum").EnumerateArray().Select(name => name.GetString());

    /// <summary>The part of the standard that the schema uses for structure: references, types, members, offers, alternatives.</summary>
    private static IEnumerable<string> Faults(JsonElement value, JsonElement schema, string place)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Faults(value, Definitions.GetProperty(reference.GetString()!["#/$defs/".Length..]), place);
        }

        if (schema.TryGetProperty("anyOf", out var alternatives) && !schema.TryGetProperty("type", out _))
        {
            return alternatives.EnumerateArray().Any(alternative => !Faults(value, alternative, place).Any()) ? [] : [$"{place}: no alternative fits"];
        }

        if (schema.TryGetProperty("enum", out var offers))
        {
            return offers.EnumerateArray().Any(offer => offer.GetString() == value.ToString()) ? [] : [$"{place}: {value} is not offered"];
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            return constant.ToString() == value.ToString() ? [] : [$"{place}: {value} is not {constant}"];
        }

        var type = schema.GetProperty("type").GetString()!;
        return IsOfType(value, type)
            ? type switch
            {
                "object" => FaultsOfMembers(value, schema, place),
                "array" => value.EnumerateArray().SelectMany(item => Faults(item, schema.GetProperty("items"), place)),
                _ => [],
            }
            : [$"{place}: {value.ValueKind} is not {type}"];
    }

    private static IEnumerable<string> FaultsOfMembers(JsonElement value, JsonElement schema, string place)
    {
        var declared = schema.GetProperty("properties");
        var missing = schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _));
        return missing.Select(name => $"{place}: no {name}").Concat(value.EnumerateObject().SelectMany(member =>
            declared.TryGetProperty(member.Name, out var definition)
                ? Faults(member.Value, definition, member.Name)
                : [$"{place}: {member.Name} is not a member"]));
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };

    private static JsonElement Read(string resource)
    {
        using var reader = new StreamReader(typeof(ReplyCatalog).Assembly.GetManifestResourceStream(resource)!);
        using var document = JsonDocument.Parse(reader.ReadToEnd());
        return document.RootElement.Clone();
    }
}
