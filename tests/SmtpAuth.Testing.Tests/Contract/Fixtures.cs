using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests.Contract;

/// <summary>The recorded requests and answers that the services are known by. They live beside the repository, not in it:
/// in <c>../shared/domain/fixtures</c>, or where SMTPAUTH_FIXTURES says.</summary>
internal static class Fixtures
{
    public const string None = "(no fixtures found)";

    private static readonly string? Folder = Find();

    public static IEnumerable<string> Names(params string[] kinds) => Folder is null
        ? [None]
        : Directory.EnumerateFiles(Folder, "*.json")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Where(name => kinds.Contains(Read(name)["kind"]?.ToString()) && (Read(name)["request"] ?? Read(name)["transcript"]) is not null)
            .Order(StringComparer.Ordinal);

    public static JsonObject Read(string name) => (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder!, name + ".json")))!;

    private static string? Find()
    {
        var candidates = new List<string?> { Environment.GetEnvironmentVariable("SMTPAUTH_FIXTURES") };
        for (var folder = Path.GetDirectoryName(AppContext.BaseDirectory); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            candidates.Add(Path.Combine(folder, "shared", "domain", "fixtures"));
        }

        return candidates.Find(folder => folder is not null && File.Exists(Path.Combine(folder, "index.json")));
    }
}
