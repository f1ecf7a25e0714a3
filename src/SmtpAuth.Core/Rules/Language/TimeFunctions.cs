namespace SmtpAuth.Rules.Language;

internal static class TimeFunctions
{
    private const long NanosPerMillisecond = 1_000_000;

    public static IEnumerable<Function> Make() =>
    [
        new("timestamp", "(timestamp)->timestamp; (string)->timestamp; (int)->timestamp", Timestamp),
        new("duration", "(duration)->duration; (string)->duration; (int)->duration", Duration),
        Part("getFullYear", static t => t.Year),
        Part("getMonth", static t => t.Month - 1),
        Part("getDate", static t => t.Day),
        Part("getDayOfMonth", static t => t.Day - 1),
        Part("getDayOfWeek", static t => (int)t.DayOfWeek),
        Part("getDayOfYear", static t => t.DayOfYear - 1),
        PartOrTotal("getHours", static t => t.Hour, 3600 * CelTime.NanosPerSecond),
        PartOrTotal("getMinutes", static t => t.Minute, 60 * CelTime.NanosPerSecond),
        PartOrTotal("getSeconds", static t => t.Second, CelTime.NanosPerSecond),
        new("getMilliseconds", ".(timestamp)->int; .(timestamp, string)->int; .(duration)->int", Milliseconds),
    ];

    private static Function Part(string name, Func<DateTime, int> part) =>
        new(name, ".(timestamp)->int; .(timestamp, string)->int", (arguments, _) => OfTimestamp(name, arguments, part));

    // Of a timestamp a component, of a duration the whole in that unit.
    private static Function PartOrTotal(string name, Func<DateTime, int> part, long unit) =>
        new(name, ".(timestamp)->int; .(timestamp, string)->int; .(duration)->int", (arguments, _) => arguments[0].Kind == CelKind.Duration
            ? CelValue.From(arguments[0].Bits / unit)
            : OfTimestamp(name, arguments, part));

    private static CelValue OfTimestamp(string name, ReadOnlySpan<CelValue> arguments, Func<DateTime, int> part)
    {
        if (arguments[0].Kind != CelKind.Timestamp || (arguments.Length == 2 && arguments[1].Kind != CelKind.String))
        {
            return Functions.NoOverload(name, arguments.ToArray());
        }

        var moment = arguments[0].AsTimestamp().UtcDateTime;
        if (arguments.Length == 1)
        {
            return CelValue.From((long)part(moment));
        }

        if (!TimeZones.TryGetOffset(arguments[1].StringReference, moment, out var offset))
        {
            return CelValue.Error($"{CelLiteral.Quote(CelLiteral.Shorten(arguments[1].StringReference))} is not a time zone such as 'Europe/Bucharest' or '+02:00'");
        }

        var ticks = moment.Ticks + offset.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks
            ? CelValue.Error("timestamp out of range: years 1 to 9999")
            : CelValue.From((long)part(new DateTime(ticks, DateTimeKind.Unspecified)));
    }

    private static CelValue Milliseconds(ReadOnlySpan<CelValue> arguments, Evaluation evaluation) => arguments[0].Kind == CelKind.Duration
        ? CelValue.From(arguments[0].Bits % CelTime.NanosPerSecond / NanosPerMillisecond)
        : OfTimestamp("getMilliseconds", arguments, static t => t.Millisecond);

    private static CelValue Timestamp(ReadOnlySpan<CelValue> arguments, Evaluation evaluation) => arguments[0].Kind switch
    {
        CelKind.Timestamp => arguments[0],
        CelKind.Int => CelTime.Timestamp(arguments[0].Bits, 0),
        CelKind.String => CelTime.ParseTimestamp(arguments[0].StringReference),
        _ => Functions.NoOverload("timestamp", arguments[0]),
    };

    private static CelValue Duration(ReadOnlySpan<CelValue> arguments, Evaluation evaluation) => arguments[0].Kind switch
    {
        CelKind.Duration => arguments[0],
        CelKind.Int => CelTime.Duration((decimal)arguments[0].Bits * CelTime.NanosPerSecond),
        CelKind.String => CelTime.ParseDuration(arguments[0].StringReference),
        _ => Functions.NoOverload("duration", arguments[0]),
    };
}
