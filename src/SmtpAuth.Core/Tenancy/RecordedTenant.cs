namespace SmtpAuth.Tenancy;

/// <summary>Reads a state folder: answers recorded one file per call, exactly as the service or the cmdlet gave them.</summary>
/// <remarks>
/// <para>The files are named after <see cref="AnswerNames"/> with <c>.json</c>, case aside; others are ignored. Lists may be a
/// JSON array, a single object or a page with <c>value</c>; UTF-8 and UTF-16 are read, with or without byte order mark.</para>
/// <para>Thread-safe. Reads files and nothing else.</para>
/// </remarks>
public static class RecordedTenant
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaximumFileSize = 64 * 1024 * 1024;

    private const string Extension = ".json";
    private const string GroupMembersPrefix = "graph/groupMembers-";

    // A recorder may write this beside the content; like every name with an "@" it is a decoration to everything else.
    private const string ReadAtMember = "@smtpauth.readAt";

    /// <summary>Reads the answers of a folder.</summary>
    /// <param name="folder">The folder that holds <c>graph</c> and <c>exchange</c>.</param>
    /// <returns>An answer for every known name; a failed one where there is no file, or where the service's error was recorded.</returns>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FormatException">A file is there and cannot be understood; the message names it, the place and what to do.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static TenantAnswers Read(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}. Expected a folder with recorded answers, such as graph/user.json in it.");
        }

        var files = Files(folder);
        var answers = AnswerNames.All.Where(name => !files.ContainsKey(name)).Select(name =>
            TenantAnswer.Failed(name, $"It was not recorded: there is no file {name}{Extension}.", name + Extension, null));
        return TenantAnswers.None.With([.. answers, .. files.Select(file => ReadFile(file.Key, file.Value))]);
    }

    private static SortedDictionary<string, FileInfo> Files(string folder)
    {
        var files = new SortedDictionary<string, FileInfo>(StringComparer.Ordinal);
        foreach (var part in new[] { "graph", "exchange" })
        {
            var directory = new DirectoryInfo(Path.Combine(folder, part));
            foreach (var file in directory.Exists ? directory.EnumerateFiles("*" + Extension) : [])
            {
                if (Recognize($"{part}/{Path.GetFileNameWithoutExtension(file.Name)}") is not { } name)
                {
                    continue;
                }

                if (files.TryGetValue(name, out var other))
                {
                    throw new FormatException($"{part}/{other.Name} and {part}/{file.Name} are the same answer. Keep one of them.");
                }

                files.Add(name, file);
            }
        }

        return files;
    }

    private static string? Recognize(string name)
    {
        var group = name.StartsWith(GroupMembersPrefix, StringComparison.OrdinalIgnoreCase) ? name.Substring(GroupMembersPrefix.Length) : null;
        return Guid.TryParse(group, out var id)
            ? AnswerNames.GroupMembers(id.ToString("D"))
            : AnswerNames.All.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
    }

    private static TenantAnswer ReadFile(string name, FileInfo file)
    {
        var source = name + Extension;
        if (file.Length > MaximumFileSize)
        {
            throw new FormatException(
                $"{source} has {file.Length} bytes; at most {MaximumFileSize} are read. Record the answer for the one mailbox in question.");
        }

        // A file changed after it was recorded has a later time, so it is said where the time is from.
        var writtenAt = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
        if (AnswerText.Parse(File.ReadAllBytes(file.FullName), source) is not { } content)
        {
            return TenantAnswer.Failed(
                name,
                $"{source} is empty: a cmdlet that failed and one that found nothing both leave an empty file. Write [] where there really is none.",
                source,
                writtenAt);
        }

        var readAt = JsonMembers.Time(JsonMembers.Find(content, ReadAtMember));
        var dated = readAt is null ? $"{source}, dated by its last change" : source;
        return ServiceError.Of(content) is { IsNotFound: false } error
            ? TenantAnswer.Failed(name, $"The service answered with an error: {error.Text}", dated, readAt ?? writtenAt)
            : TenantAnswer.Read(name, content, dated, readAt ?? writtenAt);
    }
}
