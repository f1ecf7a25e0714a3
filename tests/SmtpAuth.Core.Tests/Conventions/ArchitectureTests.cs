using System.Xml.Linq;

namespace SmtpAuth.Conventions;

public sealed class ArchitectureTests
{
    // Each stage may use the stages to its left. The order is the path the data takes. The condition language under
    // Rules/Language is a library of its own: it uses no stage at all.
    private static readonly string[] Stages =
        ["Replies", "Tenancy", "Rules", "Diagnoses", "Planning", "Execution", "Verification"];

    // Every arrow between packages, written out: a new one is a decision.
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["SmtpAuth.Core"] = [],
        ["SmtpAuth.Exchange"] = ["SmtpAuth.Core"],
        ["SmtpAuth.Graph"] = ["SmtpAuth.Core"],
        ["SmtpAuth.Journal.Sqlite"] = ["SmtpAuth.Core"],
        ["SmtpAuth.Probe"] = ["SmtpAuth.Core"],
        ["SmtpAuth.Testing"] = [],
        ["SmtpAuth.Cli"] =
        [
            "SmtpAuth.Core", "SmtpAuth.Exchange", "SmtpAuth.Graph", "SmtpAuth.Journal.Sqlite", "SmtpAuth.Probe",
            "SmtpAuth.Testing",
        ],
    };

    [Fact]
    public void Core_references_the_base_class_library_and_nothing_else() =>
        typeof(Gate).Assembly.GetReferencedAssemblies()
            .Should().OnlyContain(reference => reference.Name!.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void Stages_use_earlier_stages_only()
    {
        var backward =
            from file in SourceTree.CSharpFiles("SmtpAuth.Core")
            let stage = StageOf(file)
            where stage >= 0
            from line in File.ReadLines(file)
            let used = Array.FindIndex(Stages, name => line.StartsWith($"using SmtpAuth.{name}", StringComparison.Ordinal))
            where used > stage
            select $"{Path.GetFileName(file)}: {line}";

        backward.Should().BeEmpty();
    }

    [Fact]
    public void The_condition_language_uses_no_stage()
    {
        var uses =
            from file in SourceTree.CSharpFiles("SmtpAuth.Core")
            where file.Contains("/Rules/Language/", StringComparison.Ordinal)
            from line in File.ReadLines(file)
            where line.StartsWith("using SmtpAuth.", StringComparison.Ordinal)
                && !line.StartsWith("using SmtpAuth.Rules.Language", StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {line}";

        uses.Should().BeEmpty();
    }

    [Fact]
    public void Packages_reference_each_other_only_along_the_arrows()
    {
        var actual =
            from file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            let references = XDocument.Load(file).Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))
            select (Package: Path.GetFileNameWithoutExtension(file), References: references.Order(StringComparer.Ordinal));

        actual.ToDictionary(project => project.Package, project => project.References.ToArray())
            .Should().BeEquivalentTo(Arrows);
    }

    private static int StageOf(string file) => Array.FindIndex(
        Stages, name => file.Contains($"/SmtpAuth.Core/{name}/", StringComparison.Ordinal));
}
