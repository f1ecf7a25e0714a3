using System.Security.Cryptography;
using System.Text;

namespace SmtpAuth.Journal.Sqlite;

/// <summary>A lock of the operating system on one tenant: it ends with the process, however the process ends.</summary>
internal static class TenantLock
{
    /// <summary>Takes the lock.</summary>
    /// <returns>The lock, to be disposed to give it back; <see langword="null"/> where another process has it.</returns>
    public static FileStream? TryTake(string journalPath, string tenant)
    {
        // The file stays: removing it would let two processes lock two files of the same name.
        var path = $"{journalPath}.{Name(tenant)}.lock";
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException or FileNotFoundException))
        {
            return null;
        }
    }

    private static string Name(string tenant)
    {
        var bytes = Encoding.UTF8.GetBytes(tenant);
#if NETSTANDARD2_0
        using var sha256 = SHA256.Create();
        return BitConverter.ToString(sha256.ComputeHash(bytes), 0, 6).Replace("-", string.Empty);
#else
        return Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 6));
#endif
    }
}
