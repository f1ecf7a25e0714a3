using System.Text.Json.Nodes;

namespace SmtpAuth.Execution;

/// <summary>What one fresh read showed of one value.</summary>
/// <param name="IsKnown">Whether it could be read.</param>
/// <param name="Value">The value; <see langword="null"/> is JSON <c>null</c> where it is known.</param>
/// <param name="Reason">Why it could not be read, or <see langword="null"/> where it could.</param>
internal sealed record Sighting(bool IsKnown, JsonNode? Value, string? Reason)
{
    public static Sighting Unknown(string reason) => new(false, null, reason);
}
