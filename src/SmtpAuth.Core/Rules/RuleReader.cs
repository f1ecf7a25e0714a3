using System.Globalization;
using System.Text.Json;
using SmtpAuth.Replies;
using SmtpAuth.Rules.Language;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>Reads a rule's file.</summary>
internal static class RuleReader
{
    public static Rule Read(PackNode node, string layer)
    {
        node.WithMembers(
            "id", "name", "gate", "routes", "when", "mootWhen", "cause", "settlesCause", "alsoSettles", "saidBy", "remedies",
            "noRemedy", "validFrom", "validUntil", "severity", "confidence", "text", "sources", "tests");
        var rule = new Rule
        {
            Id = PackText.Id(node.Required("id"), "an id such as EXO001"),
            Name = PackText.Id(node.Required("name"), "lower-case words joined by hyphens"),
            Gate = PackText.GateOf(node.Required("gate")),
            Routes = [.. node.Required("routes").AsList().Select(PackText.RouteOf)],
            When = PackLanguage.Compile(node.Required("when"), PackLanguage.Facts),
            MootWhen = node.Find("mootWhen") is { } moot ? PackLanguage.Compile(moot, PackLanguage.Facts) : null,
            Cause = Cause(node.Required("cause")),
            SettlesCause = node.Find("settlesCause")?.Flag() ?? true,
            AlsoSettles = [.. node.List("alsoSettles").Select(Cause)],
            SaidBy = [.. node.Required("saidBy").AsList().Select(item => item.Text(ReplyConditions.IsKnown, "a condition of a reply"))],
            Remedies = [.. node.List("remedies").Select(Remedy)],
            NoRemedy = node.Find("noRemedy") is { } none ? PackText.Localized(none) : null,
            ValidFrom = node.Find("validFrom")?.Day(),
            ValidUntil = node.Find("validUntil")?.Day(),
            Severity = node.Required("severity").OneOf("blocking"),
            Confidence = PackText.Confidence(node.Required("confidence")),
            Text = Texts(node.Required("text")),
            Sources = PackText.Sources(node),
            Tests = [.. node.Required("tests").AsList().Select(Test)],
            Layer = layer,
        };

        if (rule.Routes.Count == 0)
        {
            throw node.Required("routes").Wrong("found no route, expected at least one.");
        }

        return rule.Remedies.Count > 0 == rule.NoRemedy is null
            ? rule
            : throw node.Wrong(rule.Remedies.Count > 0
                ? "found remedies and a reason why there are none, expected one of the two."
                : "found neither remedies nor noRemedy, expected one of the two.");
    }

    private static string Cause(PackNode node) => node.Text(ReplyCauses.IsKnown, "a cause");

    private static IReadOnlyList<string> Remedy(PackNode node) => node.Kind == JsonValueKind.Array
        ? [.. node.Items.Select(item => item.Text())]
        : [node.Text()];

    private static Dictionary<string, RuleText> Texts(PackNode node)
    {
        node.WithMembers(LanguageText.Languages);
        return LanguageText.Languages.ToDictionary(language => language, language =>
        {
            var text = node.Required(language).WithMembers("what", "why", "changeSafety");
            return new RuleText(text.Required("what").Text(), text.Required("why").Text(), text.Required("changeSafety").Text());
        });
    }

    private static RuleTest Test(PackNode node)
    {
        node.WithMembers("it", "given", "expect");
        var given = node.Required("given");
        return new(
            node.Required("it").Text(),
            [.. given.Members.Select(member => GivenFact(member.Key, member.Value))],
            node.Required("expect").OneOf("closed", "open", "unknown") switch
            {
                "closed" => RuleOutcome.Matched,
                "open" => RuleOutcome.NotMatched,
                _ => RuleOutcome.Unknown,
            });
    }

    private static Fact GivenFact(string name, PackNode node)
    {
        if (!FactCatalogue.Default.TryGet(name, out var declared))
        {
            throw node.Wrong($"found the fact '{name}', expected one that is declared in facts.json.");
        }

        return Value(node, CelType.Parse(declared.Type).Kind == CelTypeKind.Timestamp) is Unread unread
            ? Fact.Unknown(name, unread.Reason, "given")
            : Fact.Known(name, Value(node, CelType.Parse(declared.Type).Kind == CelTypeKind.Timestamp), "given", null);
    }

    private static object? Value(PackNode node, bool isTime) => node.Kind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => node.Flag(),
        JsonValueKind.Number => (long)node.Number(int.MinValue, int.MaxValue),
        JsonValueKind.String when isTime => DateTimeOffset.TryParse(
            node.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw node.Expected("a time such as 2026-12-31T00:00:00Z"),
        JsonValueKind.String => node.Text(),
        JsonValueKind.Array => node.Items.Select(item => Value(item, false)).ToArray(),
        _ when node.Find("$unknown") is { } unknown => new Unread(unknown.Text(), unknown.Text()),
        _ => node.Members.ToDictionary(member => member.Key, member => Value(member.Value, false), StringComparer.Ordinal),
    };
}
