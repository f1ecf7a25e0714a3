using System.Text;
using System.Text.Json.Nodes;

namespace SmtpAuth.Execution;

/// <summary>Keeps out of journals and events what looks like a secret, should an adapter let one through.</summary>
internal static class SecretMask
{
    private const string Masked = "(secret withheld)";

    private static readonly string[] SecretNames = ["password", "secret", "secrettext", "token", "credential", "privatekey", "assertion"];

    /// <summary>Decides whether a member's name says that its value is a secret.</summary>
    public static bool IsSecretName(string name) =>
        SecretNames.Any(part => name.EndsWith(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns a copy in which the values of secret members are masked.</summary>
    public static JsonNode? Mask(JsonNode? node) => node switch
    {
        JsonObject members => MaskMembers(members),
        JsonArray items => new JsonArray([.. items.Select(Mask)]),
        null => null,
        _ => node.DeepClone(),
    };

    /// <summary>Returns the first line of a text, with tokens and passwords in it masked.</summary>
    public static string Mask(string text)
    {
        var masked = new StringBuilder();
        var hideNext = false;
        foreach (var word in OneLine(text).Split(' '))
        {
            if (masked.Length > 0)
            {
                masked.Append(' ');
            }

            masked.Append(hideNext || LooksLikeToken(word) ? Masked : MaskAssignment(word));
            hideNext = word.EndsWith("bearer", StringComparison.OrdinalIgnoreCase)
                || (word.EndsWith(':') && IsSecretName(word.TrimEnd(':')));
        }

        return masked.Length > 1000 ? masked.ToString(0, 1000) + "…" : masked.ToString();
    }

    private static JsonObject MaskMembers(JsonObject members)
    {
        var copy = new JsonObject();
        foreach (var member in members)
        {
            copy[member.Key] = member.Value is not null && IsSecretName(member.Key) && member.Value is JsonValue value
                && value.TryGetValue<string>(out _)
                    ? Masked
                    : Mask(member.Value);
        }

        return copy;
    }

    // A JSON Web Token: three parts in base64url, the first of which begins an object.
    private static bool LooksLikeToken(string word)
    {
        var at = word.IndexOf("eyJ", StringComparison.Ordinal);
        return at >= 0 && word.Length - at > 20 && word.IndexOf('.', at) > 0;
    }

    private static string MaskAssignment(string word)
    {
        var equals = word.IndexOf('=');
        return equals > 0 && IsSecretName(word.Remove(equals).TrimStart('?', '&', '"', '\'')) ? word.Remove(equals + 1) + Masked : word;
    }

    private static string OneLine(string text) =>
        string.Concat(text.Trim().Select(character => char.IsControl(character) ? ' ' : character));
}
