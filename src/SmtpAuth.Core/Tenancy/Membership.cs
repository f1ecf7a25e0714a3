using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Which groups and directory roles the user is in, directly or through other groups.</summary>
internal sealed class Membership(Derivation derivation, Fact userId)
{
    private const int MaximumGroups = 1000;

    private readonly Dictionary<string, Truth> _groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Decides from the user's memberships or, where those were not read, from the members of the group.</summary>
    public Truth IsInGroup(string? groupId)
    {
        if (!Guid.TryParse(groupId, out _))
        {
            return Truth.Open(
                AnswerNames.ConditionalAccessPolicies, $"A group was not understood: found {JsonMembers.OneLine(groupId ?? "null")}.");
        }

        if (!_groups.TryGetValue(groupId!, out var result))
        {
            result = ByMemberships(groupId!, "id");
            if (!result.IsYes && !result.IsNo)
            {
                result = ByMembers(groupId!);
            }

            _groups.Add(groupId!, result);
        }

        return result;
    }

    /// <summary>Decides whether the user holds a directory role, named by the id of its template.</summary>
    public Truth HasRole(string? templateId)
    {
        // A list of groups only says nothing about roles.
        var holdsGroupsOnly = derivation.Content(AnswerNames.UserMemberOf).Context.EndsWith("#groups", StringComparison.OrdinalIgnoreCase);
        return holdsGroupsOnly
            ? Truth.Open(AnswerNames.UserMemberOf, "Only the groups of the user were read, not the directory roles.")
            : ByMemberships(templateId ?? "null", "roleTemplateId");
    }

    private Truth ByMemberships(string id, string member)
    {
        var content = derivation.Content(AnswerNames.UserMemberOf);
        if (content.Failure is { } failure)
        {
            return Truth.Open(AnswerNames.UserMemberOf, failure);
        }

        if (content.Objects.Any(found => Has(found, member, id)))
        {
            return Truth.Yes;
        }

        return content.Incomplete is { } gap ? Truth.Open(AnswerNames.UserMemberOf, gap) : Truth.No;
    }

    private Truth ByMembers(string groupId)
    {
        if (!userId.IsKnown)
        {
            return Truth.Open("user.id", userId.Reason!);
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { groupId };
        var open = new Queue<string>(seen);
        var result = Truth.No;
        while (open.Count > 0 && !result.IsYes)
        {
            var answer = AnswerNames.GroupMembers(open.Dequeue());
            var content = derivation.Content(answer);
            result = result.Or(content.Failure is { } failure ? Truth.Open(answer, failure)
                : content.Objects.Any(found => Has(found, "id", (string)userId.Value!)) ? Truth.Yes
                : content.Incomplete is { } gap ? Truth.Open(answer, gap)
                : Truth.No);

            // The list may be of direct members only, so a group among them has to be looked into.
            foreach (var nested in content.Objects.Where(IsGroup).Select(found => JsonMembers.Text(JsonMembers.Find(found, "id"))).OfType<string>())
            {
                if (seen.Count >= MaximumGroups)
                {
                    return result.Or(Truth.Open(answer, $"More than {MaximumGroups} groups lie within the group."));
                }

                if (seen.Add(nested))
                {
                    open.Enqueue(nested);
                }
            }
        }

        return result;
    }

    private static bool Has(JsonElement found, string member, string id) =>
        string.Equals(JsonMembers.Text(JsonMembers.Find(found, member)), id, StringComparison.OrdinalIgnoreCase);

    private static bool IsGroup(JsonElement found) =>
        (JsonMembers.Text(JsonMembers.Find(found, "@odata.type")) ?? JsonMembers.Text(JsonMembers.Find(found, "OdataType")) ?? "")
            .EndsWith(".group", StringComparison.OrdinalIgnoreCase)
        || JsonMembers.Find(found, "groupTypes") is not null;
}
