using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>Reads an operation's file.</summary>
internal static class OperationReader
{
    public static OperationDefinition Read(PackNode node, string layer)
    {
        node.WithMembers(
            "id", "target", "appliesWhen", "forEach", "observes", "after", "action", "undo", "noUndo", "executor", "scope",
            "risk", "securityCost", "order", "dependsOn", "permissions", "roles", "propagation", "until", "powerShell", "text", "sources");
        var each = node.Find("forEach")?.WithMembers("in", "when");
        var environment = each is null ? PackLanguage.Facts : PackLanguage.Elements;
        var observes = node.Required("observes").WithMembers("answer", "keyProperty", "key", "path", "absent");
        var after = node.Required("after").WithMembers("value", "predicted", "addTo", "item", "notBeside");
        var propagation = node.Required("propagation").WithMembers("typicalMinutes", "maximumMinutes", "confidence", "source");
        var text = node.Required("text").WithMembers(LanguageText.Languages);
        foreach (var language in LanguageText.Languages)
        {
            text.Required(language).WithMembers("summary", "instead", "portal");
        }

        var template = new OperationTemplate
        {
            Target = node.Required("target").Text(),
            AppliesWhen = node.Find("appliesWhen") is { } applies ? PackLanguage.Compile(applies, PackLanguage.Facts) : null,
            EachIn = each?.Required("in").Text(name => FactCatalogue.Default.TryGet(name, out _), "the name of a fact that is a list"),
            EachWhen = each is null ? null : PackLanguage.Compile(each.Required("when"), environment),
            Observes = new(
                observes.Required("answer").Text(),
                observes.Find("keyProperty")?.Text(),
                observes.Find("key")?.Text(),
                observes.Find("path")?.Text(),
                observes.Find("absent")?.Flag() ?? false),
            After = new(
                after.Find("value")?.ToJson(),
                after.Find("predicted")?.ToJson(),
                after.Find("addTo")?.Text(),
                after.Find("item")?.Text(),
                after.Texts("notBeside")),
            Action = Action(node.Required("action")),
            Undo = node.Find("undo") is { } undo ? Action(undo) : null,
            PowerShell = node.Texts("powerShell"),
            Summary = LanguageText.Languages.ToDictionary(language => language, language => text.Required(language).Required("summary").Text()),
            Portal = LanguageText.Languages.ToDictionary(language => language, language => text.Required(language).Texts("portal")),
        };
        var operation = new OperationDefinition(template)
        {
            Id = PackText.Id(node.Required("id"), "lower-case words joined by hyphens"),
            NoUndo = node.Find("noUndo") is { } noUndo ? PackText.Localized(noUndo) : null,
            Executor = node.Required("executor").OneOf("exchange", "graph", "manual"),
            Scope = node.Required("scope").OneOf("client", "mailbox", "organization"),
            Risk = node.Find("risk")?.Text(),
            SecurityCost = node.Required("securityCost").Number(0, 100),
            Order = node.Required("order").Number(0, 1000),
            DependsOn = node.Texts("dependsOn"),
            Permissions = node.Texts("permissions"),
            Roles = node.Texts("roles"),
            PropagationTypical = TimeSpan.FromMinutes(propagation.Required("typicalMinutes").Number(0, 100_000)),
            PropagationMaximum = TimeSpan.FromMinutes(propagation.Required("maximumMinutes").Number(0, 100_000)),
            PropagationConfidence = PackText.Confidence(propagation.Required("confidence")),
            Until = node.Find("until")?.Day(),
            Instead = text.Required("en").Find("instead") is { } english
                ? new(english.Text(), text.Required(LanguageText.Romanian).Required("instead").Text())
                : null,
            Sources = PackText.Sources(node),
            Layer = layer,
        };

        return template.Undo is null == operation.NoUndo is null
            ? throw node.Wrong("found both undo and noUndo, or neither; expected one of the two.")
            : (after.Find("value") is null) == (template.After.AddTo is null) || template.After.AddTo is null != template.After.Item is null
                ? throw after.Wrong("expected either 'value', or 'addTo' with 'item'.")
                : operation;
    }

    private static JsonObject Action(PackNode node)
    {
        node.WithMembers("cmdlet", "graph", "manual");
        if (node.Members.Count != 1)
        {
            throw node.Wrong("expected exactly one of cmdlet, graph, manual.");
        }

        if (node.Find("cmdlet") is { } cmdlet)
        {
            cmdlet.WithMembers("name", "parameters").Required("name").Text();
            _ = cmdlet.Required("parameters").Kind == System.Text.Json.JsonValueKind.Object
                ? 0
                : throw cmdlet.Required("parameters").Expected("an object");
        }
        else if (node.Find("graph") is { } graph)
        {
            graph.WithMembers("method", "version", "path", "body").Required("method").OneOf("POST", "PATCH", "PUT", "DELETE");
            graph.Required("version").OneOf("v1.0", "beta");
            graph.Required("path").Text(path => path.StartsWith('/'), "a path that begins with a slash");
        }

        return (JsonObject)node.ToJson()!;
    }
}
