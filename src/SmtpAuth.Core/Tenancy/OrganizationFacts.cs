using System.Globalization;
using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>What Exchange Online says about the whole organization.</summary>
internal static class OrganizationFacts
{
    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        yield return Switch("organization.smtpClientAuthenticationDisabled", AnswerNames.TransportConfig, "SmtpClientAuthenticationDisabled");
        yield return Switch("organization.allowLegacyTlsClients", AnswerNames.TransportConfig, "AllowLegacyTLSClients");
        yield return derivation.Fact(
            "organization.defaultAuthenticationPolicy", AnswerNames.OrganizationConfig, AuthenticationPolicyFacts.Default(derivation));
        yield return Switch("organization.oAuth2ClientProfileEnabled", AnswerNames.OrganizationConfig, "OAuth2ClientProfileEnabled");
        yield return Switch("organization.rejectDirectSend", AnswerNames.OrganizationConfig, "RejectDirectSend");
        yield return Switch("organization.sendFromAliasEnabled", AnswerNames.OrganizationConfig, "SendFromAliasEnabled");
        yield return derivation.Fact(
            "organization.acceptedDomains",
            AnswerNames.AcceptedDomain,
            All(derivation, AnswerNames.AcceptedDomain, Domain));
        yield return derivation.Fact(
            "organization.inboundConnectors",
            AnswerNames.InboundConnector,
            All(derivation, AnswerNames.InboundConnector, connector => Connector(connector, derivation.Submission.IpAddress)));

        Fact Switch(string name, string answer, string property) =>
            derivation.Fact(name, answer, derivation.OfOnly(answer, PropertyReading.Bool(property)));
    }

    // Objects that may be missing from the list stand in it as one unread element: "is there one that …?" then stays open
    // unless a listed one already answers it.
    internal static Reading<object?> All(Derivation derivation, string answer, Func<JsonElement, object?> select)
    {
        var content = derivation.Content(answer);
        if (content.Failure is { } failure)
        {
            return Reading<object?>.Unknown(failure);
        }

        var values = content.Objects.Select(select).ToList();
        if (content.Incomplete is { } gap)
        {
            values.Add(new Unread(answer, gap));
        }

        return Reading<object?>.Of(values.ToArray());
    }

    private static object Domain(JsonElement domain) => JsonMembers.Text(JsonMembers.Find(domain, "DomainName")) is { Length: > 0 } name
        ? name.ToLowerInvariant()
        : new Unread(AnswerNames.AcceptedDomain, "A domain in the answer has no DomainName.");

    private static Dictionary<string, object?> Connector(JsonElement connector, string? ipAddress) => new(StringComparer.Ordinal)
    {
        ["name"] = Part(connector, "Name", JsonMembers.Text),
        ["enabled"] = Part(connector, "Enabled", value => JsonMembers.Bool(value)),
        ["connectorType"] = Part(connector, "ConnectorType", value =>
            long.TryParse(JsonMembers.Text(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? null : JsonMembers.Text(value)),
        ["senderIPAddresses"] = Part(connector, "SenderIPAddresses", value => JsonMembers.Texts(value).Cast<object?>().ToArray()),
        ["senderDomains"] = Part(connector, "SenderDomains", value => JsonMembers.Texts(value).Cast<object?>().ToArray()),
        ["tlsSenderCertificateName"] = JsonMembers.Find(connector, "TlsSenderCertificateName") is { } name
            ? JsonMembers.Text(name) is { Length: > 0 } text ? text : null
            : NotAskedFor("TlsSenderCertificateName"),
        ["requireTls"] = Part(connector, "RequireTls", value => JsonMembers.Bool(value)),
        ["includesClientAddress"] = IncludesClient(connector, ipAddress).ToValue(),
    };

    private static Truth IncludesClient(JsonElement connector, string? ipAddress)
    {
        if (JsonMembers.Find(connector, "SenderIPAddresses") is not { } list)
        {
            return Truth.Open(AnswerNames.InboundConnector, "It was not asked for: the answer has no SenderIPAddresses.");
        }

        var ranges = JsonMembers.Texts(list);
        return ranges.Count == 0 ? Truth.No : AddressRange.Contains(ranges, ipAddress, AnswerNames.InboundConnector);
    }

    private static object Part(JsonElement target, string property, Func<JsonElement, object?> read) =>
        JsonMembers.Find(target, property) is { } value
            ? read(value) ?? new Unread(AnswerNames.InboundConnector, PropertyReading.NotUnderstood(property, value))
            : NotAskedFor(property);

    private static Unread NotAskedFor(string property) =>
        new(AnswerNames.InboundConnector, $"It was not asked for: the answer has no {property}.");
}
