using System.Globalization;

namespace SmtpAuth.Replies;

/// <summary>The trace that Exchange Online puts behind a reply: <c>[HOST time session-id]</c>.</summary>
internal readonly record struct ServerTag(string? Server, DateTimeOffset? Time, string? SessionId)
{
    private const int LongestTag = 240;
    private const int SessionIdLength = 16;
    private const int LongestTime = 30;
    private const int ShortestMachineName = 11;
    private const int LongestMachineName = 18;
    private static readonly string[] HostEndings =
        [".outlook.com", ".exchangelabs.com", ".outlook.office365.com", ".outlook.cn", ".office365.us", ".outlook.de"];

    /// <summary>Reads the tag whose bracket stands at <paramref name="start"/>. White space inside is a line wrap.</summary>
    public static bool TryRead(string text, int start, out ServerTag tag)
    {
        tag = default;
        Span<char> compact = stackalloc char[LongestTag];
        var length = 0;
        var position = start + 1;
        if (position < text.Length && text[position] == '[')
        {
            position++;
        }

        for (; position < text.Length && length < LongestTag && text[position] is not (']' or '[' or '\'' or '"'); position++)
        {
            if (!char.IsWhiteSpace(text[position]))
            {
                compact[length++] = text[position];
            }
        }

        var body = compact.Slice(0, length);
        const string HostName = "Hostname=";
        if (body.StartsWith(HostName.AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            body = body.Slice(HostName.Length);
        }

        var end = EndOfHost(body);
        if (end == 0)
        {
            return false;
        }

        var time = ReadTime(body.Slice(end), out var timeLength);
        if (time is null && end < body.Length)
        {
            return false;
        }

        tag = new ServerTag(body.Slice(0, end).ToString(), time, ReadSessionId(body.Slice(end + timeLength)));
        return true;
    }

    /// <summary>Reads the time and session id of a tag whose host somebody masked.</summary>
    public static ServerTag? ReadTorn(string text)
    {
        const string Domain = "outlook.com ";
        for (var at = text.IndexOf(Domain, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(Domain, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var start = at + Domain.Length;
            var rest = text.AsSpan(start, Math.Min(LongestTime, text.Length - start));
            if (ReadTime(rest, out var length) is { } time)
            {
                var id = text.AsSpan(start + length).TrimStart();
                return new ServerTag(null, time, ReadSessionId(id.Slice(0, Math.Min(SessionIdLength, id.Length))));
            }
        }

        return null;
    }

    /// <summary>Reads a host that stands alone, such as in a greeting.</summary>
    public static string? ReadHost(string text, int start)
    {
        var end = start;
        while (end < text.Length && IsHostCharacter(text[end]))
        {
            end++;
        }

        var host = text.AsSpan(start, end - start).TrimEnd('.');
        return EndOfHost(host) == host.Length && host.Length > 0 ? host.ToString() : null;
    }

    /// <summary>Says whether a bracket opens with a machine's name of Exchange Online, though its domain is cut off.</summary>
    public static bool IsTorn(string text, int start)
    {
        var position = start + 1;
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        var end = position;
        while (end < text.Length && end - position <= LongestMachineName && text[end] is (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
        {
            end++;
        }

        var name = text.AsSpan(position, end - position);
        return name.Length is >= ShortestMachineName and <= LongestMachineName && char.IsLetter(name[0])
            && (name.IndexOf("PEPF".AsSpan()) > 0 || name.Slice(name.Length - 6, 2).ToString() is "CA" or "MB" or "FT" or "HT");
    }

    internal static string? ReadSessionId(ReadOnlySpan<char> text)
    {
        if (text.Length != SessionIdLength)
        {
            return null;
        }

        foreach (var character in text)
        {
            if (character is not ((>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'f')))
            {
                return null;
            }
        }

        return text.ToString();
    }

    private static int EndOfHost(ReadOnlySpan<char> text)
    {
        var end = 0;
        foreach (var ending in HostEndings)
        {
            var at = text.IndexOf(ending.AsSpan(), StringComparison.OrdinalIgnoreCase);
            if (at > 0 && at + ending.Length > end)
            {
                end = at + ending.Length;
            }
        }

        var hasDigit = false;
        for (var index = 0; index < end; index++)
        {
            hasDigit |= char.IsDigit(text[index]);
            if (!IsHostCharacter(text[index]))
            {
                return 0;
            }
        }

        // A machine's name has digits; "server.prod.outlook.com" is what somebody wrote in its place.
        return hasDigit && char.IsLetterOrDigit(text[0]) ? end : 0;
    }

    private static bool IsHostCharacter(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-';

    private static DateTimeOffset? ReadTime(ReadOnlySpan<char> text, out int length)
    {
        length = text.IndexOf('Z') + 1;
        if (length is < 20 or > 30)
        {
            length = 0;
            return null;
        }

        return DateTimeOffset.TryParse(
            text.Slice(0, length).ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
