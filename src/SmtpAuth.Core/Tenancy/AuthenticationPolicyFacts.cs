using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Which Exchange authentication policy applies to the sender, and what it says about Basic SMTP.</summary>
internal static class AuthenticationPolicyFacts
{
    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        var own = derivation.OfOwn(AnswerNames.ExchangeUser, Reference("AuthenticationPolicy"));
        var usesDefault = own is { IsKnown: true, Value: null };
        var reference = usesDefault ? derivation.OfOnly(AnswerNames.OrganizationConfig, Reference("DefaultAuthenticationPolicy")) : own;
        var origin = usesDefault ? AnswerNames.OrganizationConfig : AnswerNames.ExchangeUser;
        yield return derivation.Fact("authenticationPolicy.name", origin, reference.Then(name => Name(derivation, name)));

        var none = reference is { IsKnown: true, Value: null };
        yield return derivation.Fact(
            "authenticationPolicy.allowBasicAuthSmtp",
            none || !reference.IsKnown ? origin : AnswerNames.AuthenticationPolicy,
            reference.Then(name => name is null
                ? Reading<object?>.Of(null)
                : Find(derivation, name).Then(PropertyReading.Bool("AllowBasicAuthSmtp"))));
    }

    /// <summary>Reads the name of the organization's default policy, <see langword="null"/> where there is none.</summary>
    public static Reading<object?> Default(Derivation derivation) =>
        derivation.OfOnly(AnswerNames.OrganizationConfig, Reference("DefaultAuthenticationPolicy")).Then(name => Name(derivation, name));

    private static Func<JsonElement, Reading<string?>> Reference(string property) => target =>
        PropertyReading.Present(target, property).Then(value => !JsonMembers.IsSet(value)
            ? Reading<string?>.Of(null)
            : (JsonMembers.Text(value) ?? JsonMembers.Text(JsonMembers.Find(value, "DistinguishedName"))
                ?? JsonMembers.Text(JsonMembers.Find(value, "Name"))) is { } text
                ? Reading<string?>.Of(text)
                : Reading<string?>.Unknown(PropertyReading.NotUnderstood(property, value)));

    private static Reading<object?> Name(Derivation derivation, string? reference)
    {
        if (reference is null)
        {
            return Reading<object?>.Of(null);
        }

        if (DistinguishedName.CommonName(reference) is { } name)
        {
            return Reading<object?>.Of(name);
        }

        return Guid.TryParse(reference, out _)
            ? Find(derivation, reference).Then(PropertyReading.Text("Name")).AsValue()
            : Reading<object?>.Of(reference);
    }

    private static Reading<JsonElement> Find(Derivation derivation, string reference)
    {
        var content = derivation.Content(AnswerNames.AuthenticationPolicy);
        if (content.Failure is { } failure)
        {
            return Reading<JsonElement>.Unknown(failure);
        }

        var found = content.Objects.Where(policy => DistinguishedName.IsReferenceTo(reference, policy)).ToList();
        var shown = JsonMembers.OneLine(reference);
        return found.Count switch
        {
            1 => Reading<JsonElement>.Of(found[0]),
            0 => Reading<JsonElement>.Unknown(
                $"The authentication policy {shown} is not in {AnswerNames.AuthenticationPolicy}. {content.Incomplete ?? "Read all policies."}"),
            _ => Reading<JsonElement>.Unknown($"{found.Count} authentication policies match {shown}."),
        };
    }
}
