using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Whether a Conditional Access policy is for the sender: the user, or on the app's own route the application.</summary>
internal sealed class PolicyUsers
{
    private const string Answer = AnswerNames.ConditionalAccessPolicies;

    private readonly Membership _membership;
    private readonly PolicyGuests _guests;
    private readonly Fact _userId;
    private readonly Reading<object?>? _servicePrincipalId;

    public PolicyUsers(Derivation derivation)
    {
        _userId = UserFacts.Id(derivation);
        _membership = new Membership(derivation, _userId);
        _guests = new PolicyGuests(derivation);
        _servicePrincipalId = derivation.Submission.Route == Route.OAuthApp ? ApplicationFacts.ServicePrincipalId(derivation) : null;
    }

    public Truth IncludesSender(JsonElement conditions)
    {
        var clientApplications = JsonMembers.Find(conditions, "clientApplications");
        var isForApplications = JsonMembers.IsSet(clientApplications);
        if (_servicePrincipalId is { } servicePrincipalId)
        {
            return isForApplications ? IncludesApplication(clientApplications!.Value, servicePrincipalId) : Truth.No;
        }

        if (isForApplications)
        {
            return Truth.No;
        }

        if (JsonMembers.Find(conditions, "users") is not { ValueKind: JsonValueKind.Object } users)
        {
            return Truth.Open(Answer, "The policy was recorded without its users.");
        }

        return Names(users, "include").And(Names(users, "exclude").Not());
    }

    private static Truth IncludesApplication(JsonElement clientApplications, Reading<object?> servicePrincipalId)
    {
        var filtered = JsonMembers.IsSet(JsonMembers.Find(clientApplications, "servicePrincipalFilter"))
            ? Truth.Open(Answer, "The policy filters service principals by their attributes, which were not read.")
            : Truth.No;
        return List("includeServicePrincipals").Or(filtered).And(List("excludeServicePrincipals").Or(filtered).Not());

        Truth List(string member) => Truth.Any(JsonMembers.Texts(JsonMembers.Find(clientApplications, member)).Select(id =>
            !Guid.TryParse(id, out _)
                ? Truth.Open("app.servicePrincipalId", $"Whether the application belongs to {JsonMembers.OneLine(id ?? "null")} was not read.")
                : servicePrincipalId.IsKnown
                    ? Truth.Of(string.Equals(id, servicePrincipalId.Value as string, StringComparison.OrdinalIgnoreCase))
                    : Truth.Open("app.servicePrincipalId", servicePrincipalId.Reason)));
    }

    private Truth Names(JsonElement users, string kind)
    {
        return Truth.Any(Texts("Users").Select(NamesSender))
            .Or(Truth.Any(Texts("Groups").Select(_membership.IsInGroup)))
            .Or(Truth.Any(Texts("Roles").Select(_membership.HasRole)))
            .Or(_guests.Names(JsonMembers.Find(users, kind + "GuestsOrExternalUsers")));

        IReadOnlyList<string?> Texts(string what) => JsonMembers.Texts(JsonMembers.Find(users, kind + what));
    }

    private Truth NamesSender(string? name) => name switch
    {
        "All" => Truth.Yes,
        "None" => Truth.No,
        "GuestsOrExternalUsers" => _guests.IsAny(),
        _ when !Guid.TryParse(name, out _) => Truth.Open(Answer, $"A user was not understood: found {JsonMembers.OneLine(name ?? "null")}."),
        _ when _userId.IsKnown => Truth.Of(string.Equals(name, _userId.Value as string, StringComparison.OrdinalIgnoreCase)),
        _ => Truth.Open("user.id", _userId.Reason!),
    };
}
