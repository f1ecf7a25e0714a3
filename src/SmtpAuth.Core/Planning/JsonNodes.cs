using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Makes changeable JSON of answers and back.</summary>
internal static class JsonNodes
{
    private const int MaximumDepth = 64;

    /// <summary>Copies a value. Of members that repeat the last wins; for a text that cannot be read stands null.</summary>
    public static JsonNode? Copy(JsonElement element, bool withDecorations) => Copy(element, withDecorations, 0);

    /// <summary>Copies a value as a step compares it: wrappers off, booleans as booleans, an empty Exchange text as null.</summary>
    public static JsonNode? Plain(JsonElement element, bool isExchange)
    {
        var value = JsonMembers.Unwrap(element);
        var text = value.ValueKind == JsonValueKind.String ? JsonMembers.Text(value) : null;
        return text is not null && bool.TryParse(text, out var boolean) ? JsonValue.Create(boolean)
            : text is "" && isExchange ? null
            : Copy(value, false);
    }

    /// <summary>Sets a value in an object; of an object the members named are set and the others kept.</summary>
    /// <param name="target">The object to change.</param>
    /// <param name="path">Member names joined by dots, or <see langword="null"/> for the object itself.</param>
    /// <param name="after">The value.</param>
    /// <returns>The changed object.</returns>
    public static JsonObject Set(JsonObject target, string? path, JsonNode? after)
    {
        if (path is null)
        {
            Merge(target, (after as JsonObject) ?? []);
            return target;
        }

        var members = path.Split('.');
        var holder = target;
        foreach (var member in members.Take(members.Length - 1))
        {
            if (holder[NameIn(holder, member)] is not JsonObject next)
            {
                next = [];
                holder[NameIn(holder, member)] = next;
            }

            holder = next;
        }

        Put(holder, members[members.Length - 1], after);
        return target;
    }

    /// <summary>Makes an answer's content of a list, keeping what else its page said.</summary>
    public static JsonElement Page(JsonElement? original, JsonArray list)
    {
        JsonNode content = list;
        if (original is { ValueKind: JsonValueKind.Object } page && JsonMembers.Find(page, "value") is { ValueKind: JsonValueKind.Array or JsonValueKind.Object })
        {
            var copy = new JsonObject();
            foreach (var (name, value) in AllMembers(page))
            {
                if (!string.Equals(name, "value", StringComparison.OrdinalIgnoreCase)
                    && !string.Equals(name, "Count", StringComparison.OrdinalIgnoreCase)
                    && !name.EndsWith("odata.count", StringComparison.OrdinalIgnoreCase))
                {
                    copy[name] = Copy(value, true);
                }
            }

            copy["value"] = list;
            content = copy;
        }
        else if (original is { ValueKind: JsonValueKind.Object } && list.Count == 1)
        {
            content = list[0]!;
        }

        using var document = JsonDocument.Parse(content.ToJsonString(), new JsonDocumentOptions { MaxDepth = MaximumDepth + 8 });
        return document.RootElement.Clone();
    }

    private static JsonNode? Copy(JsonElement element, bool withDecorations, int depth)
    {
        if (depth > MaximumDepth)
        {
            return null;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var (name, value) in withDecorations ? AllMembers(element) : JsonMembers.Members(element))
                {
                    copy[name] = Copy(value, withDecorations, depth + 1);
                }

                return copy;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var item in element.EnumerateArray())
                {
                    list.Add(Copy(item, withDecorations, depth + 1));
                }

                return list;
            case JsonValueKind.String:
                return JsonMembers.Text(element) is { } text ? JsonValue.Create(text) : null;
            case JsonValueKind.Number:
                return JsonValue.Create(element);
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(element.ValueKind == JsonValueKind.True);
            default:
                return null;
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> AllMembers(JsonElement element) => JsonMembers.Members(element, withDecorations: true);

    private static void Merge(JsonObject target, JsonObject changes)
    {
        foreach (var change in changes)
        {
            Put(target, change.Key, change.Value);
        }
    }

    private static void Put(JsonObject holder, string member, JsonNode? after)
    {
        var name = NameIn(holder, member);
        if (after is JsonObject changes && holder[name] is JsonObject present)
        {
            Merge(present, changes);
        }
        else
        {
            holder[name] = after?.DeepClone();
        }
    }

    private static string NameIn(JsonObject holder, string member) => holder.ContainsKey(member)
        ? member
        : holder.Select(present => present.Key).FirstOrDefault(name => string.Equals(name, member, StringComparison.OrdinalIgnoreCase)) ?? member;
}
