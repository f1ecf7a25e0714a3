using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>Page tokens of long lists. A token works for half an hour, with the same request body and the same anchor.</summary>
internal sealed class ExchangePages(TimeProvider timeProvider)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public string Token(int start, string body, string anchor) => Convert.ToBase64String(Encoding.ASCII.GetBytes(
        $"{start}|{timeProvider.GetUtcNow().ToUnixTimeSeconds()}|{Fingerprint(body, anchor)}")).TrimEnd('=');

    /// <summary>Returns where the page starts; null when the token is not for this request or too old.</summary>
    public int? Start(string token, string body, string anchor)
    {
        Span<byte> bytes = stackalloc byte[256];
        var padded = token.PadRight((token.Length + 3) / 4 * 4, '=');
        if (token.Length > 256 || !Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return null;
        }

        var parts = Encoding.ASCII.GetString(bytes[..length]).Split('|');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 253_402_300_799
            && DateTimeOffset.FromUnixTimeSeconds(seconds) + Lifetime >= timeProvider.GetUtcNow()
            && parts[2] == Fingerprint(body, anchor)
                ? start
                : null;
    }

    private static string Fingerprint(string body, string anchor) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{anchor}\n{body}")), 0, 16);
}
