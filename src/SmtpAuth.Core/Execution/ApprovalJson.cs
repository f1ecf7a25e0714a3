using System.Text;
using System.Text.Json;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Approvals as JSON files.</summary>
/// <remarks>Thread-safe.</remarks>
public static class ApprovalJson
{
    /// <summary>Writes an approval.</summary>
    /// <param name="approval">The approval.</param>
    /// <returns>The JSON text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="approval"/> is <see langword="null"/>.</exception>
    public static string Write(Approval approval)
    {
        ArgumentNullException.ThrowIfNull(approval);

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PlanJsonWriter.Indented))
        {
            WriteTo(writer, approval);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads an approval.</summary>
    /// <param name="json">The text, as <see cref="Write"/> gave it.</param>
    /// <returns>The approval.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">The text is not an approval; the message is one line.</exception>
    public static Approval Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);

        try
        {
            using var document = PlanJsonObject.Parse(json);
            return Read(new PlanJsonObject(
                document.RootElement, "approval", message => new FormatException("The approval " + message)));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The approval is not well-formed JSON: {PlanJsonObject.OneLine(error.Message)}", error);
        }
    }

    internal static void WriteTo(Utf8JsonWriter writer, Approval approval)
    {
        writer.WriteStartObject();
        writer.WriteString("planHash", approval.PlanHash);
        writer.WriteString("approvedBy", approval.ApprovedBy);
        PlanJsonWriter.WriteTime(writer, "approvedAt", approval.ApprovedAt);
        PlanJsonWriter.WriteTime(writer, "expires", approval.Expires);
        writer.WriteEndObject();
    }

    internal static Approval Read(PlanJsonObject from)
    {
        var approval = new Approval(from.Text("planHash"), from.Text("approvedBy"), from.Time("approvedAt"), from.Time("expires"));
        from.End();
        return approval;
    }
}
