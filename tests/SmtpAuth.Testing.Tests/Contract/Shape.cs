using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests.Contract;

/// <summary>Compares the members and kinds of two JSON values, not the values themselves.</summary>
internal static class Shape
{
    /// <summary>Lists what <paramref name="expected"/> has and <paramref name="actual"/> lacks or has as another kind.</summary>
    public static IEnumerable<string> Missing(JsonNode? expected, JsonNode? actual, string path = "$")
    {
        switch (expected)
        {
            case null:
                yield break;
            case JsonObject members when actual is JsonObject found:
                foreach (var (name, value) in members.Where(member => !IsDecoration(member.Key)))
                {
                    if (!found.ContainsKey(name))
                    {
                        yield return $"{path}.{name} is missing";
                        continue;
                    }

                    foreach (var difference in Missing(value, found[name], $"{path}.{name}"))
                    {
                        yield return difference;
                    }
                }

                yield break;
            case JsonArray { Count: > 0 } items when actual is JsonArray found:
                if (found.Count == 0)
                {
                    yield return $"{path} is empty";
                    yield break;
                }

                foreach (var difference in Missing(Union(items), Union(found), path + "[]"))
                {
                    yield return difference;
                }

                yield break;
            case JsonArray when actual is JsonArray:
                yield break;
            default:
                if (actual is not null && Kind(expected) != Kind(actual))
                {
                    yield return $"{path} is {Kind(actual)} instead of {Kind(expected)}";
                }

                yield break;
        }
    }

    private static bool IsDecoration(string name) => name.Contains('@', StringComparison.Ordinal) && !name.StartsWith('@');

    private static string Kind(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString(),
    };

    // One object that has every member that any element has, with a value that is not null where there is one.
    private static JsonNode? Union(JsonArray items)
    {
        if (items.OfType<JsonObject>().ToList() is not { Count: > 0 } objects)
        {
            return items[0];
        }

        var union = new JsonObject();
        foreach (var (name, value) in objects.SelectMany(item => item))
        {
            union[name] = (union[name], value) switch
            {
                (JsonObject left, JsonObject right) => Union([left.DeepClone(), right.DeepClone()]),
                (null or JsonArray { Count: 0 }, _) => value?.DeepClone(),
                (var known, _) => known!.DeepClone(),
            };
        }

        return union;
    }
}
