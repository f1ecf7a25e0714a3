using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Where the user's password is checked: by Entra itself, or by the identity provider of a federated domain.</summary>
internal static class DomainFacts
{
    private const string Name = "user.domainAuthenticationType";

    public static Fact AuthenticationType(Derivation derivation, Fact principalName)
    {
        var domain = principalName.IsKnown && principalName.Value is string text && text.LastIndexOf('@') is >= 0 and var at
            ? text.Substring(at + 1)
            : null;
        return derivation.FirstKnown(
            Name,
            (AnswerNames.Domains, OfList(derivation.Content(AnswerNames.Domains), "id", "authenticationType", domain)),
            (AnswerNames.Organization, derivation.OfOnly(AnswerNames.Organization, organization => OfOrganization(organization, domain))),
            (AnswerNames.AcceptedDomain, OfList(derivation.Content(AnswerNames.AcceptedDomain), "DomainName", "AuthenticationType", domain)));
    }

    private static Reading<object?> OfList(AnswerContent content, string nameMember, string typeMember, string? domain) =>
        content.Failure is { } failure
            ? Reading<object?>.Unknown(failure)
            : OfDomains(content.Objects, nameMember, typeMember, domain, content.Incomplete, content.Answer.Name);

    private static Reading<object?> OfOrganization(JsonElement organization, string? domain) =>
        PropertyReading.Present(organization, "verifiedDomains").Then(value => JsonMembers.Unwrap(value) is { ValueKind: JsonValueKind.Array } list
            ? OfDomains([.. list.EnumerateArray()], "name", "type", domain, null, AnswerNames.Organization)
            : Reading<object?>.Unknown(PropertyReading.NotUnderstood("verifiedDomains", value)));

    private static Reading<object?> OfDomains(
        IReadOnlyList<JsonElement> domains, string nameMember, string typeMember, string? wanted, string? incomplete, string answer)
    {
        if (wanted is not null)
        {
            var own = domains.FirstOrDefault(domain =>
                string.Equals(JsonMembers.Text(JsonMembers.Find(domain, nameMember)), wanted, StringComparison.OrdinalIgnoreCase));
            return own.ValueKind == JsonValueKind.Object
                ? Type(own, typeMember)
                : Reading<object?>.Unknown($"The domain {JsonMembers.OneLine(wanted)} is not in {answer}. {incomplete}".TrimEnd());
        }

        // Whichever domain the user signs in with, the answer is the same where all are of one type.
        var types = domains.Where(domain => JsonMembers.Bool(JsonMembers.Find(domain, "isVerified")) != false)
            .Select(domain => Type(domain, typeMember)).ToList();
        return incomplete is null && types.Count > 0
            && types.All(type => type.IsKnown && string.Equals(type.Value as string, types[0].Value as string, StringComparison.Ordinal))
            ? types[0]
            : Reading<object?>.Unknown("The user principal name is not known, and the domains are not all of one type.");
    }

    private static Reading<object?> Type(JsonElement domain, string typeMember) => PropertyReading.Text(typeMember)(domain).Then(text =>
        string.Equals(text, "Managed", StringComparison.OrdinalIgnoreCase) ? Reading<object?>.Of("Managed")
        : string.Equals(text, "Federated", StringComparison.OrdinalIgnoreCase) ? Reading<object?>.Of("Federated")
        : Reading<object?>.Unknown($"{typeMember} was not understood: found {JsonMembers.OneLine(text)}."));
}
