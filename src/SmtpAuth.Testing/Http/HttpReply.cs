using System.Text;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Http;

/// <summary>One answer, before it is written to a connection or into a batch.</summary>
internal sealed class HttpReply
{
    public HttpReply(int status, JsonNode? json = null)
    {
        Status = status;
        Json = json;
        Content = json is null ? [] : Encoding.UTF8.GetBytes(Model.Json.Write(json));
    }

    public HttpReply(int status, byte[] content, string contentType)
    {
        Status = status;
        Content = content;
        ContentType = contentType;
    }

    public int Status { get; }

    public JsonNode? Json { get; }

    public byte[] Content { get; }

    public string? ContentType { get; set; }

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HttpReply With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
