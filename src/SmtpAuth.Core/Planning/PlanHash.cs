using System.Security.Cryptography;
using System.Text.Json;

namespace SmtpAuth.Planning;

/// <summary>The fingerprint of everything in a plan: what an approval is bound to and what finds tampering.</summary>
/// <remarks>Thread-safe.</remarks>
public static class PlanHash
{
    /// <summary>Computes the hash of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>
    /// <c>sha256:</c> and 64 lower-case hexadecimal digits, over the plan's JSON form in UTF-8 without the hash itself,
    /// without white space, the members of free JSON values sorted by name.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="plan"/> is <see langword="null"/>.</exception>
    public static string Compute(RemediationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PlanJsonWriter.Compact))
        {
            PlanJsonWriter.Write(writer, plan, hash: null);
        }

        return "sha256:" + Sha256(stream.ToArray());
    }

    /// <summary>Computes SHA-256 as lower-case hexadecimal digits.</summary>
    internal static string Sha256(byte[] bytes)
    {
#if NETSTANDARD2_0
        using var sha256 = SHA256.Create();
        return BitConverter.ToString(sha256.ComputeHash(bytes)).Replace("-", string.Empty).ToLowerInvariant();
#else
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
#endif
    }
}
