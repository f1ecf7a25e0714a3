using System.Collections.Concurrent;
using System.Security;

namespace SmtpAuth.Rules.Language;

// Time zones by IANA name, where the operating system knows them, or as an offset such as +02:00.
internal static class TimeZones
{
    private const int MaximumLength = 64;
    private const int MaximumCached = 1_000;

    private static readonly ConcurrentDictionary<string, TimeZoneInfo?> Cache = new(StringComparer.Ordinal);

    public static bool TryGetOffset(string name, DateTime moment, out TimeSpan offset)
    {
        if (name is "UTC" or "Z" or "")
        {
            offset = TimeSpan.Zero;
            return true;
        }

        if (TryParseOffset(name, out offset))
        {
            return true;
        }

        var zone = IsName(name) ? Find(name) : null;
        offset = zone?.GetUtcOffset(moment) ?? TimeSpan.Zero;
        return zone is not null;
    }

    private static bool TryParseOffset(string text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        var digits = text.Length == 6 && text[0] is '+' or '-' ? text.Substring(1) : text;
        if (digits.Length != 5 || digits[2] != ':' || !TwoDigits(digits, 0, 23, out var hours) || !TwoDigits(digits, 3, 59, out var minutes))
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? offset.Negate() : offset;
        return true;
    }

    private static bool TwoDigits(string text, int position, int maximum, out int value)
    {
        var tens = text[position] - '0';
        var ones = text[position + 1] - '0';
        value = (tens * 10) + ones;
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9 && value <= maximum;
    }

    // The name becomes part of a path on some systems, so it must look like a zone and nothing else.
    private static bool IsName(string name)
    {
        if (name.Length > MaximumLength || !char.IsLetter(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '+' or '/' or ' '))
            {
                return false;
            }
        }

        return true;
    }

    private static TimeZoneInfo? Find(string name)
    {
        if (Cache.TryGetValue(name, out var known))
        {
            return known;
        }

        TimeZoneInfo? zone = null;
        try
        {
            zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException
            or UnauthorizedAccessException or IOException)
        {
            // The operating system does not know it: the caller reports an error value.
        }

        if (Cache.Count < MaximumCached)
        {
            Cache[name] = zone;
        }

        return zone;
    }
}
