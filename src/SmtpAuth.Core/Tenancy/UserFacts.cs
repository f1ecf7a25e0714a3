using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>What Entra says about the user who owns the mailbox.</summary>
internal static class UserFacts
{
    private static readonly string[] IdAnswers = [AnswerNames.CasMailbox, AnswerNames.Mailbox, AnswerNames.ExchangeUser];

    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        yield return derivation.Fact(
            "user.exists", AnswerNames.User, derivation.Own(AnswerNames.User).Then(own => Reading<object?>.Of(own is not null)));
        yield return Id(derivation);
        var principalName = PrincipalName(derivation);
        yield return principalName;
        yield return Own("user.accountEnabled", PropertyReading.Bool("accountEnabled"));
        yield return Own("user.userType", own => PropertyReading.Text("userType")(own).AsValue());
        yield return derivation.FirstKnown(
            "user.perUserMfaState",
            (AnswerNames.UserAuthenticationRequirements, MfaState(derivation)),
            (AnswerNames.User, derivation.OfOwn(AnswerNames.User, MfaState)));
        yield return Own("user.onPremisesSyncEnabled", PropertyReading.NullableBool("onPremisesSyncEnabled"));
        yield return DomainFacts.AuthenticationType(derivation, principalName);
        yield return Own("user.hasExchangeLicense", HasExchangeLicense);

        Fact Own(string name, Func<JsonElement, Reading<object?>> read) =>
            derivation.Fact(name, AnswerNames.User, derivation.OfOwn(AnswerNames.User, read));
    }

    /// <summary>Makes the fact of the user's object id, in lower case.</summary>
    public static Fact Id(Derivation derivation) => derivation.FirstKnown(
        "user.id",
        [
            (AnswerNames.User, derivation.OfOwn(AnswerNames.User, own => LowerCase(PropertyReading.Text("id")(own)))),
            .. IdAnswers.Select(answer =>
                (answer, derivation.OfOwn(answer, own => LowerCase(PropertyReading.Text("ExternalDirectoryObjectId")(own))))),
        ]);

    /// <summary>Makes the fact of the user principal name, in lower case.</summary>
    public static Fact PrincipalName(Derivation derivation) => derivation.FirstKnown(
        "user.userPrincipalName",
        [
            .. new[] { AnswerNames.User, AnswerNames.ExchangeUser, AnswerNames.Mailbox }.Select(answer =>
                (answer, derivation.OfOwn(answer, own => LowerCase(PropertyReading.Text("userPrincipalName")(own))))),
        ]);

    private static Reading<object?> LowerCase(Reading<string> reading) =>
        reading.Then(text => Reading<object?>.Of(text.ToLowerInvariant()));

    private static Reading<object?> MfaState(Derivation derivation)
    {
        const string Answer = AnswerNames.UserAuthenticationRequirements;
        var asked = ContextUser(derivation.Content(Answer).Context);
        return Guid.TryParse(asked, out var askedId)
            && Id(derivation) is { IsKnown: true, Value: string own } && Guid.TryParse(own, out var ownId) && askedId != ownId
            ? Reading<object?>.Unknown($"{Answer} is about the user {askedId}, not about {ownId}. Read the answer for {derivation.Submission.Mailbox}.")
            : derivation.OfOnly(Answer, MfaState);
    }

    private static Reading<object?> MfaState(JsonElement own) => PropertyReading.Text("perUserMfaState")(own).Then(text =>
        text.ToLowerInvariant() is "disabled" or "enabled" or "enforced"
            ? Reading<object?>.Of(text.ToLowerInvariant())
            : Reading<object?>.Unknown($"perUserMfaState was not understood: found {JsonMembers.OneLine(text)}."));

    // The context of a single object's answer names the user in whose path it was asked for: …#users('id')/authentication/…
    private static string? ContextUser(string context)
    {
        const string Start = "users('";
        var from = context.IndexOf(Start, StringComparison.OrdinalIgnoreCase);
        var to = from < 0 ? -1 : context.IndexOf('\'', from + Start.Length);
        return to < 0 ? null : context.Substring(from + Start.Length, to - from - Start.Length);
    }

    private static Reading<object?> HasExchangeLicense(JsonElement own) => PropertyReading.Present(own, "assignedPlans").Then(plans =>
    {
        if (JsonMembers.Unwrap(plans) is not { ValueKind: JsonValueKind.Array } list)
        {
            return Reading<object?>.Unknown(PropertyReading.NotUnderstood("assignedPlans", plans));
        }

        string? doubt = null;
        foreach (var plan in list.EnumerateArray())
        {
            var id = JsonMembers.Text(JsonMembers.Find(plan, "servicePlanId"));
            var usable = ServicePlans.IsUsable(JsonMembers.Text(JsonMembers.Find(plan, "capabilityStatus")));
            var givesMailbox = ServicePlans.GivesMailbox(id);
            if (usable && givesMailbox == true)
            {
                return Reading<object?>.Of(true);
            }

            if (usable && givesMailbox is null && JsonMembers.Text(JsonMembers.Find(plan, "service")) is null or "exchange" or "Exchange")
            {
                doubt = $"It is not known whether the service plan {JsonMembers.OneLine(id ?? "without an id")} brings a mailbox.";
            }
        }

        return doubt is null ? Reading<object?>.Of(false) : Reading<object?>.Unknown(doubt);
    });
}
