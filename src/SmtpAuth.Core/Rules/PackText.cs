using System.Globalization;
using SmtpAuth.Replies;

namespace SmtpAuth.Rules;

/// <summary>Reads the parts that rules, operations and routes share.</summary>
internal static class PackText
{
    private static readonly string[] DateFormats = ["yyyy-MM", "yyyy-MM-dd"];

    public static readonly string[] Confidences = ["A", "B", "C", "K"];

    public static LocalizedText Localized(PackNode node)
    {
        node.WithMembers("en", "ro");
        return new(node.Required("en").Text(), node.Required("ro").Text());
    }

    public static IReadOnlyList<KnowledgeSource> Sources(PackNode node)
    {
        var sources = node.Required("sources").AsList();
        return sources.Count > 0
            ? [.. sources.Select(source => Source(source.WithMembers("url", "checked", "confidence")))]
            : throw node.Required("sources").Wrong("found no source, expected at least one.");
    }

    public static string Url(PackNode node) => node.Text(
        text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps, "an https address");

    public static string Confidence(PackNode node) => node.OneOf(Confidences);

    public static Gate GateOf(PackNode node) =>
        Gates.TryParse(node.Text(), out var gate) ? gate : throw node.Expected($"a gate: {string.Join(", ", Gates.All.Select(known => known.ToName()))}");

    public static Route RouteOf(PackNode node) =>
        Routes.TryParse(node.Text(), out var route) ? route : throw node.Expected($"a route: {string.Join(", ", Routes.All.Select(known => known.ToName()))}");

    public static string Id(PackNode node, string expected) => node.Text(
        text => text.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-'), expected);

    private static KnowledgeSource Source(PackNode node) => new(
        Url(node.Required("url")),
        node.Required("checked").Text(
            text => DateTime.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "a month or day such as 2026-11 or 2026-11-23"),
        Confidence(node.Required("confidence")));
}
