using SmtpAuth.Replies;

namespace SmtpAuth.Rules;

/// <summary>Everything a pack says, layer upon layer, while it is put together.</summary>
internal sealed class PackContent
{
    public string Version { get; set; } = "";

    public string Checked { get; set; } = "";

    public List<string> Layers { get; } = [];

    public SortedDictionary<string, Rule> Rules { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, OperationDefinition> Operations { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<Route, RouteDefinition> Routes { get; } = [];

    public SortedDictionary<Gate, GateDefinition> Gates { get; } = [];

    public SortedDictionary<string, RiskDefinition> Risks { get; } = new(StringComparer.Ordinal);

    public List<PassedGates> PassedGates { get; } = [];

    public List<SeparatingFact> SeparatingFacts { get; } = [];

    public List<RouteCauses> RouteCauses { get; } = [];

    public Dictionary<string, LocalizedText> Phrases { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids that a layer switched off, and which layer did.</summary>
    public SortedDictionary<string, string> Disabled { get; } = new(StringComparer.Ordinal);

    public PackContent Copy()
    {
        var copy = new PackContent { Version = Version, Checked = Checked };
        copy.Layers.AddRange(Layers);
        CopyInto(Rules, copy.Rules);
        CopyInto(Operations, copy.Operations);
        CopyInto(Routes, copy.Routes);
        CopyInto(Gates, copy.Gates);
        CopyInto(Risks, copy.Risks);
        copy.PassedGates.AddRange(PassedGates);
        copy.SeparatingFacts.AddRange(SeparatingFacts);
        copy.RouteCauses.AddRange(RouteCauses);
        CopyInto(Phrases, copy.Phrases);
        CopyInto(Disabled, copy.Disabled);
        return copy;
    }

    private static void CopyInto<TKey, TValue>(IDictionary<TKey, TValue> from, IDictionary<TKey, TValue> to)
    {
        foreach (var entry in from)
        {
            to[entry.Key] = entry.Value;
        }
    }
}

/// <summary>Replies that the server gives only after certain gates, so that those were open at that moment.</summary>
internal sealed record PassedGates(IReadOnlyList<string> Conditions, IReadOnlyList<Gate> Gates);

/// <summary>A fact that no rule decides on, and that tells the causes of certain replies apart all the same.</summary>
internal sealed record SeparatingFact(string Fact, IReadOnlyList<string> Conditions);

/// <summary>Causes that there are on certain routes only.</summary>
internal sealed record RouteCauses(IReadOnlyList<Route> Routes, IReadOnlyList<string> Causes);
