using System.Globalization;

namespace SmtpAuth.Testing.Smtp;

/// <summary>Reads message content from the wire: lines up to the lone dot (DATA), or counted blocks (BDAT).</summary>
internal sealed class MessageIntake(SmtpChannel channel)
{
    private const int LongestLine = 32 * 1024;

    /// <summary>Reads DATA content. Null when the client left before the end.</summary>
    public async Task<MessageBuffer?> ReadLinesAsync()
    {
        var message = new MessageBuffer();
        for (var atStart = true; ;)
        {
            using var patience = channel.Patience();
            if (await channel.Reader.ReadLineAsync(LongestLine, onlyCrLf: true, patience.Token) is not var (content, complete))
            {
                channel.Drop();
                return null;
            }

            if (atStart && complete && content.Span is [(byte)'.'])
            {
                return message;
            }

            message.Add(atStart && content.Span is [(byte)'.', ..] ? content.Span[1..] : content.Span);
            if (complete)
            {
                message.Add("\r\n"u8);
            }

            atStart = complete;
        }
    }

    /// <summary>Reads one BDAT chunk into a message. False when the client left before its end.</summary>
    public async Task<bool> ReadChunkAsync(MessageBuffer message, long size)
    {
        for (var left = size; left > 0;)
        {
            using var patience = channel.Patience();
            var block = await channel.Reader.ReadBlockAsync(left, patience.Token);
            if (block.IsEmpty)
            {
                channel.Drop();
                return false;
            }

            message.Add(block.Span);
            left -= block.Length;
        }

        return true;
    }

    /// <summary>Reads BDAT's argument: a size, and LAST or nothing. Null for anything else.</summary>
    public static (long Size, bool IsLast)? ParseChunk(string argument) =>
        argument.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var size] when TryParse(size, out var bytes) => (bytes, false),
            [var size, var last] when TryParse(size, out var bytes) && string.Equals(last, "LAST", StringComparison.OrdinalIgnoreCase) =>
                (bytes, true),
            _ => null,
        };

    private static bool TryParse(string text, out long bytes) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
}
