using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmtpAuth;

/// <summary>The SHA-256 fingerprint of a certificate.</summary>
internal static class Fingerprint
{
    /// <summary>Computes it, as upper-case hexadecimal digits.</summary>
    public static string Of(X509Certificate certificate)
    {
#if NET
        return Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData()));
#else
        using var sha256 = SHA256.Create();
        return BitConverter.ToString(sha256.ComputeHash(certificate.GetRawCertData())).Replace("-", "");
#endif
    }

    /// <summary>Compares one with digits as a person writes them: any case, with or without colons and spaces.</summary>
    public static bool Equal(string sha256, string? written) =>
        written is not null && string.Equals(sha256, written.Replace(":", "").Replace(" ", ""), StringComparison.OrdinalIgnoreCase);
}
