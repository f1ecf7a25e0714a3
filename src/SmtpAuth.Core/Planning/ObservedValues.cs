using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Reads the values that steps change, foresees what a change makes of the answers, and compares the two.</summary>
/// <remarks>Pure and thread-safe. Never throws on account of what an answer holds.</remarks>
public static class ObservedValues
{
    /// <summary>Reads a value.</summary>
    /// <param name="answers">The answers to read it from.</param>
    /// <param name="submission">The sender, for answers that hold one object per sender.</param>
    /// <param name="observation">Which value.</param>
    /// <returns>The value, decorations removed, booleans written as text turned into booleans; or why it cannot be told.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static ObservedValue Read(TenantAnswers answers, Submission submission, Observation observation)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(observation);

        var found = ObservedObject.Find(AnswerContent.Of(answers[observation.Answer]), submission, observation);
        if (!found.IsKnown)
        {
            return ObservedValue.Unknown(found.Reason);
        }

        if (observation.Path is not { } path)
        {
            return ObservedValue.Known(found.Value is { } whole ? JsonNodes.Copy(whole, false) : null);
        }

        if (found.Value is not { } target)
        {
            return ObservedValue.Unknown($"{Name(observation, submission)} does not exist, so it has no {path}.");
        }

        foreach (var member in path.Split('.'))
        {
            if (JsonMembers.Find(target, member) is not { } next)
            {
                return ObservedValue.Unknown($"It was not asked for: {Name(observation, submission)} in {observation.Answer} has no {path}.");
            }

            target = next;
        }

        return ObservedValue.Known(JsonNodes.Plain(target, observation.Answer.StartsWith("exchange/", StringComparison.Ordinal)));
    }

    /// <summary>Foresees the answers as they would read after a change.</summary>
    /// <remarks>
    /// Of an object the members that <paramref name="after"/> names are set and the others kept, as the services do. Where the
    /// value cannot be located now, because the answer was not read or the object is not to be told from others, nothing is
    /// foreseen and the answers are returned as they are.
    /// </remarks>
    /// <param name="answers">The answers as they read now.</param>
    /// <param name="submission">The sender.</param>
    /// <param name="observation">Which value changes.</param>
    /// <param name="after">The value after the change; <see langword="null"/> is JSON <c>null</c>, or "removed" for a whole object. Its texts are whole: no half surrogate pairs.</param>
    /// <returns>The answers after the change.</returns>
    /// <exception cref="ArgumentNullException">One of the first three arguments is <see langword="null"/>.</exception>
    public static TenantAnswers Predict(TenantAnswers answers, Submission submission, Observation observation, JsonNode? after)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(observation);

        var answer = answers[observation.Answer];
        var content = AnswerContent.Of(answer);
        var found = ObservedObject.Find(content, submission, observation);
        if (!found.IsKnown || (found.Value is null && observation.Path is not null))
        {
            return answers;
        }

        var list = new JsonArray();
        foreach (var element in content.Objects)
        {
            // Two objects that read alike would not have been found as one.
            var isChanged = found.Value is { } own && string.Equals(own.GetRawText(), element.GetRawText(), StringComparison.Ordinal);
            var node = JsonNodes.Copy(element, true);
            if (isChanged && observation.Path is null && after is null)
            {
                continue;
            }

            list.Add(isChanged ? JsonNodes.Set((JsonObject)node!, observation.Path, after) : node);
        }

        if (found.Value is null && after is JsonObject created)
        {
            list.Add((JsonNode)Create(created, observation));
        }

        return answers.With(TenantAnswer.Read(observation.Answer, JsonNodes.Page(answer.Content, list), answer.Source, answer.ReadAt));
    }

    /// <summary>Decides whether a value already is as a step wants it.</summary>
    /// <param name="now">The value as it reads now.</param>
    /// <param name="after">The value to reach. Of an object only its members count; lists of texts and numbers are sets.</param>
    /// <returns>
    /// <see langword="true"/> when nothing is left to change. Booleans written as text count as booleans, an empty text as null; GUIDs, addresses and
    /// member names are compared without case, other texts exactly; a name equals the distinguished name that holds it.
    /// </returns>
    public static bool Satisfies(JsonNode? now, JsonNode? after) => JsonComparison.Satisfies(now, after, 0);

    private static JsonObject Create(JsonObject created, Observation observation)
    {
        var copy = (JsonObject)created.DeepClone();
        if (observation.KeyProperty is { } property && !copy.Any(member => string.Equals(member.Key, property, StringComparison.OrdinalIgnoreCase)))
        {
            copy[property] = observation.Key;
        }

        return copy;
    }

    private static string Name(Observation observation, Submission submission) =>
        observation.KeyProperty is null ? $"the object of {submission.Mailbox}" : $"the object with {observation.KeyProperty} {observation.Key}";
}
