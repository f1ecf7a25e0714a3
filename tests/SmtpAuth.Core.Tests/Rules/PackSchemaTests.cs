using System.Text.Json;
using SmtpAuth.Replies;
using SmtpAuth.Rules;

namespace SmtpAuth.Tests.Rules;

public sealed class PackSchemaTests
{
    public static TheoryData<string> Schemas => ["rule", "operation", "route", "pack"];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_schema_ships_in_the_package_in_the_2020_12_form(string name)
    {
        using var schema = Read(name);

        schema.RootElement.GetProperty("$schema").GetString().Should().Be("https://json-schema.org/draft/2020-12/schema");
        schema.RootElement.GetProperty("additionalProperties").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public void The_schema_of_rules_offers_the_gates_routes_causes_and_conditions_that_the_loader_takes()
    {
        using var schema = Read("rule");
        var members = schema.RootElement.GetProperty("properties");

        Names(members.GetProperty("gate")).Should().Equal(Gates.All.Select(gate => gate.ToName()));
        Names(members.GetProperty("routes").GetProperty("items")).Should().Equal(Routes.All.Select(route => route.ToName()));
        Names(members.GetProperty("cause")).Should().BeEquivalentTo(ReplyCauses.All);
        Names(members.GetProperty("saidBy").GetProperty("items")).Should().BeEquivalentTo(ReplyConditions.All);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_schema_names_every_member_that_the_embedded_files_use(string name)
    {
        using var schema = Read(name);
        var declared = schema.RootElement.GetProperty("properties").EnumerateObject().Select(member => member.Name).ToHashSet();
        var files = typeof(RulePack).Assembly.GetManifestResourceNames()
            .Where(file => name == "pack" ? file == "Pack/pack.json" : file.StartsWith($"Pack/{name}s/", StringComparison.Ordinal));

        foreach (var file in files)
        {
            using var document = JsonDocument.Parse(Resource(file));
            document.RootElement.EnumerateObject().Select(member => member.Name).Should().BeSubsetOf(declared, file);
        }
    }

    private static IEnumerable<string> Names(JsonElement member) => member.GetProperty("enum").EnumerateArray().Select(item => item.GetString()!);

    private static JsonDocument Read(string name) => JsonDocument.Parse(Resource($"Pack/{name}.schema.json"));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(RulePack).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
