using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Finds and fills <c>${created.STEP.property}</c>: properties of what earlier steps created.</summary>
internal static class Placeholders
{
    private const string Opening = "${created.";

    /// <summary>A property of what a step created.</summary>
    public sealed record Reference(string StepId, string Property);

    /// <summary>Finds every reference in everything a step says about values and calls.</summary>
    public static IReadOnlyCollection<Reference> Find(PlanStep step)
    {
        var found = new HashSet<Reference>();
        _ = Fill(step, reference =>
        {
            found.Add(reference);
            return null;
        });
        if (step.Undo is not null)
        {
            _ = Fill(step.Undo, reference =>
            {
                found.Add(reference);
                return null;
            });
        }

        return found;
    }

    /// <summary>Finds the references that must be filled before the step itself can run: its undo is not among them.</summary>
    public static IReadOnlyCollection<Reference> FindNeeded(PlanStep step) => Find(step with { Undo = null });

    /// <summary>Fills a step, its undo left as it is.</summary>
    /// <param name="step">The step.</param>
    /// <param name="lookup">Gives a property; where it gives <see langword="null"/> the text stays as it is.</param>
    public static PlanStep Fill(PlanStep step, Func<Reference, JsonNode?> lookup) => step with
    {
        Observes = step.Observes with { Key = step.Observes.Key is { } key ? FillText(key, lookup, escape: false) : null },
        Before = Fill(step.Before, lookup),
        After = Fill(step.After, lookup),
        Action = Fill(step.Action, lookup),
    };

    /// <summary>Splits a text into plain parts and references; the parts' texts together are the text.</summary>
    public static IReadOnlyList<(string Text, Reference? Reference)> Split(string text)
    {
        var parts = new List<(string Text, Reference? Reference)>();
        var position = 0;
        for (var start = Next(0); start >= 0; start = Next(position))
        {
            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                break;
            }

            var inside = text.Substring(start + Opening.Length, end - start - Opening.Length);
            var dot = inside.IndexOf('.');
            if (start > position)
            {
                parts.Add((text.Substring(position, start - position), null));
            }

            parts.Add((text.Substring(start, end + 1 - start), dot > 0 ? new(inside.Remove(dot), inside.Substring(dot + 1)) : null));
            position = end + 1;
        }

        if (position < text.Length || parts.Count == 0)
        {
            parts.Add((text.Substring(position), null));
        }

        return parts;

        int Next(int from) => text.IndexOf(Opening, from, StringComparison.Ordinal);
    }

    public static StepAction Fill(StepAction action, Func<Reference, JsonNode?> lookup) => action switch
    {
        StepAction.Cmdlet cmdlet => cmdlet with { Parameters = (JsonObject)Fill(cmdlet.Parameters, lookup)! },
        StepAction.GraphRequest request => request with
        {
            Path = FillText(request.Path, lookup, escape: true),
            Body = Fill(request.Body, lookup),
        },
        _ => action,
    };

    private static JsonNode? Fill(JsonNode? node, Func<Reference, JsonNode?> lookup)
    {
        switch (node)
        {
            case JsonObject members:
                var filled = new JsonObject();
                foreach (var member in members)
                {
                    filled[member.Key] = Fill(member.Value, lookup);
                }

                return filled;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Fill(item, lookup))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && text.Contains(Opening, StringComparison.Ordinal):
                return JsonValue.Create(FillText(text, lookup, escape: false));
            default:
                return node?.DeepClone();
        }
    }

    private static string FillText(string text, Func<Reference, JsonNode?> lookup, bool escape) =>
        string.Concat(Split(text).Select(part => part.Reference is { } reference && lookup(reference) is { } value
            ? escape ? Uri.EscapeDataString(Words(value)) : Words(value)
            : part.Text));

    private static string Words(JsonNode value) =>
        value is JsonValue leaf && leaf.TryGetValue<string>(out var words) ? words : value.ToJsonString();
}
