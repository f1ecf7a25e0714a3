using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>The error object that Graph and the Exchange endpoint answer with, also inside a successful answer.</summary>
/// <param name="Text">What the service said, one line.</param>
/// <param name="IsNotFound">Whether it said that the object does not exist.</param>
internal sealed record ServiceError(string Text, bool IsNotFound)
{
    private static readonly string[] ErrorMembers = ["error", "@odata.error", "odata.error"];

    /// <summary>Reads the error of an answer, or gives <see langword="null"/> where it has none.</summary>
    public static ServiceError? Of(JsonElement content)
    {
        var error = ErrorMembers.Select(name => JsonMembers.Find(content, name)).FirstOrDefault(found => JsonMembers.IsSet(found));
        if (error is not { } present)
        {
            return null;
        }

        var code = JsonMembers.Text(JsonMembers.Find(present, "code"));
        var (type, message) = Innermost(present);
        var text = string.Join(": ", new[] { code, message }.Where(part => !string.IsNullOrWhiteSpace(part)).Distinct());
        var notFound = (type?.IndexOf("NotFoundException", StringComparison.OrdinalIgnoreCase) ?? -1) >= 0
            || string.Equals(code, "Request_ResourceNotFound", StringComparison.OrdinalIgnoreCase)
            || string.Equals(code, "ResourceNotFound", StringComparison.OrdinalIgnoreCase);
        return new(JsonMembers.OneLine(text.Length == 0 ? "an error without a text" : text), notFound);
    }

    private static (string? Type, string? Message) Innermost(JsonElement error)
    {
        var inner = JsonMembers.Find(error, "innererror");
        if (inner is { } outer && JsonMembers.Find(outer, "internalexception") is { } exception
            && JsonMembers.Text(JsonMembers.Find(exception, "message")) is { Length: > 0 } deepest)
        {
            return (JsonMembers.Text(JsonMembers.Find(exception, "type")), deepest);
        }

        if (JsonMembers.Find(error, "details") is { ValueKind: JsonValueKind.Array } details && details.GetArrayLength() > 0
            && JsonMembers.Text(JsonMembers.Find(details[0], "message")) is { } detail)
        {
            var parts = detail.Split(['|'], 3);
            if (parts.Length == 3)
            {
                return (parts[1], parts[2]);
            }
        }

        return (null, JsonMembers.Text(JsonMembers.Find(error, "message")) ?? JsonMembers.Text(error));
    }
}
