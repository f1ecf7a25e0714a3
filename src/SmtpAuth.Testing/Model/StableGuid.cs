using System.Security.Cryptography;
using System.Text;

namespace SmtpAuth.Testing.Model;

/// <summary>Object ids that are the same in every run, so that snapshots of two runs can be compared.</summary>
internal static class StableGuid
{
    public static string From(string kind, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{name.ToLowerInvariant()}"), hash);
        hash[7] = (byte)((hash[7] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16]).ToString("D");
    }
}
