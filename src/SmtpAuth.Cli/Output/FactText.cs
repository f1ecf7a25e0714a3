using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli.Output;

/// <summary>A fact's value, or a value of a step, on one line.</summary>
internal static class FactText
{
    private const int Longest = 160;

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return Shorten(text.ToString());
    }

    public static string Of(JsonNode? value) => Shorten(value switch
    {
        null => "null",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => $"'{scalar.GetValue<string>()}'",
        JsonObject obj => string.Join(", ", obj.Select(member => $"{member.Key}: {Of(member.Value)}")),
        JsonArray { Count: 0 } => "[]",
        JsonArray list => $"[{string.Join(", ", list.Select(Of))}]",
        _ => value.ToJsonString(),
    });

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case string word:
                text.Append('\'').Append(word).Append('\'');
                break;
            case DateTimeOffset time:
                text.Append(JsonValues.Time(time));
                break;
            case Unread unread:
                text.Append("unknown (").Append(unread.Reason).Append(')');
                break;
            case IReadOnlyDictionary<string, object?> map:
                AppendAll(text, '{', map, '}', member =>
                {
                    text.Append(member.Key).Append(": ");
                    Append(text, member.Value);
                });
                break;
            case IReadOnlyList<object?> list:
                AppendAll(text, '[', list, ']', member => Append(text, member));
                break;
            default:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> members, char close, Action<T> append)
    {
        text.Append(open);
        var first = true;
        foreach (var member in members)
        {
            text.Append(first ? "" : ", ");
            append(member);
            first = false;
        }

        text.Append(close);
    }

    private static string Shorten(string text) => text.Length <= Longest ? text : $"{text[..(Longest - 1)]}…";
}
