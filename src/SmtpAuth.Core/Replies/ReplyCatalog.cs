using System.Reflection;

namespace SmtpAuth.Replies;

/// <summary>The signatures of replies and the evidence of providers, ready for matching. Data, not code: hosts can add their own.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ReplyCatalog
{
    private const string ResourcePrefix = "Pack/replies/";
    private static readonly Lazy<ReplyCatalog> LazyEmbedded = new(LoadEmbedded);
    private readonly Dictionary<string, ReplySignature> _byId;

    private ReplyCatalog(ReplyCatalogContent content)
    {
        Content = content;
        _byId = content.Signatures.ToDictionary(signature => signature.Id, StringComparer.Ordinal);
        Matcher = new SignatureMatcher(content);
    }

    /// <summary>Gets the catalog that comes with the library.</summary>
    public static ReplyCatalog Embedded => LazyEmbedded.Value;

    /// <summary>Gets every signature, in the order of the files.</summary>
    public IReadOnlyList<ReplySignature> Signatures => Content.Signatures;

    /// <summary>Gets the evidence of who answered, the more special provider first.</summary>
    public IReadOnlyList<ProviderEvidence> Providers => Content.Providers;

    internal ReplyCatalogContent Content { get; }

    internal SignatureMatcher Matcher { get; }

    /// <summary>Reads a catalog from JSON documents.</summary>
    /// <param name="documents">Name (for messages) and JSON text of each document.</param>
    /// <returns>The catalog.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">A document is not a catalog; the message names the document, what was found and what was expected.</exception>
    public static ReplyCatalog Load(IEnumerable<KeyValuePair<string, string>> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return new ReplyCatalog(ReplyCatalogReader.Read(documents, ReplyCatalogContent.Empty));
    }

    /// <summary>Reads a catalog from the <c>*.json</c> files of a folder.</summary>
    /// <param name="folder">The folder; files are read in the order of their names.</param>
    /// <returns>The catalog.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is <see langword="null"/>.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="FormatException">A file is not a catalog.</exception>
    public static ReplyCatalog LoadFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Load(ReadFolder(folder));
    }

    /// <summary>Returns this catalog with more signatures. One with an id that exists replaces it.</summary>
    /// <param name="documents">Name (for messages) and JSON text of each document.</param>
    /// <returns>A new catalog.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">A document is not a catalog.</exception>
    public ReplyCatalog With(IEnumerable<KeyValuePair<string, string>> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return new ReplyCatalog(ReplyCatalogReader.Read(documents, Content));
    }

    /// <summary>Returns this catalog with the signatures of a folder's <c>*.json</c> files.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>A new catalog.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is <see langword="null"/>.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="FormatException">A file is not a catalog.</exception>
    public ReplyCatalog WithFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return With(ReadFolder(folder));
    }

    /// <summary>Finds a signature by its id.</summary>
    /// <param name="id">The id, compared exactly; <see langword="null"/> finds nothing.</param>
    /// <returns>The signature, or <see langword="null"/>.</returns>
    public ReplySignature? Find(string? id) => id is not null && _byId.TryGetValue(id, out var signature) ? signature : null;

    private static ReplyCatalog LoadEmbedded()
    {
        var assembly = typeof(ReplyCatalog).Assembly;
        return Load(
            from name in assembly.GetManifestResourceNames()
            let path = name.Replace('\\', '/')
            where path.StartsWith(ResourcePrefix, StringComparison.Ordinal)
            orderby path
            select new KeyValuePair<string, string>(path, ReadResource(assembly, name)));
    }

    private static string ReadResource(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static IEnumerable<KeyValuePair<string, string>> ReadFolder(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.json")
        orderby file
        select new KeyValuePair<string, string>(Path.GetFileName(file), File.ReadAllText(file));
}
