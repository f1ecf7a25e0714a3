using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Entra;
using SmtpAuth.Testing.Model;
using SmtpAuth.Testing.Tokens;

namespace SmtpAuth.Testing.Smtp;

/// <summary>What a submission with a token meets. The SMTP AUTH switch counts here too; everything else is 535 5.7.3.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth"/>
internal sealed class OAuthGates(
    EmulatedState state, EmulatedBehavior behavior, ExchangeGates exchange, ApplicationScopes scopes, TokenIssuer issuer)
{
    private const string SendRole = "Application SMTP.SendAsApp";

    public SubmissionDecision Decide(string response)
    {
        if (Parse(response) is not var (userName, tokenText))
        {
            return SubmissionDecision.Refused(SmtpReplies.Unsuccessful);
        }

        var user = FindMailboxUser(userName);
        if (user is not null && exchange.SmtpAuthSwitch(user.Text("id")!) is { } closed)
        {
            return SubmissionDecision.Refused(closed);
        }

        var token = issuer.Read(tokenText);
        if (token is not { Audience: AccessToken.Exchange or AccessToken.Outlook or KnownIds.ExchangeAppId } || issuer.HasExpired(token)
            || user is null || !exchange.HasMailbox(user.Text("id")!))
        {
            return SubmissionDecision.Refused(SmtpReplies.Unsuccessful);
        }

        var allowed = token.IsApplication ? AllowsApplication(token, user) : AllowsUser(token, user);
        return allowed
            ? SubmissionDecision.Accepted(user, token.UserPrincipalName ?? token.ObjectId)
            : SubmissionDecision.Refused(SmtpReplies.Unsuccessful);
    }

    // base64("user=" + user + ^A + "auth=Bearer " + token + ^A^A)
    private static (string User, string Token)? Parse(string response)
    {
        if (!Base64.IsValid(response))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(response)).Split('\u0001');
        return parts is [var user, var auth, "", ""]
            && user.StartsWith("user=", StringComparison.Ordinal)
            && auth.StartsWith("auth=Bearer ", StringComparison.OrdinalIgnoreCase)
                ? (user["user=".Length..], auth["auth=Bearer ".Length..])
                : null;
    }

    private JsonObject? FindMailboxUser(string address)
    {
        var byName = state.All(ObjectKinds.Users).FirstOrDefault(user => EmulatedState.Same(user.Text("userPrincipalName"), address));
        var mailbox = byName is not null ? null : state.All(ObjectKinds.Mailboxes)
            .FirstOrDefault(known => EmulatedState.Same(known.Text("PrimarySmtpAddress"), address));
        return byName ?? (mailbox is null ? null : state.Find(ObjectKinds.Users, mailbox.Text("ExternalDirectoryObjectId")!));
    }

    private bool AllowsUser(AccessToken token, JsonObject mailbox)
    {
        var caller = state.Find(ObjectKinds.Users, token.ObjectId);
        return caller.Flag("accountEnabled") == true
            && token.Scopes.Contains("SMTP.Send", StringComparer.OrdinalIgnoreCase)
            && (caller.Text("id") == mailbox.Text("id") || exchange.MayOpen(mailbox, caller.Text("userPrincipalName"), caller.Text("id")));
    }

    // With the claim, rights on the mailbox decide; without it, a role assignment does.
    private bool AllowsApplication(AccessToken token, JsonObject mailbox)
    {
        var lag = behavior.Delays.Permissions;
        var registered = state.AsSeen(ObjectKinds.ExchangeServicePrincipals, lag)
            .FirstOrDefault(principal => EmulatedState.Same(principal.Text("AppId"), token.AppId));
        if (registered is null || !EmulatedState.Same(registered.Text("ObjectId"), token.ObjectId))
        {
            return false;
        }

        return token.Roles.Contains("SMTP.SendAsApp")
            ? exchange.MayOpen(mailbox, token.ObjectId, token.AppId, registered.Text("DisplayName"), registered.Text("Sid"))
            : state.AsSeen(ObjectKinds.ManagementRoleAssignments, lag).Any(assignment =>
                EmulatedState.Same(assignment.Text("Role"), SendRole)
                && EmulatedState.Same(assignment.Text("App"), token.ObjectId)
                && scopes.Covers(assignment, mailbox.Text("id")!));
    }
}
