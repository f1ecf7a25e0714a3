using System.Text.Json;

namespace SmtpAuth.Tenancy;

/// <summary>What the sign-in log says about the user's latest SMTP sign-in.</summary>
internal static class SignInFacts
{
    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        yield return derivation.Fact("signIn.errorCode", AnswerNames.SignIns, ErrorCode(derivation));
    }

    private static Reading<object?> ErrorCode(Derivation derivation)
    {
        var content = derivation.Content(AnswerNames.SignIns);
        if (content.Failure is { } failure)
        {
            return Reading<object?>.Unknown(failure);
        }

        var own = content.Objects.Where(signIn => IsOwn(signIn, derivation)).ToList();
        var latest = own.Where(IsSmtp)
            .Select(signIn => (SignIn: signIn, At: JsonMembers.Time(JsonMembers.Find(signIn, "createdDateTime"))))
            .OrderByDescending(candidate => candidate.At).FirstOrDefault();
        if (latest.SignIn.ValueKind == JsonValueKind.Object)
        {
            // Without a next page the latest is certain; with one only where the page runs from new to old.
            return content.Incomplete is { } gap && !RunsFromNewToOld(content.Objects)
                ? Reading<object?>.Unknown(gap)
                : JsonMembers.Find(latest.SignIn, "status") is { } status && JsonMembers.Integer(JsonMembers.Find(status, "errorCode")) is { } code
                    ? Reading<object?>.Of(code)
                    : Reading<object?>.Unknown("The latest SMTP sign-in was recorded without its status.");
        }

        return content.Incomplete is { } missing ? Reading<object?>.Unknown(missing)
            : own.Count == 0 && !UserFacts.PrincipalName(derivation).IsKnown && !UserFacts.Id(derivation).IsKnown
                ? Reading<object?>.Unknown("The sign-ins of the user cannot be told: neither id nor user principal name is known.")
            : own.Exists(IsPossiblySmtp) ? Reading<object?>.Unknown("The log shows sign-ins of other clients, which may or may not be SMTP.")
            : Reading<object?>.Of(null);
    }

    private static bool IsOwn(JsonElement signIn, Derivation derivation)
    {
        var principalName = JsonMembers.Text(JsonMembers.Find(signIn, "userPrincipalName"));
        return string.Equals(principalName, derivation.Submission.Mailbox, StringComparison.OrdinalIgnoreCase)
            || Matches(UserFacts.PrincipalName(derivation), principalName)
            || Matches(UserFacts.Id(derivation), JsonMembers.Text(JsonMembers.Find(signIn, "userId")));

        static bool Matches(Fact fact, string? text) =>
            text is not null && fact.IsKnown && string.Equals(fact.Value as string, text, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSmtp(JsonElement signIn) => JsonMembers.Text(JsonMembers.Find(signIn, "clientAppUsed")) is "Authenticated SMTP" or "SMTP";

    private static bool IsPossiblySmtp(JsonElement signIn) => JsonMembers.Text(JsonMembers.Find(signIn, "clientAppUsed")) is "Other clients";

    private static bool RunsFromNewToOld(IReadOnlyList<JsonElement> signIns)
    {
        var times = signIns.Select(signIn => JsonMembers.Time(JsonMembers.Find(signIn, "createdDateTime"))).ToList();
        return times.TrueForAll(time => time is not null)
            && Enumerable.Range(1, Math.Max(0, times.Count - 1)).All(index => times[index] <= times[index - 1]);
    }
}
