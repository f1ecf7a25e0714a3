using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Reads members of answers as Graph, the Exchange endpoint and <c>ConvertTo-Json</c> spell them.</summary>
internal static class JsonMembers
{
    // What PowerShell 5.1 puts around a value that carries note properties, and around arrays.
    private static readonly string[] WrapperMembers =
        ["Count", "Length", "PSComputerName", "RunspaceId", "PSShowComputerName", "DisplayHint", "DateTime"];

    /// <summary>Gets the members, unreadable names and, unless asked for, decorations (any name with an <c>@</c>) left out.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement element, bool withDecorations = false)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is { } name && (withDecorations || !name.Contains('@')))
            {
                yield return (name, property.Value);
            }
        }
    }

    /// <summary>Finds a member: the exact name before one that differs in case; of names that repeat the last, as parsers do.</summary>
    public static JsonElement? Find(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (element.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        JsonElement? found = null;
        foreach (var property in element.EnumerateObject())
        {
            if (IsNamed(property, name))
            {
                found = property.Value;
            }
        }

        return found;
    }

    /// <summary>Gets a text, a number as text, or <see langword="null"/> for anything else. Never throws.</summary>
    public static string? Text(JsonElement? element) => element is null ? null : Text(element.Value);

    /// <inheritdoc cref="Text(JsonElement?)"/>
    public static string? Text(JsonElement element)
    {
        element = Unwrap(element);
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number => element.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // A text with half a surrogate pair cannot be transcoded.
        }
    }

    /// <summary>Gets a boolean, also one written as text or as a PowerShell switch.</summary>
    public static bool? Bool(JsonElement? element)
    {
        if (element is not { } present)
        {
            return null;
        }

        var value = Unwrap(present);
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => bool.TryParse(Text(value), out var parsed) ? parsed : null,
            JsonValueKind.Object when Find(value, "IsPresent") is { } isPresent => Bool(isPresent),
            _ => null,
        };
    }

    /// <summary>Gets an integer, also one written as text.</summary>
    public static long? Integer(JsonElement? element) =>
        long.TryParse(Text(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Gets a time in UTC: ISO 8601 (UTC where no zone is written) or <c>/Date(milliseconds)/</c>.</summary>
    public static DateTimeOffset? Time(JsonElement? element)
    {
        var text = Text(element);
        if (text is null)
        {
            return null;
        }

        if (text.StartsWith("/Date(", StringComparison.Ordinal) && text.IndexOf(')') is > 6 and var end)
        {
            var digits = text.Substring(6, end - 6);
            return long.TryParse(
                digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    /// <summary>Gets the texts of a list; a single text counts as a list of one, an unreadable element as <see langword="null"/>.</summary>
    public static IReadOnlyList<string?> Texts(JsonElement? element)
    {
        if (element is not { } present)
        {
            return [];
        }

        var value = Unwrap(present);
        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(Text)],
            JsonValueKind.Null or JsonValueKind.Undefined => [],
            _ => [Text(value)],
        };
    }

    /// <summary>Decides whether a value says anything: not null, not empty, and of an object at least one such member.</summary>
    public static bool IsSet(JsonElement? element) => element is { } present && IsSet(present, 0);

    /// <summary>Takes the value out of what PowerShell puts around values with note properties, and around arrays.</summary>
    public static JsonElement Unwrap(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || Find(element, "value") is not { } value)
        {
            return element;
        }

        var others = Members(element).Where(member => !string.Equals(member.Name, "value", StringComparison.OrdinalIgnoreCase)).ToList();
        return others.Count > 0 && others.TrueForAll(member => WrapperMembers.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
            ? value
            : element;
    }

    /// <summary>Makes one line of at most 300 characters of a text from outside, without control characters.</summary>
    public static string OneLine(string text)
    {
        const int Limit = 300;
        var line = new StringBuilder(Math.Min(text.Length, Limit + 1));
        foreach (var character in text)
        {
            if (line.Length == Limit)
            {
                return line.Append('…').ToString();
            }

            line.Append(char.IsControl(character) || char.IsSurrogate(character) ? ' ' : character);
        }

        return line.ToString().Trim();
    }

    private static bool IsSet(JsonElement element, int depth) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        JsonValueKind.String => Text(element) is not "",
        JsonValueKind.Array => element.GetArrayLength() > 0,
        JsonValueKind.Object => depth > 8 || Members(element).Any(member => IsSet(member.Value, depth + 1)),
        _ => true,
    };

    // Most lookups are of names that are not there, so a name is made a string only where it must be.
    private static bool IsNamed(JsonProperty property, string name)
    {
#if NET
        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(property);
        if (!raw.Contains((byte)'\\'))
        {
            return raw.Length == name.Length && System.Text.Ascii.EqualsIgnoreCase(raw, name);
        }
#endif
        return string.Equals(NameOf(property), name, StringComparison.OrdinalIgnoreCase);
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null; // See Text.
        }
    }
}
