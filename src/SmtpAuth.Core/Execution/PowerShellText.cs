using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Calls and values as PowerShell, quoted so that no value can become code.</summary>
internal static class PowerShellText
{
    /// <summary>Renders a call as one statement.</summary>
    /// <exception cref="FormatException">A cmdlet or parameter has a name that PowerShell would not take as a name.</exception>
    public static string Call(StepAction action) => action switch
    {
        StepAction.Cmdlet cmdlet => Cmdlet(cmdlet),
        StepAction.GraphRequest request => Request(request),
        _ => "# By hand: no command does this.",
    };

    /// <summary>Renders a value.</summary>
    public static string Value(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return "$null";
            case JsonArray items:
                return $"@({string.Join(", ", items.Select(Value))})";
            case JsonObject members:
                // Exchange's own marker for "add to, remove from" is for its REST interface only.
                return $"@{{ {string.Join("; ", members.Where(pair => pair.Key != "@odata.type").Select(pair => $"{Quote(pair.Key)} = {Value(pair.Value)}"))} }}";
            default:
                return node.GetValueKind() switch
                {
                    JsonValueKind.True => "$true",
                    JsonValueKind.False => "$false",
                    JsonValueKind.Number => node.ToJsonString(),
                    _ => Text(node.ToString()),
                };
        }
    }

    /// <summary>Quotes a text. PowerShell ends a single-quoted text at typographic quotes too, so they are doubled as well.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var character in text)
        {
            if (character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
            {
                quoted.Append(character);
            }

            quoted.Append(character);
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>Renders a text in which properties of created objects are filled in while the script runs.</summary>
    public static string Text(string text)
    {
        var parts = Placeholders.Split(text);
        return parts.All(part => part.Reference is null)
            ? Quote(text)
            : $"({string.Join(" + ", parts.Select(part => part.Reference is { } reference
                ? $"[string](Get-Value $Created[{Quote(reference.StepId)}] {string.Join(", ", reference.Property.Split('.').Select(Quote))})"
                : Quote(part.Text)))})";
    }

    /// <summary>Renders text from outside as a comment that ends where its line ends.</summary>
    public static string Comment(string text) =>
        "# " + string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character));

    private static string Cmdlet(StepAction.Cmdlet cmdlet)
    {
        var line = new StringBuilder(Name(cmdlet.Name));
        foreach (var parameter in cmdlet.Parameters)
        {
            // The colon form is right for switches and for everything else.
            line.Append(" -").Append(Name(parameter.Key)).Append(':').Append(Value(parameter.Value));
        }

        return line.ToString();
    }

    private static string Request(StepAction.GraphRequest request)
    {
        var line = new StringBuilder("Invoke-MgGraphRequest -Method ")
            .Append(Name(request.Method))
            .Append(" -Uri ")
            .Append(Text($"/{request.Version}{request.Path}"));
        if (request.Body is { } body)
        {
            var json = body.ToJsonString();
            var content = Placeholders.Split(json).Any(part => part.Reference is not null)
                ? $"(ConvertTo-Json -InputObject {Value(body)} -Depth 20 -Compress)"
                : Quote(json);
            line.Append(" -ContentType 'application/json' -Body ").Append(content);
        }

        return line.ToString();
    }

    /// <summary>Gives a name as it is, where it is one.</summary>
    /// <exception cref="FormatException">PowerShell would not take it as a name.</exception>
    public static string Name(string name) =>
        name.Length > 0 && name.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_')
            && name[0] != '-'
            ? name
            : throw new FormatException($"Found {PlanJsonObject.Quote(name)} as a name in a call; expected letters, digits and hyphens only.");
}
