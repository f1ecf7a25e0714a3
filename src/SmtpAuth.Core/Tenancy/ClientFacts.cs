namespace SmtpAuth.Tenancy;

/// <summary>What was told about the client, and the time that dates are compared with.</summary>
internal static class ClientFacts
{
    public static IEnumerable<Fact> Of(Derivation derivation)
    {
        var submission = derivation.Submission;
        yield return Told("now", derivation.AsOf);
        yield return Told("client.route", submission.Route.ToName());
        yield return Told("client.mailbox", submission.Mailbox.ToLowerInvariant());
        yield return Told("client.from", derivation.From);
        yield return Told("client.appId", submission.AppId?.ToString("D"));
        yield return Told("client.ipAddress", string.IsNullOrEmpty(submission.IpAddress) ? null : submission.IpAddress);

        static Fact Told(string name, object? value) => Fact.Known(name, value, "told by the caller", null);
    }
}
