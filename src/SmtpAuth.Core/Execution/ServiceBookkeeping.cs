using System.Text.Json.Nodes;

namespace SmtpAuth.Execution;

/// <summary>Members of the services' objects that change without anybody changing the object.</summary>
internal static class ServiceBookkeeping
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "OriginatingServer", "DistinguishedName", "ExchangeVersion", "ObjectState", "RunspaceId", "PSComputerName",
        "PSShowComputerName", "IsValid",
    };

    /// <summary>
    /// Gives the value that should still be there if nobody touched it: what was read back without bookkeeping, or what was
    /// written where nothing fuller was read.
    /// </summary>
    /// <param name="observed">What was read back after the write, or <see langword="null"/>.</param>
    /// <param name="written">What the step wanted.</param>
    public static JsonNode? Strip(JsonNode? observed, JsonNode? written)
    {
        if (observed is not JsonObject seen || written is not JsonObject wanted)
        {
            return written?.DeepClone();
        }

        var kept = new JsonObject();
        foreach (var member in seen.Where(member => wanted.ContainsKey(member.Key) || !IsBookkeeping(member.Key)))
        {
            kept[member.Key] = member.Value?.DeepClone();
        }

        return kept;
    }

    private static bool IsBookkeeping(string name) =>
        name.Contains('@')
        || Names.Contains(name)
        || name.StartsWith("When", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("DateTime", StringComparison.OrdinalIgnoreCase)
        || SecretMask.IsSecretName(name);
}
