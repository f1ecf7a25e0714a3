using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>An answer's objects, whichever way the list was written, and what is missing from it.</summary>
internal sealed class AnswerContent
{
    private static readonly string[] NextLinkMembers = ["@odata.nextLink", "odata.nextLink"];
    private static readonly string[] CountMembers = ["Count", "@odata.count"];

    // A planner derives facts from the same answers many times over, with one of them changed.
    private static readonly ConditionalWeakTable<TenantAnswer, AnswerContent> Seen = new();

    private readonly Lazy<ILookup<string, JsonElement>> _byAddress;

    private AnswerContent(TenantAnswer answer)
    {
        Answer = answer;
        _byAddress = new(() => Objects
            .SelectMany(candidate => SenderObject.Addresses(candidate).Distinct(StringComparer.OrdinalIgnoreCase).Select(address => (address, candidate)))
            .ToLookup(pair => pair.address, pair => pair.candidate, StringComparer.OrdinalIgnoreCase));
    }

    public TenantAnswer Answer { get; }

    /// <summary>Gets why there is no answer, or <see langword="null"/> where there is one.</summary>
    public string? Failure { get; private init; }

    /// <summary>Gets the sentence in which the service said that the object does not exist.</summary>
    public string? NotFound { get; private init; }

    /// <summary>Gets the objects, in order.</summary>
    public IReadOnlyList<JsonElement> Objects { get; private init; } = [];

    /// <summary>Gets why objects may be missing, or <see langword="null"/> where the list is complete.</summary>
    public string? Incomplete { get; private init; }

    /// <summary>Gets the OData context, which names what was asked for.</summary>
    public string Context { get; private init; } = "";

    public static AnswerContent Of(TenantAnswer answer) => Seen.GetValue(answer, Look);

    /// <summary>Gets the objects that show an address, compared without case.</summary>
    public IEnumerable<JsonElement> WithAddress(string address) => _byAddress.Value[address];

    private static AnswerContent Look(TenantAnswer answer)
    {
        if (answer.Content is not { } content)
        {
            return new(answer) { Failure = answer.Failure };
        }

        if (ServiceError.Of(content) is { } error)
        {
            return new(answer)
            {
                Failure = $"The service answered with an error: {error.Text}",
                NotFound = error.IsNotFound ? error.Text : null,
            };
        }

        return content.ValueKind switch
        {
            JsonValueKind.Array => OfList(answer, content, null),
            JsonValueKind.Object => OfObject(answer, content),
            _ => new(answer)
            {
                Failure = $"The answer holds {Kind(content)} where an object or a list was expected. Record it again; "
                    + "write [] where there really is none.",
            },
        };
    }

    private static AnswerContent OfObject(TenantAnswer answer, JsonElement content)
    {
        var context = JsonMembers.Text(JsonMembers.Find(content, "@odata.context")) ?? "";
        if (JsonMembers.Find(content, "value") is not { ValueKind: JsonValueKind.Array or JsonValueKind.Object } value)
        {
            return new(answer) { Objects = [content], Context = context };
        }

        return value.ValueKind == JsonValueKind.Array
            ? OfList(answer, value, content)
            : new(answer) { Objects = [value], Incomplete = Gap(content, 1), Context = context };
    }

    private static AnswerContent OfList(TenantAnswer answer, JsonElement list, JsonElement? page)
    {
        var objects = new List<JsonElement>(list.GetArrayLength());
        string? incomplete = null;
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                objects.Add(element);
            }
            else
            {
                incomplete ??= $"The list holds {Kind(element)} where an object was expected.";
            }
        }

        if (page is { } envelope)
        {
            incomplete ??= Gap(envelope, objects.Count);
        }

        return new(answer)
        {
            Objects = objects,
            Incomplete = incomplete,
            Context = page is { } context ? JsonMembers.Text(JsonMembers.Find(context, "@odata.context")) ?? "" : "",
        };
    }

    private static string? Gap(JsonElement page, int count)
    {
        if (NextLinkMembers.Any(name => JsonMembers.IsSet(JsonMembers.Find(page, name))))
        {
            return "Only the first page was recorded: a next page (@odata.nextLink) exists.";
        }

        // Exchange says that it cut a list only in a warning, so a warning is a doubt about what is not in the list.
        if (JsonMembers.Texts(JsonMembers.Find(page, "@adminapi.warnings")).FirstOrDefault(text => text is not "") is { } warning)
        {
            return $"The service added a warning, so the list may be cut: {JsonMembers.OneLine(warning)}";
        }

        foreach (var name in CountMembers)
        {
            if (JsonMembers.Integer(JsonMembers.Find(page, name)) is { } said && said > count)
            {
                return string.Format(
                    CultureInfo.InvariantCulture, "The answer says that there are {0} objects and holds {1}.", said, count);
            }
        }

        return null;
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "nothing",
    };
}
