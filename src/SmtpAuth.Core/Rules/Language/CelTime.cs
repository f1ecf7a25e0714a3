using System.Globalization;

namespace SmtpAuth.Rules.Language;

// Timestamps are seconds since 1970 and nanoseconds 0 to 999,999,999; durations are nanoseconds in 64 bits.
internal static class CelTime
{
    public const long NanosPerSecond = 1_000_000_000;
    private const long MinimumSeconds = -62_135_596_800;
    private const long MaximumSeconds = 253_402_300_799;
    private const long UnixEpochTicks = 621_355_968_000_000_000;

    public static CelValue FromDateTimeOffset(DateTimeOffset value)
    {
        var ticks = value.UtcTicks - UnixEpochTicks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? CelValue.FromTimestamp(seconds - 1, (int)((rest + TimeSpan.TicksPerSecond) * 100))
            : CelValue.FromTimestamp(seconds, (int)(rest * 100));
    }

    public static DateTimeOffset ToDateTimeOffset(CelValue value) =>
        new(UnixEpochTicks + (value.Bits * TimeSpan.TicksPerSecond) + (value.Nanos / 100), TimeSpan.Zero);

    public static CelValue FromTimeSpan(TimeSpan value) => value.Ticks is > long.MaxValue / 100 or < long.MinValue / 100
        ? DurationRange()
        : CelValue.FromDuration(value.Ticks * 100);

    public static TimeSpan ToTimeSpan(CelValue value) => new(value.Bits / 100);

    public static CelValue Timestamp(long seconds, int nanos) => seconds is < MinimumSeconds or > MaximumSeconds
        ? CelValue.Error("timestamp out of range: years 1 to 9999")
        : CelValue.FromTimestamp(seconds, nanos);

    public static CelValue Add(CelValue timestamp, long nanoseconds)
    {
        var seconds = timestamp.Bits + (nanoseconds / NanosPerSecond);
        var nanos = timestamp.Nanos + (nanoseconds % NanosPerSecond);
        if (nanos < 0)
        {
            nanos += NanosPerSecond;
            seconds--;
        }
        else if (nanos >= NanosPerSecond)
        {
            nanos -= NanosPerSecond;
            seconds++;
        }

        return Timestamp(seconds, (int)nanos);
    }

    public static CelValue Subtract(CelValue timestamp, long nanoseconds) => nanoseconds == long.MinValue
        ? CelValue.Error("timestamp out of range: years 1 to 9999")
        : Add(timestamp, -nanoseconds);

    public static CelValue Between(CelValue later, CelValue earlier) =>
        Duration(((decimal)(later.Bits - earlier.Bits) * NanosPerSecond) + (later.Nanos - earlier.Nanos));

    public static CelValue Duration(decimal nanoseconds) => nanoseconds is < long.MinValue or > long.MaxValue
        ? DurationRange()
        : CelValue.FromDuration((long)nanoseconds);

    // RFC 3339, section 5.6, with up to nine digits of fraction.
    public static CelValue ParseTimestamp(string text)
    {
        var scanner = new CelTimeScanner(text);
        if (!scanner.Digits(4, out var year) || !scanner.Take('-') || !scanner.Digits(2, out var month) || !scanner.Take('-')
            || !scanner.Digits(2, out var day) || !scanner.TakeEither('T', 't') || !scanner.Digits(2, out var hour)
            || !scanner.Take(':') || !scanner.Digits(2, out var minute) || !scanner.Take(':') || !scanner.Digits(2, out var second)
            || !scanner.Fraction(out var nanos) || !scanner.Offset(out var offsetSeconds) || !scanner.AtEnd)
        {
            return NotATimestamp(text);
        }

        if (year == 0)
        {
            return CelValue.Error("timestamp out of range: years 1 to 9999");
        }

        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return NotATimestamp(text);
        }

        var local = (new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks - UnixEpochTicks) / TimeSpan.TicksPerSecond;
        return Timestamp(local - offsetSeconds, nanos);
    }

    // A sequence of numbers with units, such as 1h30m, -1.5s or 250ms.
    public static CelValue ParseDuration(string text)
    {
        var scanner = new CelTimeScanner(text);
        var negative = scanner.Take('-');
        _ = negative || scanner.Take('+');
        if (scanner.Rest == "0")
        {
            return CelValue.FromDuration(0);
        }

        decimal total = 0;
        do
        {
            if (!scanner.Quantity(out var nanoseconds))
            {
                return CelValue.Error($"{CelLiteral.Quote(CelLiteral.Shorten(text))} is not a duration such as '1h30m' or '1.5s'");
            }

            if (nanoseconds > long.MaxValue || total > long.MaxValue)
            {
                return DurationRange();
            }

            total += nanoseconds;
        }
        while (!scanner.AtEnd);

        return Duration(decimal.Truncate(negative ? -total : total));
    }

    public static string TimestampText(CelValue value)
    {
        var text = ToDateTimeOffset(value).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return text + FractionText(value.Nanos) + "Z";
    }

    public static string DurationText(CelValue value)
    {
        var seconds = value.Bits / NanosPerSecond;
        var nanos = value.Bits % NanosPerSecond;
        return (value.Bits < 0 ? "-" : "") + Math.Abs(seconds).ToString(CultureInfo.InvariantCulture) + FractionText((int)Math.Abs(nanos)) + "s";
    }

    private static string FractionText(int nanos) => nanos == 0
        ? ""
        : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');

    private static CelValue NotATimestamp(string text) =>
        CelValue.Error($"{CelLiteral.Quote(CelLiteral.Shorten(text))} is not a timestamp such as '2026-11-25T08:30:00Z' (or is out of range)");

    private static CelValue DurationRange() => CelValue.Error("duration out of range: about 292 years either way");
}
