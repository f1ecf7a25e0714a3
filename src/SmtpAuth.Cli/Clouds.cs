namespace SmtpAuth.Cli;

/// <summary>Finds the cloud that <c>--cloud</c> names.</summary>
internal static class Clouds
{
    public static MicrosoftCloud Read(string nameOrFile)
    {
        if (MicrosoftCloud.Find(nameOrFile) is { } builtIn)
        {
            return builtIn;
        }

        try
        {
            return MicrosoftCloud.Parse(File.ReadAllText(nameOrFile), Path.GetFileName(nameOrFile));
        }
        catch (FormatException failure)
        {
            throw CommandFailure.BadInput($"--cloud: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var names = string.Join(", ", MicrosoftCloud.BuiltIn.Select(cloud => cloud.Name));
            throw CommandFailure.BadInput($"--cloud: '{nameOrFile}' is neither a cloud ({names}) nor a file that can be read: {failure.Message}", failure);
        }
    }
}
