using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Calls as the text of what would be sent.</summary>
internal static class RequestText
{
    public static string Of(StepAction action) => action switch
    {
        StepAction.Cmdlet cmdlet => $"{cmdlet.Name}\n{Json(cmdlet.Parameters)}",
        StepAction.GraphRequest { Body: { } body } request => $"{request.Method} /{request.Version}{request.Path}\n{Json(body)}",
        StepAction.GraphRequest request => $"{request.Method} /{request.Version}{request.Path}",
        _ => "By hand, in the admin portal.",
    };

    private static string Json(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PlanJsonWriter.Compact))
        {
            PlanJsonWriter.WriteNode(writer, SecretMask.Mask(node), canonical: false);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
