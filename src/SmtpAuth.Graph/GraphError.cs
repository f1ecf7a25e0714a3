using System.Text.Json;
using SmtpAuth.Http;

namespace SmtpAuth.Graph;

/// <summary>The error object of Microsoft Graph.</summary>
/// <param name="Code">The code, or an empty text.</param>
/// <param name="Message">The message, one line, or an empty text.</param>
/// <seealso href="https://learn.microsoft.com/graph/errors"/>
internal sealed record GraphError(string Code, string Message)
{
    public static readonly GraphError None = new("", "");

    public static GraphError Of(ServiceReply reply)
    {
        if (reply.Json is not { ValueKind: JsonValueKind.Object } body || !body.TryGetProperty("error", out var error))
        {
            return None;
        }

        return error.ValueKind == JsonValueKind.Object ? new(Text(error, "code"), OneLine.Sentence(Text(error, "message"))) : None;
    }

    public bool Is(string code) => string.Equals(Code, code, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => (Code, Message) switch
    {
        ("", "") => "It gave no reason.",
        (_, "") => $"It says {Code}.",
        ("", _) => $"It says: {Message}",
        _ => $"It says {Code}: {Message}",
    };

    private static string Text(JsonElement error, string member) =>
        error.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? OneLine.Of(value.GetString()) : "";
}
