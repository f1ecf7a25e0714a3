using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Where the tenant is neither as the plan was made from nor as it should become.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Target">What the step changes, for a person.</param>
/// <param name="Observes">The value in question.</param>
/// <param name="Before">The value the plan was made from.</param>
/// <param name="Now">The value that was just read.</param>
/// <param name="After">The value the plan would set.</param>
public sealed record ThreeWayDifference(
    string StepId, string Target, Observation Observes, JsonNode? Before, JsonNode? Now, JsonNode? After)
{
    /// <summary>Returns the difference in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        $"{StepId} ({Target}): planned before {Show(Before)}, now {Show(Now)}, planned after {Show(After)}";

    internal static string Show(JsonNode? node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PlanJsonWriter.Compact))
        {
            PlanJsonWriter.WriteNode(writer, node, canonical: true);
        }

        var text = Encoding.UTF8.GetString(stream.ToArray());
        return text.Length > 300 ? text.Remove(300) + "…" : text;
    }
}
