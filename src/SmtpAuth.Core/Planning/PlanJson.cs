using System.Text;
using System.Text.Json;

namespace SmtpAuth.Planning;

/// <summary>Plans as JSON: what <c>plan --json</c> prints, what is stored, reviewed, approved and applied later.</summary>
/// <remarks>
/// White space and the order of members do not count; every value does, through <see cref="PlanHash"/>. Thread-safe.
/// </remarks>
public static class PlanJson
{
    /// <summary>The longest text that is read, in UTF-16 code units. Real plans are thousands of times shorter.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    /// <summary>Writes a plan with its hash, indented for people.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The JSON text, lines ended by a line feed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="plan"/> is <see langword="null"/>.</exception>
    public static string Write(RemediationPlan plan)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PlanJsonWriter.Indented))
        {
            WriteTo(writer, plan);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes a plan with its hash as one JSON object.</summary>
    /// <param name="writer">Where to; its options decide the looks.</param>
    /// <param name="plan">The plan.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static void WriteTo(Utf8JsonWriter writer, RemediationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(plan);

        PlanJsonWriter.Write(writer, plan, PlanHash.Compute(plan));
    }

    /// <summary>Reads a plan, and refuses one that was altered after it was written.</summary>
    /// <param name="json">The text, as <see cref="Write"/> gave it.</param>
    /// <returns>The plan, equal in every value to the one that was written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is <see langword="null"/>.</exception>
    /// <exception cref="PlanFormatException">
    /// Not JSON, another format version, a member missing, unknown, repeated or of the wrong kind, or a hash that does not
    /// fit the content.
    /// </exception>
    public static RemediationPlan Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);

        if (json.Length > MaximumLength)
        {
            throw new PlanFormatException(
                $"The plan has {json.Length} characters; at most {MaximumLength} are read. Is this the right file?");
        }

        try
        {
            using var document = PlanJsonObject.Parse(json);
            return PlanJsonReader.Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new PlanFormatException($"The plan is not well-formed JSON: {PlanJsonObject.OneLine(error.Message)}", error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // Text that is JSON but not valid Unicode, such as half a surrogate pair.
            throw new PlanFormatException($"The plan holds text that is not valid Unicode: {PlanJsonObject.OneLine(error.Message)}", error);
        }
    }
}
