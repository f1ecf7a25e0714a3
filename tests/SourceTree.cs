namespace SmtpAuth;

/// <summary>Finds the project's own files, for the tests that read them.</summary>
internal static class SourceTree
{
    /// <summary>Gets the folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the C# files of a package, generated ones left out.</summary>
    public static IEnumerable<string> CSharpFiles(string package) => Directory
        .EnumerateFiles(Path.Combine(Root, "src", package), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SmtpAuth.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds SmtpAuth.Core.sln.");
    }
}
