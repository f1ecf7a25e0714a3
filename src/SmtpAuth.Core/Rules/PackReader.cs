using SmtpAuth.Replies;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>Reads one layer of a pack over what is there already.</summary>
internal static class PackReader
{
    private const int FormatVersion = 1;

    /// <summary>Adds a layer: what it declares is added, or replaces what has the same id; what it disables is switched off.</summary>
    /// <param name="content">What is there; it is changed.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="files">Path within the pack and text of each file.</param>
    public static void Add(PackContent content, string layer, IReadOnlyList<KeyValuePair<string, string>> files)
    {
        content.Layers.Add(layer);
        var roots = files.Select(file => (Path: file.Key, Node: PackNodeReader.Read(file.Key, file.Value))).ToList();
        foreach (var (_, node) in roots.Where(root => root.Path == "pack.json"))
        {
            ReadInfo(content, layer, node);
        }

        ReadAll("operations/", OperationReader.Read, content.Operations, operation => operation.Id);
        ReadAll("routes/", (node, _) => RouteReader.Read(node), content.Routes, route => route.Route);
        ReadAll("rules/", RuleReader.Read, content.Rules, rule => rule.Id);
        foreach (var (path, node) in roots)
        {
            CheckReferences(content, path, node);
        }

        void ReadAll<TKey, TValue>(
            string folder, Func<PackNode, string, TValue> read, IDictionary<TKey, TValue> into, Func<TValue, TKey> keyOf)
            where TKey : notnull
        {
            var seen = new Dictionary<TKey, string>();
            foreach (var (path, node) in roots.Where(root => root.Path.StartsWith(folder, StringComparison.Ordinal)))
            {
                var value = read(node, layer);
                var key = keyOf(value);
                if (seen.TryGetValue(key, out var first))
                {
                    throw node.Wrong($"found the id '{key}' a second time in this layer, expected one of its own (the first is in {first}).");
                }

                seen.Add(key, path);
                into[key] = value;
                content.Disabled.Remove(key.ToString()!);
            }
        }
    }

    private static void ReadInfo(PackContent content, string layer, PackNode node)
    {
        node.WithMembers(
            "formatVersion", "name", "version", "checked", "gates", "risks", "passedGates", "separatingFacts", "routeCauses", "phrases", "disabled");
        if (node.Required("formatVersion").Number(0, 1000) != FormatVersion)
        {
            throw node.Required("formatVersion").Expected($"the format version {FormatVersion}");
        }

        var version = node.Required("version").Text();
        content.Version = content.Version.Length == 0 ? version : $"{content.Version}+{layer}-{version}";
        content.Checked = node.Find("checked")?.Text() ?? content.Checked;
        foreach (var gate in node.List("gates").Select(ReadGate))
        {
            content.Gates[gate.Gate] = gate;
        }

        foreach (var risk in node.List("risks"))
        {
            risk.WithMembers("name", "text");
            var name = risk.Required("name").Text();
            content.Risks[name] = new(name, PackText.Localized(risk.Required("text")));
        }

        foreach (var passed in node.List("passedGates"))
        {
            passed.WithMembers("conditions", "gates", "source", "checked", "confidence");
            content.PassedGates.Add(new(Conditions(passed), [.. passed.Required("gates").AsList().Select(PackText.GateOf)]));
        }

        foreach (var fact in node.List("separatingFacts"))
        {
            fact.WithMembers("fact", "conditions");
            content.SeparatingFacts.Add(new(
                fact.Required("fact").Text(name => FactCatalogue.Default.TryGet(name, out _), "the name of a fact"), Conditions(fact)));
        }

        foreach (var entry in node.List("routeCauses"))
        {
            entry.WithMembers("routes", "causes");
            content.RouteCauses.Add(new(
                [.. entry.Required("routes").AsList().Select(PackText.RouteOf)],
                [.. entry.Required("causes").AsList().Select(cause => cause.Text(ReplyCauses.IsKnown, "a cause"))]));
        }

        foreach (var phrase in node.Find("phrases")?.Members ?? [])
        {
            content.Phrases[phrase.Key] = PackText.Localized(phrase.Value);
        }

        foreach (var disabled in node.List("disabled"))
        {
            var id = disabled.Text(
                text => content.Rules.ContainsKey(text) || content.Operations.ContainsKey(text), "the id of a rule or an operation of an earlier layer");
            content.Disabled[id] = layer;
        }
    }

    private static IReadOnlyList<string> Conditions(PackNode node) =>
        [.. node.Required("conditions").AsList().Select(item => item.Text(ReplyConditions.IsKnown, "a condition of a reply"))];

    private static GateDefinition ReadGate(PackNode node)
    {
        node.WithMembers("gate", "decidedBy", "openWhen", "name", "why");
        return new()
        {
            Gate = PackText.GateOf(node.Required("gate")),
            IsDecidedByAttempt = node.Required("decidedBy").OneOf("tenant", "attempt") == "attempt",
            OpenWhen = node.Find("openWhen") is { } open ? PackLanguage.Compile(open, PackLanguage.Facts) : null,
            Name = PackText.Localized(node.Required("name")),
            Why = node.Find("why") is { } why ? PackText.Localized(why) : null,
        };
    }

    private static void CheckReferences(PackContent content, string path, PackNode node)
    {
        if (path.StartsWith("rules/", StringComparison.Ordinal))
        {
            foreach (var item in node.List("remedies").SelectMany(remedy => remedy.Kind == System.Text.Json.JsonValueKind.Array ? remedy.Items : [remedy]))
            {
                item.Text(content.Operations.ContainsKey, "the id of an operation of this pack");
            }
        }
        else if (path.StartsWith("operations/", StringComparison.Ordinal))
        {
            foreach (var item in node.List("dependsOn"))
            {
                item.Text(content.Operations.ContainsKey, "the id of an operation of this pack");
            }

            node.Find("risk")?.Text(content.Risks.ContainsKey, "a risk that pack.json declares");
        }
    }
}
