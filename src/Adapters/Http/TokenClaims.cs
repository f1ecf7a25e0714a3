using System.Text;
using System.Text.Json;

namespace SmtpAuth.Http;

/// <summary>What our own access token says we may do. A hint: its format is not promised, and an opaque one says nothing.</summary>
internal sealed class TokenClaims
{
    private readonly JsonElement _claims;

    private TokenClaims(JsonElement claims) => _claims = claims;

    /// <summary>Gets the application permissions, or <see langword="null"/> where the token names none.</summary>
    public IReadOnlyList<string>? Roles => Texts("roles");

    /// <summary>Gets the delegated permissions, or <see langword="null"/> where the token is not for a user.</summary>
    public IReadOnlyList<string>? Scopes => Text("scp")?.Split([' '], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Gets the template ids of the directory roles in force, or <see langword="null"/> where the token names none.</summary>
    public IReadOnlyList<string>? DirectoryRoles => Texts("wids");

    /// <summary>Gets when the token ends.</summary>
    public DateTimeOffset? Expires => _claims.TryGetProperty("exp", out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Reads them, without checking the signature, for it is the service that decides.</summary>
    /// <returns>The claims, or <see langword="null"/> where the token is opaque.</returns>
    public static TokenClaims? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            var text = parts[1].Replace('-', '+').Replace('_', '/');
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(
                Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))));
            return document.RootElement.ValueKind == JsonValueKind.Object ? new(document.RootElement.Clone()) : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    private string? Text(string name) =>
        _claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private List<string>? Texts(string name) =>
        _claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : null;
}
