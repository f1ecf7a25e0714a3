using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Whether the sender is one of the guests and external users that a Conditional Access policy names by kind.</summary>
/// <seealso href="https://learn.microsoft.com/graph/api/resources/conditionalaccessguestsorexternalusers">conditionalAccessGuestsOrExternalUsers, as of 2026-11</seealso>
internal sealed class PolicyGuests(Derivation derivation)
{
    private const string Answer = AnswerNames.ConditionalAccessPolicies;

    // Kinds that no user object of the own tenant is, or that a mailbox of the own tenant cannot be.
    private static readonly string[] OfOtherTenants = ["none", "b2bDirectConnectUser", "otherExternalUser", "serviceProvider"];

    private readonly Reading<string> _userType = derivation.OfOwn(AnswerNames.User, PropertyReading.Text("userType"));
    private readonly Reading<string> _principalName = derivation.OfOwn(AnswerNames.User, PropertyReading.Text("userPrincipalName"));

    public Truth IsAny() => Is("internalGuest").Or(Is("b2bCollaborationGuest")).Or(Is("b2bCollaborationMember"));

    public Truth Names(JsonElement? kinds)
    {
        if (!JsonMembers.IsSet(kinds))
        {
            return Truth.No;
        }

        var types = JsonMembers.Texts(JsonMembers.Find(kinds!.Value, "guestOrExternalUserTypes"))
            .SelectMany(text => (text ?? "null").Split([','], StringSplitOptions.RemoveEmptyEntries)).Select(text => text.Trim()).ToList();
        var isOfThem = types.Count == 0
            ? Truth.Open(Answer, "The policy was recorded without the kinds of its guests.")
            : Truth.Any(types.Select(Is));
        return isOfThem.And(IsFromNamedTenant(JsonMembers.Find(kinds.Value, "externalTenants")));
    }

    private static Truth IsFromNamedTenant(JsonElement? tenants) =>
        !JsonMembers.IsSet(tenants)
        || string.Equals(JsonMembers.Text(JsonMembers.Find(tenants!.Value, "membershipKind")), "all", StringComparison.OrdinalIgnoreCase)
            ? Truth.Yes
            : Truth.Open("user.userType", "The policy is for guests of certain tenants, and the home tenant of the user was not read.");

    private Truth Is(string kind)
    {
        if (OfOtherTenants.Contains(kind, StringComparer.OrdinalIgnoreCase))
        {
            return Truth.No;
        }

        var isExternal = _principalName.IsKnown
            ? Truth.Of(_principalName.Value.Contains("#EXT#", StringComparison.OrdinalIgnoreCase))
            : Truth.Open("user.userPrincipalName", _principalName.Reason);
        var isGuest = _userType.IsKnown
            ? Truth.Of(string.Equals(_userType.Value, "Guest", StringComparison.OrdinalIgnoreCase))
            : Truth.Open("user.userType", _userType.Reason);
        return kind.ToLowerInvariant() switch
        {
            "internalguest" => isGuest.And(isExternal.Not()),
            "b2bcollaborationguest" => isGuest.And(isExternal),
            "b2bcollaborationmember" => isGuest.Not().And(isExternal),
            _ => Truth.Open(Answer, $"A kind of guest was not understood: found {JsonMembers.OneLine(kind)}."),
        };
    }
}
