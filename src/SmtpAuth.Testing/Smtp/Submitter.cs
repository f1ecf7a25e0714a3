using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Smtp;

/// <summary>What happens to a whole message: licence, right to send as, limits, acceptance.</summary>
/// <param name="context">What all connections share.</param>
/// <param name="user">The user whose mailbox submits.</param>
/// <param name="authenticated">Who signed in.</param>
/// <param name="mechanism">How.</param>
/// <param name="slot">Which of the mailbox's concurrent connections this is, from 1.</param>
internal sealed class Submitter(SmtpContext context, JsonObject user, string authenticated, string mechanism, int slot)
{
    public const long LargestMessage = 157_286_400;

    public string Mailbox { get; } = user.Text("userPrincipalName")!;

    public bool MayReach(string recipient) => !context.Exchange.IsHighVolumeEmail(user.Text("id")!)
        || context.State.All(ObjectKinds.AcceptedDomains)
            .Any(domain => EmulatedState.Same(domain.Text("DomainName"), recipient[(recipient.LastIndexOf('@') + 1)..]));

    /// <summary>Accepts or refuses a message, and returns the reply.</summary>
    public string Submit(SmtpEnvelope envelope, MessageBuffer message, SmtpTrace trace)
    {
        if (message.Size > LargestMessage)
        {
            return SmtpReplies.TooLarge + trace.Suffix;
        }

        if (!context.Exchange.IsLicensed(user))
        {
            return SmtpReplies.InvalidLicense + trace.Suffix;
        }

        var text = message.Text();
        var from = MessageBuffer.AddressIn(MessageBuffer.Header(text, "From"));
        if (((string?[])[envelope.Sender, from]).FirstOrDefault(IsForeign) is { } foreign)
        {
            return SmtpReplies.SendAsDenied(Mailbox, foreign);
        }

        if (slot > context.Behavior.MostConnectionsPerMailbox)
        {
            return SmtpReplies.TooManyConnections;
        }

        if (!context.Slots.TrySend(Mailbox, envelope.Recipients.Count, context.Behavior.MostRecipientsPerDay))
        {
            return SmtpReplies.DayLimit + trace.Suffix;
        }

        return context.State.Find(ObjectKinds.Mailboxes, user.Text("id")!).Flag("#restricted") == true
            ? SmtpReplies.RestrictedSender + trace.Suffix
            : Accept(envelope, message, text, trace);
    }

    private bool IsForeign(string? sender) =>
        !string.IsNullOrEmpty(sender) && !context.Exchange.MaySendAs(user, authenticated, sender);

    private string Accept(SmtpEnvelope envelope, MessageBuffer message, string text, SmtpTrace trace)
    {
        var id = Guid.NewGuid().ToString("D");
        var messageId = MessageBuffer.Header(text, "Message-ID");
        context.Accepted.Add(new AcceptedMessage(
            id,
            Mailbox,
            mechanism,
            envelope.Sender ?? string.Empty,
            [.. envelope.Recipients],
            messageId,
            MessageBuffer.Header(text, "Subject"),
            message.Size,
            text,
            context.Behavior.ClientIpAddress,
            context.TimeProvider.GetUtcNow()));
        return SmtpReplies.Accepted(messageId is { Length: <= 200 } ? messageId : $"<{id}@{trace.FrontEnd}>");
    }
}
