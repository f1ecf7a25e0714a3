using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>Who holds which right on the sender's mailbox or address, from the rows of the permission cmdlets.</summary>
internal static class MailboxRights
{
    private static readonly string[] MailboxAnswers = [AnswerNames.Mailbox, AnswerNames.CasMailbox, AnswerNames.ExchangeUser];
    private static readonly string[] NameMembers =
        ["Identity", "Name", "Alias", "DisplayName", "Guid", "ExchangeGuid", "ExternalDirectoryObjectId", "DistinguishedName"];

    /// <summary>Reads who may send as the From address, addresses in lower case.</summary>
    public static Reading<object?> SendAsTrustees(Derivation derivation) => Rows(derivation, AnswerNames.RecipientPermission, derivation.From)
        .Then(rows => Reading<object?>.Of(Holders(rows, "Trustee", "SendAs").Concat(Gap(derivation, AnswerNames.RecipientPermission)).ToArray()));

    /// <summary>Reads whether one of the names holds a right.</summary>
    public static Reading<object?> Holds(
        Derivation derivation, string answer, string address, string holderMember, string right, IReadOnlyCollection<string> names) =>
        Rows(derivation, answer, address).Then(rows =>
        {
            var holders = Holders(rows, holderMember, right).ToList();
            if (holders.OfType<string>().Any(holder => names.Contains(LastPart(holder), StringComparer.OrdinalIgnoreCase)))
            {
                return Reading<object?>.Of(true);
            }

            return holders.OfType<Unread>().Select(unread => unread.Reason).FirstOrDefault() is { } odd
                ? Reading<object?>.Unknown(odd)
                : derivation.Content(answer).Incomplete is { } gap ? Reading<object?>.Unknown(gap) : Reading<object?>.Of(false);
        });

    private static IEnumerable<object?> Gap(Derivation derivation, string answer) =>
        derivation.Content(answer).Incomplete is { } gap ? [new Unread(answer, gap)] : [];

    private static Reading<IReadOnlyList<JsonElement>> Rows(Derivation derivation, string answer, string address)
    {
        var content = derivation.Content(answer);
        if (content.Failure is { } failure)
        {
            return Reading<IReadOnlyList<JsonElement>>.Unknown(failure);
        }

        if (content.Objects.Count == 0)
        {
            return Reading<IReadOnlyList<JsonElement>>.Unknown(
                $"{answer} holds no row, though the mailbox itself always has one. Read the answer for {address}.");
        }

        var identities = content.Objects.Select(row => JsonMembers.Text(JsonMembers.Find(row, "Identity")) ?? "")
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var known = KnownNames(derivation, address);
        var own = identities.Where(identity => known.Contains(LastPart(identity))).ToList();

        // A single identity that cannot be compared, such as a GUID or a display name, is the one that was asked for.
        if (own.Count == 0 && identities.Count == 1 && !identities[0].Contains('@'))
        {
            own = identities;
        }

        return own.Count == 0
            ? Reading<IReadOnlyList<JsonElement>>.Unknown(
                $"{answer} is about {JsonMembers.OneLine(identities[0])}, not about {address}. Read the answer for {address}.")
            : Reading<IReadOnlyList<JsonElement>>.Of(
                [.. content.Objects.Where(row => own.Contains(JsonMembers.Text(JsonMembers.Find(row, "Identity")) ?? "", StringComparer.OrdinalIgnoreCase))]);
    }

    private static HashSet<string> KnownNames(Derivation derivation, string address)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { address, address.Substring(0, Math.Max(0, address.IndexOf('@'))) };
        foreach (var answer in MailboxAnswers)
        {
            if (derivation.Own(answer) is { IsKnown: true, Value: { } own }
                && (string.Equals(address, derivation.Submission.Mailbox, StringComparison.OrdinalIgnoreCase)
                    || SenderObject.Addresses(own).Contains(address, StringComparer.OrdinalIgnoreCase)))
            {
                names.UnionWith(NameMembers.Select(member => JsonMembers.Text(JsonMembers.Find(own, member)) ?? ""));
            }
        }

        names.Remove("");
        return names;
    }

    private static IEnumerable<object?> Holders(IEnumerable<JsonElement> rows, string holderMember, string right)
    {
        foreach (var row in rows)
        {
            if (JsonMembers.Bool(JsonMembers.Find(row, "Deny")) == true
                || string.Equals(JsonMembers.Text(JsonMembers.Find(row, "AccessControlType")), "Deny", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var holder = JsonMembers.Text(JsonMembers.Find(row, holderMember));
            var rights = JsonMembers.Texts(JsonMembers.Find(row, "AccessRights"))
                .SelectMany(text => (text ?? "?").Trim('{', '}').Split([','], StringSplitOptions.RemoveEmptyEntries))
                .Select(text => text.Trim()).ToList();
            if (rights.Contains(right, StringComparer.OrdinalIgnoreCase))
            {
                yield return holder is null
                    ? new Unread(AnswerNames.RecipientPermission, $"A row has no {holderMember}.")
                    : holder.Contains('@') ? holder.ToLowerInvariant() : holder;
            }
            else if (rights.Count == 0 || rights.Any(text => text.Length == 0 || text == "?" || char.IsDigit(text[0])))
            {
                yield return new Unread(AnswerNames.RecipientPermission, $"The rights of {JsonMembers.OneLine(holder ?? "a row")} were not understood.");
            }
        }
    }

    private static string LastPart(string name) => name.Substring(Math.Max(name.LastIndexOf('/'), name.LastIndexOf('\\')) + 1);
}
