namespace SmtpAuth.Conventions;

public sealed class FailurePromisesTests
{
    [Fact]
    public void Every_test_that_the_promises_name_exists()
    {
        var named = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "failures.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith("` |", StringComparison.Ordinal))
            .Select(line => line.Split('`')[^2])
            .ToList();
        var tests = string.Concat(Directory
            .EnumerateFiles(Path.Combine(SourceTree.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        named.Should().HaveCountGreaterThan(15);
        named.Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal)).Should().BeEmpty();
    }
}
