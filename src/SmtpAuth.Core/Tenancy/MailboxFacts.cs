using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>What Exchange Online says about the sender's mailbox.</summary>
internal static class MailboxFacts
{
    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        yield return Exists(derivation);
        yield return derivation.Fact(
            "mailbox.smtpClientAuthenticationDisabled",
            AnswerNames.CasMailbox,
            derivation.OfOwn(AnswerNames.CasMailbox, PropertyReading.NullableBool("SmtpClientAuthenticationDisabled")));
        var type = Type(derivation);
        yield return type;

        // An answer with the whole list goes before one that shows the primary address only.
        yield return derivation.FirstKnown(
            "mailbox.addresses",
            [
                .. new[] { AnswerNames.Mailbox, AnswerNames.CasMailbox, AnswerNames.User }
                    .Select(answer => (answer, derivation.OfOwn(answer, OwnAddresses)))
                    .OrderBy(candidate => candidate.Item2 is { IsKnown: true, Value: object?[] list } && list.OfType<Unread>().Any()),
            ]);
        yield return IsHighVolumeEmail(derivation, type);
        yield return derivation.Fact("mailbox.sendAsTrustees", AnswerNames.RecipientPermission, MailboxRights.SendAsTrustees(derivation));
    }

    // Two answers can tell, so they can disagree; then neither is believed.
    private static Fact Exists(Derivation derivation)
    {
        var (mailbox, clientAccess) = (derivation.Own(AnswerNames.Mailbox), derivation.Own(AnswerNames.CasMailbox));
        var (says, alsoSays) = (Says(mailbox), Says(clientAccess));
        if (says is { } one && alsoSays is { } other && one != other)
        {
            return Fact.Unknown(
                "mailbox.exists",
                $"{AnswerNames.Mailbox} and {AnswerNames.CasMailbox} disagree whether {derivation.Submission.Mailbox} has a mailbox. Read both again.",
                AnswerNames.Mailbox);
        }

        return derivation.FirstKnown(
            "mailbox.exists",
            (AnswerNames.Mailbox, mailbox.Then(own => Reading<object?>.Of(own is not null))),
            (AnswerNames.CasMailbox, clientAccess.Then(own => Reading<object?>.Of(own is not null))));
    }

    private static bool? Says(Reading<JsonElement?> own) => own.IsKnown ? own.Value is not null : null;

    private static Fact Type(Derivation derivation) => derivation.FirstKnown(
        "mailbox.recipientTypeDetails",
        (AnswerNames.Mailbox, derivation.OfOwn(AnswerNames.Mailbox, RecipientTypes.Read)),
        (AnswerNames.ExchangeUser, derivation.OfOwn(AnswerNames.ExchangeUser, RecipientTypes.Read)));

    private static Reading<object?> OwnAddresses(JsonElement own)
    {
        var addresses = SenderObject.MailAddresses(own)
            .Select(address => address.ToLowerInvariant()).Distinct().Cast<object?>().ToList();
        if (JsonMembers.Find(own, "EmailAddresses") is null && JsonMembers.Find(own, "proxyAddresses") is null)
        {
            if (addresses.Count == 0)
            {
                return Reading<object?>.Unknown("It was not asked for: the answer has no EmailAddresses.");
            }

            addresses.Add(new Unread(AnswerNames.Mailbox, "Further addresses were not asked for: the answer has no EmailAddresses."));
        }

        return Reading<object?>.Of(addresses.ToArray());
    }

    // A High Volume Email account is a mail user, so whoever is another type is none. Of a mail user only Get-MailUser
    // -HVEAccount tells; a property of that name is taken where an answer has it.
    private static Fact IsHighVolumeEmail(Derivation derivation, Fact type)
    {
        const string Name = "mailbox.isHighVolumeEmail";
        if (type.IsKnown && !string.Equals(type.Value as string, "MailUser", StringComparison.OrdinalIgnoreCase))
        {
            return Fact.Known(Name, false, type.Source, type.ReadAt);
        }

        return derivation.Fact(Name, AnswerNames.ExchangeUser, type.IsKnown
            ? derivation.OfOwn(AnswerNames.ExchangeUser, PropertyReading.Bool("HVEAccount"))
            : Reading<object?>.Unknown(type.Reason!));
    }
}
