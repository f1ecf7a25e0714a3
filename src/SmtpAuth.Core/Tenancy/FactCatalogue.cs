using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Every fact that exists, as declared in the rule pack's <c>facts.json</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class FactCatalogue
{
    private const string Resource = "Pack/facts.json";

    private static readonly Lazy<FactCatalogue> Embedded = new(ReadEmbedded);

    private readonly Dictionary<string, FactDefinition> _byName = new(StringComparer.Ordinal);

    private FactCatalogue(IReadOnlyList<FactDefinition> facts)
    {
        Facts = facts;
        foreach (var fact in facts)
        {
            if (_byName.ContainsKey(fact.Name))
            {
                throw new FormatException($"{Resource}: the fact {fact.Name} is declared twice; declare it once.");
            }

            _byName.Add(fact.Name, fact);
        }
    }

    /// <summary>Gets the catalogue that ships with this library.</summary>
    public static FactCatalogue Default => Embedded.Value;

    /// <summary>Gets the facts, in order of declaration.</summary>
    public IReadOnlyList<FactDefinition> Facts { get; }

    /// <summary>Reads a catalogue.</summary>
    /// <param name="json">The text of a <c>facts.json</c>.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">It is not valid; the message names the fact and the member.</exception>
    public static FactCatalogue Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonMembers.Find(document.RootElement, "facts") is { ValueKind: JsonValueKind.Array } facts
                ? new([.. facts.EnumerateArray().Select(Definition)])
                : throw new FormatException($"{Resource}: expected an object with a list named facts.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{Resource} is not JSON: {AnswerText.Explain(exception)}", exception);
        }
    }

    /// <summary>Finds a fact by name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="definition">What is declared, or <see langword="null"/> where no fact has that name.</param>
    /// <returns><see langword="true"/> when there is one.</returns>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FactDefinition? definition) =>
        _byName.TryGetValue(name, out definition);

    private static FactCatalogue ReadEmbedded()
    {
        using var stream = typeof(FactCatalogue).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The library was built without {Resource}.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    private static FactDefinition Definition(JsonElement fact)
    {
        var name = JsonMembers.Text(JsonMembers.Find(fact, "name")) is { Length: > 0 } text
            ? text
            : throw new FormatException($"{Resource}: a fact has no name.");
        return new()
        {
            Name = name,
            Type = Required("type"),
            Answers = Texts("answers"),
            How = Required("how"),
            Permission = JsonMembers.Text(JsonMembers.Find(fact, "permission")) ?? "",
            Cost = JsonMembers.Integer(JsonMembers.Find(fact, "cost")) is >= 1 and <= 5 and var cost
                ? (int)cost
                : throw new FormatException($"{Resource}, {name}: expected a cost from 1 to 5."),
            Routes = [.. Texts("routes").Select(route => SmtpAuth.Routes.TryParse(route, out var parsed)
                ? parsed
                : throw new FormatException($"{Resource}, {name}: {route} is not a route."))],
            OnRequest = JsonMembers.Bool(JsonMembers.Find(fact, "onRequest")) ?? false,
            Description = JsonMembers.Find(fact, "description") is { } descriptions
                ? JsonMembers.Members(descriptions).ToDictionary(
                    member => member.Name, member => JsonMembers.Text(member.Value) ?? "", StringComparer.Ordinal)
                : throw new FormatException($"{Resource}, {name}: expected a description."),
        };

        string Required(string member) => JsonMembers.Text(JsonMembers.Find(fact, member)) is { Length: > 0 } value
            ? value
            : throw new FormatException($"{Resource}, {name}: expected a text named {member}.");

        IReadOnlyList<string> Texts(string member) => [.. JsonMembers.Texts(JsonMembers.Find(fact, member)).OfType<string>()];
    }
}
