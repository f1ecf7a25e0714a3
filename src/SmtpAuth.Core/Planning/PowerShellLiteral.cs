using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpAuth.Planning;

/// <summary>Writes values as PowerShell literals in which nothing is ever expanded.</summary>
internal static class PowerShellLiteral
{
    public static string Of(JsonNode? value) => value switch
    {
        null => "$null",
        JsonArray list => $"@({string.Join(", ", list.Select(Of))})",
        JsonObject map => $"@{{ {string.Join("; ", map.Select(member => $"{Quote(member.Key)} = {Of(member.Value)}"))} }}",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True => "$true",
            JsonValueKind.False => "$false",
            JsonValueKind.Number => value.ToJsonString(),
            _ => Quote(value.GetValue<string>()),
        },
    };

    /// <summary>Quotes a text. PowerShell takes four typographic marks for single quotes too; each is doubled.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('\'');
        foreach (var character in text)
        {
            quoted.Append(character);
            if (character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
            {
                quoted.Append(character);
            }
        }

        return quoted.Append('\'').ToString();
    }
}
