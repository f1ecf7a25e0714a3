using System.Globalization;
using System.Reflection;
using SmtpAuth.Replies;

namespace SmtpAuth.Rules;

/// <summary>The knowledge that decides: rules, operations, routes, gates and reply signatures, as data.</summary>
/// <remarks>
/// <para>A pack is a folder of JSON files (<c>pack.json</c>, <c>rules/</c>, <c>operations/</c>, <c>routes/</c>, <c>replies/</c>). One
/// is embedded; folders can be laid over it, each of which adds, replaces by id, or disables.</para>
/// <para>Immutable and thread-safe: a new layer gives a new pack, and evaluations in flight keep theirs.</para>
/// </remarks>
public sealed class RulePack
{
    /// <summary>The name of the layer that comes with the library.</summary>
    public const string EmbeddedLayer = "embedded";

    private const string ResourcePrefix = "Pack/";
    private static readonly string[] Folders = ["rules/", "operations/", "routes/"];
    private static readonly Lazy<RulePack> LazyEmbedded = new(LoadEmbedded);

    private readonly PackContent _content;
    private readonly Dictionary<string, Rule> _byId;

    private RulePack(PackContent content, ReplyCatalog replies)
    {
        _content = content;
        Replies = replies;
        Rules = [.. content.Rules.Values.Where(rule => !content.Disabled.ContainsKey(rule.Id))];
        Operations = [.. content.Operations.Values.Where(operation => !content.Disabled.ContainsKey(operation.Id))];
        Routes = [.. content.Routes.Values];
        Gates = [.. content.Gates.Values];
        Risks = [.. content.Risks.Values];
        Layers = [.. content.Layers];
        Disabled = new Dictionary<string, string>(content.Disabled, StringComparer.Ordinal);
        _byId = Rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
    }

    /// <summary>Gets the pack that comes with the library.</summary>
    public static RulePack Embedded => LazyEmbedded.Value;

    /// <summary>Gets the version: that of the embedded pack, followed by those of the layers over it.</summary>
    public string Version => _content.Version;

    /// <summary>Gets the day on which the sources were last checked, <c>yyyy-MM-dd</c>.</summary>
    public string Checked => _content.Checked;

    /// <summary>Gets the names of the layers, the lowest first.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>Gets the ids that a layer disabled, each with the layer that did.</summary>
    public IReadOnlyDictionary<string, string> Disabled { get; }

    /// <summary>Gets the rules, by id.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Gets the operations, by id.</summary>
    public IReadOnlyList<OperationDefinition> Operations { get; }

    /// <summary>Gets the routes.</summary>
    public IReadOnlyList<RouteDefinition> Routes { get; }

    /// <summary>Gets the gates, in order.</summary>
    public IReadOnlyList<GateDefinition> Gates { get; }

    /// <summary>Gets the risks that a step can ask to be accepted.</summary>
    public IReadOnlyList<RiskDefinition> Risks { get; }

    /// <summary>Gets the signatures of replies.</summary>
    public ReplyCatalog Replies { get; }

    internal IReadOnlyList<PassedGates> PassedGates => _content.PassedGates;

    internal IReadOnlyList<SeparatingFact> SeparatingFacts => _content.SeparatingFacts;

    internal IReadOnlyList<RouteCauses> RouteCauses => _content.RouteCauses;

    /// <summary>Reads a folder and lays it over the embedded pack.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The pack.</returns>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="FormatException">A file is not valid; a <see cref="PackFormatException"/> says the line and column.</exception>
    public static RulePack Load(string folder) => Embedded.With(folder);

    /// <summary>Reads a folder and lays it over this pack.</summary>
    /// <param name="folder">The folder; its name is the layer's name.</param>
    /// <returns>A new pack.</returns>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="FormatException">A file is not valid; a <see cref="PackFormatException"/> says the line and column.</exception>
    public RulePack With(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);

        var root = new DirectoryInfo(folder);
        var files = PackFiles(root);
        var replies = new DirectoryInfo(Path.Combine(root.FullName, "replies"));
        if (files.Count == 0 && !replies.Exists)
        {
            throw new PackFormatException(
                root.Name, 1, 1, "found no pack in this folder, expected pack.json or a folder rules, operations, routes or replies.");
        }

        return With(root.Name, files, replies.Exists ? Replies.WithFolder(replies.FullName) : Replies);
    }

    /// <summary>Lays files over this pack.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="files">Path within the pack (such as <c>rules/ACME001.json</c>) and JSON text of each file.</param>
    /// <returns>A new pack.</returns>
    /// <exception cref="ArgumentException"><paramref name="layer"/> is <see langword="null"/> or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="files"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">A file is not valid; a <see cref="PackFormatException"/> says the line and column.</exception>
    public RulePack With(string layer, IEnumerable<KeyValuePair<string, string>> files)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(layer);
        ArgumentNullException.ThrowIfNull(files);

        return With(layer, [.. files], Replies);
    }

    /// <summary>Finds a rule by its id.</summary>
    /// <param name="id">The id, compared exactly; <see langword="null"/> finds nothing.</param>
    /// <returns>The rule, or <see langword="null"/>.</returns>
    public Rule? FindRule(string? id) => id is not null && _byId.TryGetValue(id, out var rule) ? rule : null;

    /// <summary>Finds an operation by its id.</summary>
    /// <param name="id">The id, compared exactly; <see langword="null"/> finds nothing.</param>
    /// <returns>The operation, or <see langword="null"/>.</returns>
    public OperationDefinition? FindOperation(string? id) =>
        id is not null && !Disabled.ContainsKey(id) && _content.Operations.TryGetValue(id, out var operation) ? operation : null;

    /// <summary>Finds what the pack says about a route.</summary>
    /// <param name="route">The route.</param>
    /// <returns>The definition, or <see langword="null"/> where the pack does not know the route.</returns>
    public RouteDefinition? FindRoute(Route route) => _content.Routes.TryGetValue(route, out var definition) ? definition : null;

    internal GateDefinition? FindGate(Gate gate) => _content.Gates.TryGetValue(gate, out var definition) ? definition : null;

    internal RiskDefinition? FindRisk(string name) => _content.Risks.TryGetValue(name, out var risk) ? risk : null;

    internal string Phrase(string name, string language, params object[] values) => _content.Phrases.TryGetValue(name, out var phrase)
        ? string.Format(CultureInfo.InvariantCulture, phrase.In(language), values)
        : throw new InvalidOperationException($"The rule pack has no phrase '{name}'.");

    private static RulePack LoadEmbedded()
    {
        var assembly = typeof(RulePack).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Select(name => (Resource: name, Path: name.Replace('\\', '/')))
            .Where(entry => entry.Path.StartsWith(ResourcePrefix, StringComparison.Ordinal) && IsPackFile(entry.Path.Substring(ResourcePrefix.Length)))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal)
            .Select(entry => new KeyValuePair<string, string>(entry.Path.Substring(ResourcePrefix.Length), ReadResource(assembly, entry.Resource)));
        var content = new PackContent();
        PackReader.Add(content, EmbeddedLayer, [.. files]);
        return new(content, ReplyCatalog.Embedded);
    }

    private static List<KeyValuePair<string, string>> PackFiles(DirectoryInfo root) =>
    [
        .. root.EnumerateFiles("*.json", SearchOption.AllDirectories)
            .Select(file => (file.FullName, Path: file.FullName.Substring(root.FullName.Length).TrimStart('/', '\\').Replace('\\', '/')))
            .Where(file => IsPackFile(file.Path))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => new KeyValuePair<string, string>(file.Path, File.ReadAllText(file.FullName))),
    ];

    private static bool IsPackFile(string path) =>
        path == "pack.json" || Array.Exists(Folders, folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static string ReadResource(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private RulePack With(string layer, IReadOnlyList<KeyValuePair<string, string>> files, ReplyCatalog replies)
    {
        var content = _content.Copy();
        PackReader.Add(content, layer, files);
        return new(content, replies);
    }
}
