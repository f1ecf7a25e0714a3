using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Compares what was read with what is wanted, as forgiving as the services are in how they write the same value.</summary>
internal static class JsonComparison
{
    private const int MaximumDepth = 64;

    public static bool Satisfies(JsonNode? now, JsonNode? after, int depth)
    {
        if (depth > MaximumDepth)
        {
            return false;
        }

        return after switch
        {
            null => Scalar(now) is null,
            JsonObject wanted => now is JsonObject present && wanted.All(member => member.Key.Contains('@')
                || (Find(present, member.Key, out var value) && Satisfies(value, member.Value, depth + 1))),
            JsonArray wanted => SatisfiesList(AsList(now), wanted, depth),
            _ => IsScalar(now) && AreEqual(Scalar(now), Scalar(after)),
        };
    }

    private static bool Find(JsonObject present, string name, out JsonNode? value)
    {
        var found = present.Where(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).ToList();
        value = found.Count > 0 ? found[0].Value : null;
        return found.Count > 0;
    }

    // A list of one may be written as the value itself.
    private static IReadOnlyList<JsonNode?> AsList(JsonNode? now) => now switch
    {
        JsonArray list => [.. list],
        null => [],
        _ => [now],
    };

    private static bool SatisfiesList(IReadOnlyList<JsonNode?> now, JsonArray wanted, int depth)
    {
        if (wanted.All(IsScalar) && now.All(IsScalar))
        {
            return wanted.All(item => now.Any(other => AreEqual(Scalar(other), Scalar(item))))
                && now.All(item => wanted.Any(other => AreEqual(Scalar(item), Scalar(other))));
        }

        return now.Count == wanted.Count && now.Zip(wanted, (left, right) => Satisfies(left, right, depth + 1)).All(same => same);
    }

    private static bool IsScalar(JsonNode? node) => node is not (JsonObject or JsonArray);

    // Booleans, numbers and texts on one footing; an empty text is what Exchange shows for null.
    private static object? Scalar(JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return node is null ? null : node;
        }

        try
        {
            return value.GetValueKind() switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number => double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture),
                JsonValueKind.String when bool.TryParse(value.GetValue<string>(), out var boolean) => boolean,
                JsonValueKind.String => value.GetValue<string>() is { Length: > 0 } text ? text : null,
                _ => value,
            };
        }
        catch (InvalidOperationException)
        {
            return value; // A text that cannot be read equals nothing but itself.
        }
    }

    private static bool AreEqual(object? left, object? right) => left is string one && right is string other
        ? string.Equals(one, other, StringComparison.Ordinal)
            || (Guid.TryParse(one, out var id) && Guid.TryParse(other, out var otherId) && id == otherId)
            || (one.Contains('@') && other.Contains('@') && string.Equals(one, other, StringComparison.OrdinalIgnoreCase))
            || DistinguishedName.NamesTheSame(one, other)
        : Equals(left, right);
}
