using System.Globalization;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Tenancy;

/// <summary>Writes a fact's value so that two can be compared as text.</summary>
internal static class FactText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool boolean => boolean ? "true" : "false",
        Unread unread => $"?{unread.Fact}",
        string text => $"'{text}'",
        IReadOnlyDictionary<string, object?> map => $"{{{string.Join(", ", map.Select(member => $"{member.Key}: {Of(member.Value)}"))}}}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Of))}]",
        _ => string.Format(CultureInfo.InvariantCulture, "{0}", value),
    };
}
