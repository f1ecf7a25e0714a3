using System.Text.Json;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Finds the object that an observation is about.</summary>
internal static class ObservedObject
{
    private static readonly string[] OfSender = [AnswerNames.User, AnswerNames.CasMailbox, AnswerNames.Mailbox, AnswerNames.ExchangeUser];

    private static readonly string[] OfRights = [AnswerNames.MailboxPermission, AnswerNames.RecipientPermission];

    /// <summary>Finds the object.</summary>
    /// <returns>The object; a known <see langword="null"/> where it certainly does not exist; or why it cannot be told.</returns>
    public static Reading<JsonElement?> Find(AnswerContent content, Submission submission, Observation observation)
    {
        if (observation.KeyProperty is not { } property)
        {
            return OfSender.Contains(observation.Answer) ? SenderObject.Find(content, submission.Mailbox) : Only(content);
        }

        if (content.Failure is { } failure)
        {
            return Reading<JsonElement?>.Unknown(failure);
        }

        var found = content.Objects.Where(candidate => !(OfRights.Contains(observation.Answer) && IsDenial(candidate))
            && JsonMembers.Text(JsonMembers.Find(candidate, property)) is { } text
            && string.Equals(text, observation.Key, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count switch
        {
            1 => Reading<JsonElement?>.Of(found[0]),
            0 when content.Incomplete is { } gap => Reading<JsonElement?>.Unknown(gap),
            0 => Reading<JsonElement?>.Of(null),
            _ => Reading<JsonElement?>.Unknown(
                $"{found.Count} objects in {observation.Answer} have the {property} {JsonMembers.OneLine(observation.Key ?? "null")}."),
        };
    }

    private static Reading<JsonElement?> Only(AnswerContent content) =>
        content.Failure is { } failure ? Reading<JsonElement?>.Unknown(failure)
        : content.Objects.Count == 1 ? Reading<JsonElement?>.Of(content.Objects[0])
        : content.Objects.Count == 0 && content.Incomplete is null ? Reading<JsonElement?>.Of(null)
        : Reading<JsonElement?>.Unknown($"{content.Answer.Name} should hold exactly one object and holds {content.Objects.Count}.");

    // A row that denies a right is not the row that grants it.
    private static bool IsDenial(JsonElement candidate) =>
        JsonMembers.Bool(JsonMembers.Find(candidate, "Deny")) == true
        || string.Equals(JsonMembers.Text(JsonMembers.Find(candidate, "AccessControlType")), "Deny", StringComparison.OrdinalIgnoreCase);
}
