using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Fills the templates of an operation from facts, from the element the step is for, and from the values before and after.</summary>
/// <remarks>A name that is not known leaves a trace in <see cref="Missing"/>; what was filled is then not to be used.</remarks>
internal sealed class TemplateFiller(TenantState state, IReadOnlyDictionary<string, object?>? each)
{
    private const string TextPrefix = "text:";
    private const string Alternative = " ?? ";

    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    /// <summary>Gets what was asked for and is not known, with the reason.</summary>
    public SortedDictionary<string, string> Missing { get; } = new(StringComparer.Ordinal);

    public void Set(string name, JsonNode? value) => _values[name] = value;

    public string Text(string template) => PlaceholderScanner.Replace(template, name => Plain(Resolve(name)));

    public string Path(string template) => PlaceholderScanner.Replace(template, name => Uri.EscapeDataString(Plain(Resolve(name))));

    public string PowerShell(string template) => PlaceholderScanner.Replace(template, name =>
        name.StartsWith(TextPrefix, StringComparison.Ordinal)
            ? PowerShellLiteral.Quote(Text(name.Substring(TextPrefix.Length)))
            : PowerShellLiteral.Of(Resolve(name)));

    public JsonNode? Json(JsonNode? template) => template switch
    {
        JsonObject map => new JsonObject(map.Select(member => new KeyValuePair<string, JsonNode?>(Text(member.Key), Json(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Json)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text =>
            PlaceholderScanner.Whole(text) is { } name ? Resolve(name) : JsonValue.Create(Text(text)),
        _ => template?.DeepClone(),
    };

    private JsonNode? Resolve(string names)
    {
        KeyValuePair<string, string>? unknown = null;
        foreach (var name in names.Split([Alternative], StringSplitOptions.None))
        {
            if (_values.TryGetValue(name, out var value))
            {
                return value?.DeepClone();
            }

            if (Find(name, out var found, out var reason))
            {
                if (found is not null)
                {
                    return found;
                }
            }
            else
            {
                unknown ??= new(name, reason);
            }
        }

        if (unknown is { } missing)
        {
            Missing[missing.Key] = missing.Value;
        }

        return null;
    }

    private bool Find(string name, out JsonNode? value, out string reason)
    {
        value = null;
        reason = "It was not read.";
        const string Element = $"{PackLanguage.Element}.";
        object? found;
        if (name.StartsWith(Element, StringComparison.Ordinal))
        {
            if (each is null || !each.TryGetValue(name.Substring(Element.Length), out found))
            {
                return false;
            }
        }
        else if (!state.TryGet(name, out var fact) || !fact.IsKnown)
        {
            reason = fact?.Reason ?? reason;
            return false;
        }
        else
        {
            found = fact.Value;
        }

        if (found is Unread unread)
        {
            reason = unread.Reason;
            return false;
        }

        value = ToJson(found);
        return true;
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        bool boolean => JsonValue.Create(boolean),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        DateTimeOffset time => JsonValue.Create(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        IEnumerable list and not IReadOnlyDictionary<string, object?> => new JsonArray([.. list.Cast<object?>().Select(ToJson)]),
        _ => throw new NotSupportedException($"A {value.GetType().Name} cannot be filled into a template."),
    };

    private static string Plain(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
