using System.Text.Json;
using SmtpAuth.Replies;

namespace SmtpAuth.Cli.Output;

/// <summary>Writes a classified reply. <c>null</c> means that the text has none; only extras are left out.</summary>
internal static class ReplyJson
{
    public static void Write(Utf8JsonWriter json, SmtpReply reply)
    {
        json.WriteStartObject();
        json.WriteNumber("replyCode", reply.ReplyCode);
        json.WriteString("enhancedStatusCode", reply.EnhancedStatusCode?.ToString());
        if (reply.ImpliedReplyCode is { } implied)
        {
            json.WriteNumber("impliedReplyCode", implied);
        }

        json.WriteString("provider", reply.Provider);
        json.WriteString("condition", reply.Condition);
        json.WriteString("server", reply.Server);
        json.WriteTime("time", reply.Time);
        json.WriteString("sessionId", reply.SessionId);
        json.WriteString("text", reply.Text);
        if (reply.Phase is { } phase)
        {
            json.WriteString("phase", phase);
        }

        if (reply.EntraErrorCode is { } entra)
        {
            json.WriteString("aadsts", entra);
        }

        if (reply.Outer is { } outer)
        {
            json.WriteStartObject("outer");
            json.WriteNumber("replyCode", outer.ReplyCode);
            json.WriteString("enhancedStatusCode", outer.EnhancedStatusCode?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
