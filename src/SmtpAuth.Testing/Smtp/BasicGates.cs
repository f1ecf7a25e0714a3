using System.Text.Json.Nodes;
using SmtpAuth.Testing.Entra;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Smtp;

/// <summary>What a submission with user name and password meets, in order. The first closed gate answers.</summary>
/// <remarks>Exchange's own gates come before Entra is asked, so they leave no sign-in entry.</remarks>
internal sealed class BasicGates(
    EmulatedState state, EmulatedBehavior behavior, ExchangeGates exchange, ConditionalAccessEngine policies, SignInLog signIns,
    TimeProvider timeProvider)
{
    public SubmissionDecision Decide(string userName, string password)
    {
        // Basic sign-in takes the user principal name; another address of the mailbox is an unknown user to Entra.
        var user = state.All(ObjectKinds.Users).FirstOrDefault(known => EmulatedState.Same(known.Text("userPrincipalName"), userName));
        var id = user.Text("id");
        if (behavior.BasicAuthenticationRetiredFrom is { } from && timeProvider.GetUtcNow() >= from
            && (id is null || !exchange.IsHighVolumeEmail(id)))
        {
            return SubmissionDecision.Refused(SmtpReplies.Retired);
        }

        if (id is not null && (exchange.AuthenticationPolicy(id) ?? exchange.SmtpAuthSwitch(id)) is { } closed)
        {
            return SubmissionDecision.Refused(closed);
        }

        return Federation(userName) is { } unreachable
            ? SubmissionDecision.Refused(unreachable)
            : Entra(user, userName, password);
    }

    private string? Federation(string userName)
    {
        var domain = userName[(userName.LastIndexOf('@') + 1)..];
        var federation = state.All(ObjectKinds.Domains).FirstOrDefault(known => EmulatedState.Same(known.Text("id"), domain)).Text("#federation");
        return federation switch
        {
            nameof(DomainFederation.FederatedUnreachable) => SmtpReplies.FederationUnreachable,
            nameof(DomainFederation.FederatedWithoutHttps) => SmtpReplies.FederationWithoutHttps,
            _ => null,
        };
    }

    private SubmissionDecision Entra(JsonObject? user, string userName, string password)
    {
        if (user?.Text("id") is not { } id)
        {
            signIns.Add(null, userName, 50034, []);
            return SubmissionDecision.Refused(SmtpReplies.Credentials);
        }

        var mfa = state.AsSeen(ObjectKinds.AuthenticationRequirements, id, behavior.Delays.PerUserMfa).Text("perUserMfaState") ?? "disabled";
        var isAppPassword = mfa is "enabled" or "enforced" && state.Credentials.Of(id).IsAppPassword(password);
        if (Account(user, id, password, isAppPassword) is var (accountReply, code))
        {
            signIns.Add(user, userName, code, []);
            return SubmissionDecision.Refused(accountReply);
        }

        if (state.AsSeen(ObjectKinds.SecurityDefaults, KnownIds.SecurityDefaults, behavior.Delays.SecurityDefaults).Flag("isEnabled") == true)
        {
            signIns.Add(user, userName, 530035, []);
            return SubmissionDecision.Refused(SmtpReplies.SecurityDefaults);
        }

        var conditions = new SignInConditions(
            "other", KnownIds.ExchangeAppId, behavior.ClientIpAddress, behavior.ClientCountry, behavior.SignInRisk, "none");
        var applied = policies.Evaluate(user, conditions, behavior.Delays.ConditionalAccess);
        if (applied.Where(policy => policy.Result == "failure").OrderByDescending(policy => policy.ErrorCode == 53003).FirstOrDefault() is { } refusing)
        {
            signIns.Add(user, userName, refusing.ErrorCode, applied);
            return SubmissionDecision.Refused(SmtpReplies.Criteria);
        }

        if (mfa == "enforced" && !isAppPassword)
        {
            signIns.Add(user, userName, 50126, applied);
            return SubmissionDecision.Refused(SmtpReplies.Credentials);
        }

        signIns.Add(user, userName, 0, applied);
        return exchange.HasMailbox(id)
            ? SubmissionDecision.Accepted(user, user.Text("userPrincipalName")!)
            : SubmissionDecision.Refused(SmtpReplies.Unsuccessful);
    }

    private (string Reply, int Code)? Account(JsonObject user, string id, string password, bool isAppPassword)
    {
        var credentials = state.Credentials.Of(id);
        var now = timeProvider.GetUtcNow();
        if (credentials.IsLockedAt(now))
        {
            return (SmtpReplies.AccountIssue, 50053);
        }

        if (user.Flag("accountEnabled") == false)
        {
            return (SmtpReplies.AccountIssue, 50057);
        }

        if (credentials.Password is null && !isAppPassword)
        {
            return (SmtpReplies.Credentials, 50056);
        }

        if (!isAppPassword && credentials.Password != password)
        {
            credentials.CountWrong(password, now);
            return (SmtpReplies.Credentials, 50126);
        }

        credentials.CountRight();
        return credentials.PasswordExpired ? (SmtpReplies.AccountIssue, 50055) : null;
    }
}
