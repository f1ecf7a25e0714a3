using System.Text.Json.Nodes;

namespace SmtpAuth.Cli.Output;

/// <summary>What differs between two values of a step, as short texts.</summary>
internal static class ValueChanges
{
    public static IEnumerable<(string Name, string Before, string After)> Between(string name, JsonNode? before, JsonNode? after)
    {
        if (before is not JsonObject old || after is not JsonObject wanted)
        {
            return [(name, FactText.Of(before), FactText.Of(after))];
        }

        // Of an object only the members that the step names count.
        return from member in wanted
               where !JsonNode.DeepEquals(old[member.Key], member.Value)
               select ($"{name}.{member.Key}", FactText.Of(old[member.Key]), FactText.Of(member.Value));
    }
}
