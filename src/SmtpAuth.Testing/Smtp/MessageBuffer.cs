using System.Text;

namespace SmtpAuth.Testing.Smtp;

/// <summary>Takes a message in: counts all of it, keeps its first 256 KiB.</summary>
internal sealed class MessageBuffer
{
    private const int MostKept = 256 * 1024;

    private readonly System.Buffers.ArrayBufferWriter<byte> _kept = new();

    public long Size { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Size += bytes.Length;
        var kept = bytes[..Math.Min(MostKept - _kept.WrittenCount, bytes.Length)];
        kept.CopyTo(_kept.GetSpan(kept.Length));
        _kept.Advance(kept.Length);
    }

    public string Text() => Encoding.UTF8.GetString(_kept.WrittenSpan);

    /// <summary>Finds a header of the message; folded lines are joined.</summary>
    public static string? Header(string message, string name)
    {
        var lines = message.Split('\n');
        for (var index = 0; index < lines.Length && lines[index].Trim().Length > 0; index++)
        {
            if (!lines[index].StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var value = lines[index][(name.Length + 1)..].Trim();
            while (index + 1 < lines.Length && lines[index + 1].Length > 0 && lines[index + 1][0] is ' ' or '\t')
            {
                value += " " + lines[++index].Trim();
            }

            return value;
        }

        return null;
    }

    /// <summary>Returns the address in a From header; null when there is none to be read.</summary>
    public static string? AddressIn(string? header)
    {
        if (header is null)
        {
            return null;
        }

        var (open, close) = (header.LastIndexOf('<'), header.LastIndexOf('>'));
        var address = open >= 0 && close > open ? header[(open + 1)..close] : header.Trim();
        return SmtpCommand.IsAddress(address) ? address : null;
    }
}
