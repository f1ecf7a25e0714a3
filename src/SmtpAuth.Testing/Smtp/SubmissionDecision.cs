using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Smtp;

/// <summary>The answer to AUTH: a mailbox that may submit, or a reply.</summary>
/// <param name="Reply">The refusing reply without its trace, or null when accepted.</param>
/// <param name="User">The Entra user of the mailbox that submits; null when refused.</param>
/// <param name="Authenticated">Who signed in, for the SendAs check: the user, or the application's object id.</param>
internal sealed record SubmissionDecision(string? Reply, JsonObject? User, string Authenticated)
{
    public static SubmissionDecision Refused(string reply) => new(reply, null, string.Empty);

    public static SubmissionDecision Accepted(JsonObject user, string authenticated) => new(null, user, authenticated);
}
