using System.Globalization;

namespace SmtpAuth.Rules.Language;

internal static class CelNumberText
{
    // .NET Framework throws where .NET gives infinity.
    public static double ParseDouble(string text) => TryParseDouble(text, out var value) ? value : double.PositiveInfinity;

    public static bool TryParseDouble(string text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out value))
        {
            return IsPlain(text);
        }

        switch (text)
        {
            case "NaN":
                value = double.NaN;
                return true;
            case "Infinity" or "+Infinity" or "Inf" or "+Inf" or "inf" or "+inf" or "infinity" or "+infinity":
                value = double.PositiveInfinity;
                return true;
            case "-Infinity" or "-Inf" or "-inf" or "-infinity":
                value = double.NegativeInfinity;
                return true;
            default:
                return false;
        }
    }

    private static bool IsPlain(string text) =>
        text.Length > 0 && text is "NaN" or "Infinity" or "-Infinity" or "+Infinity" || (text.Length > 0 && text[text.Length - 1] is (>= '0' and <= '9') or '.');
}
