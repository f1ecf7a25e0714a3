using System.Text.RegularExpressions;
using SmtpAuth.Cli.Text;

namespace SmtpAuth.Cli.Tests;

public sealed partial class WordsTests
{
    private static readonly Words English = Words.For("en");

    public static TheoryData<string> OtherLanguages => new(Words.Languages.Where(language => language != "en"));

    [Theory]
    [MemberData(nameof(OtherLanguages))]
    public void Every_language_has_the_same_texts(string language) =>
        Words.For(language).Keys.Should().BeEquivalentTo(English.Keys);

    [Theory]
    [MemberData(nameof(OtherLanguages))]
    public void Every_text_has_the_same_places_to_fill_in_every_language(string language)
    {
        var other = Words.For(language);

        English.Keys.Where(key => !Places(other[key]).SetEquals(Places(English[key]))).Should().BeEmpty();
    }

    [Fact]
    public void Every_gate_and_every_route_has_a_name_for_people()
    {
        Gates.All.Select(gate => $"gate.{gate.ToName()}").Should().BeSubsetOf(English.Keys);
        Routes.All.Select(route => $"route.{route.ToName()}").Should().BeSubsetOf(English.Keys);
    }

    [Fact]
    public void Every_text_is_used_and_every_text_that_is_used_exists()
    {
        var source = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "SmtpAuth.Cli"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText));
        var asked = LiteralKey().Matches(source).Select(match => match.Groups[1].Value).ToHashSet();

        asked.Should().BeSubsetOf(English.Keys);
        English.Keys.Where(key => !source.Contains($"\"{key}\"", StringComparison.Ordinal) && !IsAskedByName(source, key)).Should().BeEmpty();
    }

    private static bool IsAskedByName(string source, string key)
    {
        var kind = key[..key.LastIndexOf('.')];
        return source.Contains($"$\"{kind}.{{", StringComparison.Ordinal) || source.Contains($".Name(\"{kind}\"", StringComparison.Ordinal);
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\d+\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex("[Ww]ords(?:\\[|\\.Format\\()\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex LiteralKey();
}
