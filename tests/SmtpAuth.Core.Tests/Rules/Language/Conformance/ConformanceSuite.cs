using System.Diagnostics;
using System.Text.Json;

namespace SmtpAuth.Core.Tests.Rules.Language.Conformance;

/// <summary>The public conformance suite of the language, run once; its report goes to artifacts/cel-conformance.md.</summary>
public sealed class ConformanceSuite
{
    private static readonly Lazy<IReadOnlyList<ConformanceResult>> Results = new(Run);

    public static IReadOnlyList<ConformanceResult> All => Results.Value;

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SmtpAuth.Core.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }
    }

    private static List<ConformanceResult> Run()
    {
        using var suite = JsonDocument.Parse(File.ReadAllText(Find()));
        var results = new List<ConformanceResult>();
        Visit(suite.RootElement, [], results);
        WriteReport(results);
        return results;
    }

    private static string Find()
    {
        var folder = Environment.GetEnvironmentVariable("SMTPAUTH_CEL_SPEC") ?? Path.Combine(Root, "artifacts", "cel-spec");
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.json").Length == 0)
        {
            Fetch(folder);
        }

        return Directory.GetFiles(folder, "*.json").Single();
    }

    private static void Fetch(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", [Path.Combine(Root, ".ci", "fetch-cel-spec"), folder]) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"The conformance suite is not in '{folder}' and could not be fetched: {error.Trim()} Run .ci/fetch-cel-spec where npm works, or set SMTPAUTH_CEL_SPEC.");
        }
    }

    private static void Visit(JsonElement suite, string[] path, List<ConformanceResult> results)
    {
        if (suite.TryGetProperty("suites", out var inner))
        {
            foreach (var part in inner.EnumerateArray())
            {
                Visit(part, [.. path, part.GetProperty("name").GetString()!], results);
            }
        }

        if (suite.TryGetProperty("tests", out var tests))
        {
            results.AddRange(tests.EnumerateArray().Select(test => ConformanceTest.Run(path, test.GetProperty("original"))));
        }
    }

    private static void WriteReport(List<ConformanceResult> results)
    {
        var lines = new List<string>
        {
            "# Conformance of the expression language", "",
            "| section | passed | failed | skipped |", "|---|---|---|---|",
        };
        foreach (var section in results.GroupBy(result => result.Section))
        {
            lines.Add($"| {section.Key} | {section.Count(r => r.Outcome == "passed")} | {section.Count(r => r.Outcome == "failed")} | {section.Count(r => r.Outcome == "skipped")} |");
        }

        lines.Add($"| all | {results.Count(r => r.Outcome == "passed")} | {results.Count(r => r.Outcome == "failed")} | {results.Count(r => r.Outcome == "skipped")} |");
        lines.AddRange(["", "| test | outcome | reason |", "|---|---|---|"]);
        lines.AddRange(results.Select(result => $"| {result.Name} | {result.Outcome} | {result.Reason.Replace('\n', ' ').Replace("|", "\\|", StringComparison.Ordinal)} |"));
        Directory.CreateDirectory(Path.Combine(Root, "artifacts"));
        File.WriteAllLines(Path.Combine(Root, "artifacts", "cel-conformance.md"), lines);
    }
}
