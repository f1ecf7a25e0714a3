using System.Text.Json.Nodes;

namespace SmtpAuth.Planning;

/// <summary>The value that an <see cref="Observation"/> names, or why it cannot be told.</summary>
/// <remarks>Treat the JSON value as read-only; then it is thread-safe.</remarks>
public sealed record ObservedValue
{
    private readonly JsonNode? _value;

    private ObservedValue(bool isKnown, JsonNode? value, string? reason)
    {
        IsKnown = isKnown;
        _value = value;
        Reason = reason;
    }

    /// <summary>Gets a value indicating whether the value is known. A known value may be JSON <c>null</c>.</summary>
    public bool IsKnown { get; }

    /// <summary>Gets the value: <see langword="null"/> is JSON <c>null</c>, or "no such object" where the whole object is observed.</summary>
    /// <exception cref="InvalidOperationException">The value is unknown.</exception>
    public JsonNode? Value => IsKnown
        ? _value
        : throw new InvalidOperationException($"The value is unknown: {Reason} Check IsKnown first.");

    /// <summary>Gets why the value is unknown, one sentence for a person.</summary>
    /// <value><see langword="null"/> means that it is known.</value>
    public string? Reason { get; }

    /// <summary>Makes a known value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The observed value.</returns>
    public static ObservedValue Known(JsonNode? value) => new(true, value, null);

    /// <summary>Makes an unknown value.</summary>
    /// <param name="reason">Why, in one sentence for a person.</param>
    /// <returns>The observed value.</returns>
    public static ObservedValue Unknown(string reason) => new(false, null, reason);

    /// <inheritdoc/>
    public override string ToString() => IsKnown ? _value?.ToJsonString() ?? "null" : $"unknown: {Reason}";
}
