using System.Text;
using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests;

/// <summary>What an HTTP service answered.</summary>
internal sealed record HttpAnswer(int Status, byte[] Content, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Content);

    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonArray Values => (JsonArray)Json["value"]!;

    public string? ErrorCode => Json["error"]?["code"]?.ToString();

    public string? ErrorMessage => Json["error"]?["message"]?.ToString();
}
