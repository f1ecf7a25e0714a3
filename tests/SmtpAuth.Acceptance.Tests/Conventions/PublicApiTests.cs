using System.Reflection;
using PublicApiGenerator;

namespace SmtpAuth.Acceptance.Conventions;

public sealed class PublicApiTests
{
    public static TheoryData<string> Packages =>
        ["SmtpAuth.Core", "SmtpAuth.Exchange", "SmtpAuth.Graph", "SmtpAuth.Journal.Sqlite", "SmtpAuth.Probe", "SmtpAuth.Testing"];

    /// <summary>
    /// A change to the public surface is seen in review. Where it is meant, replace the approved text by the received one,
    /// which this test leaves beside it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_approved_one(string package)
    {
        var actual = Assembly.Load(package).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }) + "\n";
        var folder = Path.Combine(SourceTree.Root, "tests", "SmtpAuth.Acceptance.Tests", "Conventions", "PublicApi");
        var approved = Path.Combine(folder, $"{package}.approved.txt");
        var received = Path.Combine(folder, $"{package}.received.txt");
        File.Delete(received);

        if (!File.Exists(approved) || File.ReadAllText(approved) != actual)
        {
            File.WriteAllText(received, actual);
        }

        File.Exists(received).Should().BeFalse($"the public surface of {package} has changed; compare {Path.GetFileName(received)} with the approved text");
    }
}
