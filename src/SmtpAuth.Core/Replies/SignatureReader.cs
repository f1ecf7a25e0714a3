using System.Globalization;

namespace SmtpAuth.Replies;

/// <summary>Reads the parts of a catalog document.</summary>
internal static class SignatureReader
{
    private const int LongestPhrase = 200;
    private static readonly string[] Likelihoods = ["likely", "possible", "rare"];
    private static readonly string[] PhaseNames = ["connect", "tls", "token", "auth", "mail-from", "rcpt", "data", "delivery"];
    private static readonly string[] Confidences = ["A", "B", "C", "K"];
    private static readonly string[] DateFormats = ["yyyy-MM", "yyyy-MM-dd"];

    private static readonly string[] SignatureMembers =
    [
        "id", "condition", "provider", "presumedProvider", "gate", "phase", "rank", "impliedReplyCode", "replyCodes",
        "enhancedStatusCodes", "codesOptional", "phrases", "excludedPhrases", "meaning", "causes", "facts", "sources",
    ];

    public static ReplySignature Read(CatalogElement element)
    {
        element.ExpectMembers(SignatureMembers);
        var id = element.Required("id").String(IsId, "lower-case words joined by hyphens");
        element = element with { Place = $"signature '{id}'" };
        var signature = new ReplySignature
        {
            Id = id,
            Condition = element.Required("condition").String(ReplyConditions.IsKnown, "a condition"),
            Provider = element.Optional("provider")?.String(ReplyProviders.IsKnown, "a provider"),
            PresumedProvider = element.Optional("presumedProvider")?.String(ReplyProviders.IsKnown, "a provider"),
            Gate = element.Optional("gate") is { } gate ? ReadGate(gate) : null,
            Phase = element.Optional("phase")?.String(IsPhase, OneOf(PhaseNames)),
            Rank = element.Optional("rank")?.Number(0, 1000) ?? 100,
            ImpliedReplyCode = element.Optional("impliedReplyCode")?.Number(200, 599),
            ReplyCodes = [.. element.List("replyCodes").Select(code => code.Number(200, 599))],
            EnhancedStatusCodes = [.. element.List("enhancedStatusCodes").Select(code => code.String(IsCodePattern, "an enhanced status code"))],
            AreCodesOptional = element.Optional("codesOptional")?.Flag() ?? false,
            Phrases = [.. element.List("phrases").Select(ReadGroup)],
            ExcludedPhrases = [.. element.List("excludedPhrases").Select(ReadPhrase)],
            Meaning = ReadText(element.Required("meaning")),
            Causes = [.. element.List("causes").Select(ReadCause)],
            Facts = [.. element.List("facts").Select(fact => fact.String())],
            Sources = [.. element.Required("sources").Items().Select(ReadSource)],
        };

        if (signature.Phrases.Count == 0 && signature.ReplyCodes.Count == 0 && signature.EnhancedStatusCodes.Count == 0)
        {
            throw element.Wrong("neither codes nor phrases", "at least one, to recognise the reply by");
        }

        return signature.Sources.Count > 0 ? signature : throw element.Wrong("no source", "at least one");
    }

    public static ProviderEvidence ReadProvider(CatalogElement element)
    {
        element.ExpectMembers("provider", "strength", "phrases");
        return new ProviderEvidence(
            element.Required("provider").String(ReplyProviders.IsKnown, "a provider"), ReadStrength(element.Required("strength")), [.. element.Required("phrases").Items().Select(ReadPhrase)]);
    }

    public static KeyValuePair<string, IReadOnlyList<string>> ReadPhase(CatalogElement element)
    {
        element.ExpectMembers("phase", "phrases");
        return new(element.Required("phase").String(IsPhase, OneOf(PhaseNames)), [.. element.Required("phrases").Items().Select(ReadPhrase)]);
    }

    public static string ReadPhrase(CatalogElement element) =>
        element.String(
        text => text.Trim('*').Length > 0 && text.Length <= LongestPhrase && !text.Any(char.IsUpper), $"a lower-case phrase of at most {LongestPhrase} characters");

    private static List<string> ReadGroup(CatalogElement element) => element.Value.ValueKind == System.Text.Json.JsonValueKind.String
        ? [ReadPhrase(element)]
        : [.. element.Items().Select(ReadPhrase)];

    private static ReplyCause ReadCause(CatalogElement element)
    {
        element.ExpectMembers("cause", "likelihood", "why");
        return new ReplyCause(
            element.Required("cause").String(ReplyCauses.IsKnown, "a cause"),
            element.Required("likelihood").String(text => Array.IndexOf(Likelihoods, text) >= 0, OneOf(Likelihoods)),
            ReadText(element.Required("why")));
    }

    private static LocalizedText ReadText(CatalogElement element)
    {
        element.ExpectMembers("en", "ro");
        return new LocalizedText(element.Required("en").String(), element.Required("ro").String());
    }

    private static ReplySource ReadSource(CatalogElement element)
    {
        element.ExpectMembers("url", "checked", "confidence");
        return new ReplySource(
            element.Required("url").String(text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps, "an https address"),
            element.Required("checked").String(IsDate, "a month or day, yyyy-MM or yyyy-MM-dd"),
            element.Required("confidence").String(text => Array.IndexOf(Confidences, text) >= 0, OneOf(Confidences)));
    }

    private static Gate ReadGate(CatalogElement element) =>
        Gates.TryParse(element.String(), out var gate) ? gate : throw element.Wrong($"'{element.String()}'", "a gate");

    private static ProviderEvidenceStrength ReadStrength(CatalogElement element) => element.String() switch
    {
        "reply" => ProviderEvidenceStrength.Reply,
        "greeting" => ProviderEvidenceStrength.Greeting,
        "contact" => ProviderEvidenceStrength.Contact,
        "recipient" => ProviderEvidenceStrength.Recipient,
        var other => throw element.Wrong($"'{other}'", OneOf(["reply", "greeting", "contact", "recipient"])),
    };

    private static bool IsPhase(string text) => Array.IndexOf(PhaseNames, text) >= 0;

    private static bool IsId(string text) => text.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    private static bool IsCodePattern(string text) => EnhancedStatusCode.TryParse(text.Replace('*', '0').Replace('#', '1'), out _);

    private static bool IsDate(string text) =>
        DateTime.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string OneOf(IEnumerable<string> names) => "one of " + string.Join(", ", names);
}
