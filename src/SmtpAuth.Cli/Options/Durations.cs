using System.CommandLine.Parsing;
using System.Globalization;

namespace SmtpAuth.Cli.Options;

/// <summary>Reads durations such as <c>30s</c>, <c>15m</c> and <c>1.5h</c>.</summary>
internal static class Durations
{
    private const double LongestHours = 24 * 31;

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2
            || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        double? hours = text[^1] switch
        {
            's' => number / 3600,
            'm' => number / 60,
            'h' => number,
            _ => null,
        };
        if (hours is not (>= 0 and <= LongestHours))
        {
            return false;
        }

        duration = TimeSpan.FromHours(hours.Value);
        return true;
    }

    /// <summary>Parses the value of an option; for <c>CustomParser</c>.</summary>
    public static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (TryParse(text, out var duration))
        {
            return duration;
        }

        result.AddError($"'{text}' is not a duration. Expected a number with s, m or h, such as 30s, 15m or 1h, and at most 744h.");
        return null;
    }
}
