using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Reads an object so that it can be written back whole: type annotations are kept, other decorations are not.</summary>
internal static class WritableJson
{
    private const string TypeAnnotation = "@odata.type";

    public static JsonNode? Read(TenantAnswers answers, Submission submission, Observation observation)
    {
        var found = ObservedObject.Find(AnswerContent.Of(answers[observation.Answer]), submission, observation);
        if (found is not { IsKnown: true, Value: { } target })
        {
            return null;
        }

        foreach (var member in observation.Path?.Split('.') ?? [])
        {
            if (JsonMembers.Find(target, member) is not { } next)
            {
                return null;
            }

            target = next;
        }

        return target.ValueKind == JsonValueKind.Object ? WithoutDecorations(JsonNodes.Copy(target, true)) : null;
    }

    private static JsonNode? WithoutDecorations(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var name in map.Select(member => member.Key).Where(key => key.Contains('@') && key != TypeAnnotation).ToList())
                {
                    map.Remove(name);
                }

                foreach (var member in map)
                {
                    WithoutDecorations(member.Value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    WithoutDecorations(item);
                }

                break;
        }

        return node;
    }
}
