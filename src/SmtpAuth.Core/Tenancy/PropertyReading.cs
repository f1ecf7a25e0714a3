using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Reads one property of one object: absent is "not asked for", odd is "not understood", neither is a value.</summary>
internal static class PropertyReading
{
    /// <summary>Reads a boolean for which null says nothing.</summary>
    public static Func<JsonElement, Reading<object?>> Bool(string property) => target =>
        Present(target, property).Then(value => !JsonMembers.IsSet(value)
            ? Reading<object?>.Unknown($"{property} is null in the answer, which says nothing.")
            : Understood(property, value, JsonMembers.Bool(value)));

    /// <summary>Reads a boolean for which null has a meaning of its own.</summary>
    public static Func<JsonElement, Reading<object?>> NullableBool(string property) => target =>
        Present(target, property).Then(value => !JsonMembers.IsSet(value)
            ? Reading<object?>.Of(null)
            : Understood(property, value, JsonMembers.Bool(value)));

    /// <summary>Reads a text that must be there.</summary>
    public static Func<JsonElement, Reading<string>> Text(string property) => target =>
        Present(target, property).Then(value => JsonMembers.Text(value) is { Length: > 0 } text
            ? Reading<string>.Of(text)
            : Reading<string>.Unknown(JsonMembers.IsSet(value)
                ? NotUnderstood(property, value)
                : $"{property} is empty in the answer."));

    /// <summary>Reads a time.</summary>
    public static Func<JsonElement, Reading<object?>> Time(string property) => target =>
        Present(target, property).Then(value => Understood(property, value, JsonMembers.Time(value)));

    public static Reading<JsonElement> Present(JsonElement target, string property) =>
        JsonMembers.Find(target, property) is { } value
            ? Reading<JsonElement>.Of(value)
            : Reading<JsonElement>.Unknown($"It was not asked for: the answer has no {property}.");

    /// <summary>Turns a reading of a text into one of a fact's value.</summary>
    public static Reading<object?> AsValue(this Reading<string> reading) => reading.Then(text => Reading<object?>.Of(text));

    public static string NotUnderstood(string property, JsonElement value) =>
        $"{property} was not understood: found {JsonMembers.OneLine(value.GetRawText())}.";

    private static Reading<object?> Understood<T>(string property, JsonElement value, T? found)
        where T : struct => found is { } present
            ? Reading<object?>.Of(present)
            : Reading<object?>.Unknown(NotUnderstood(property, value));
}
