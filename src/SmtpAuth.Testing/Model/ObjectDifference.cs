using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Model;

/// <summary>Compares two versions of an object member by member. Lists are compared as a whole.</summary>
internal static class ObjectDifference
{
    public static IEnumerable<(string Property, string? Before, string? After)> Between(JsonObject? before, JsonObject? after) =>
        before is null || after is null
            ? [(string.Empty, Whole(before), Whole(after))]
            : Members(before, after, string.Empty);

    private static IEnumerable<(string Property, string? Before, string? After)> Members(
        JsonObject before, JsonObject after, string prefix)
    {
        foreach (var name in before.Select(member => member.Key).Union(after.Select(member => member.Key), StringComparer.Ordinal))
        {
            if (Json.IsVolatile(name))
            {
                continue;
            }

            var had = before.TryGetPropertyValue(name, out var old);
            var has = after.TryGetPropertyValue(name, out var now);
            if (old is JsonObject oldMembers && now is JsonObject nowMembers)
            {
                foreach (var inner in Members(oldMembers, nowMembers, prefix + name + "."))
                {
                    yield return inner;
                }
            }
            else if (had != has || !JsonNode.DeepEquals(old, now))
            {
                yield return (prefix + name, had ? Json.Write(old) : null, has ? Json.Write(now) : null);
            }
        }
    }

    private static string? Whole(JsonObject? node) => node is null ? null : Json.Write(Json.Canonical(node));
}
