using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Smtp;

/// <summary>The gates that Exchange itself keeps. Each returns the refusing reply, or null when open.</summary>
internal sealed class ExchangeGates(EmulatedState state, EmulatedBehavior behavior, TimeProvider timeProvider)
{
    private static readonly TimeSpan AfterTokenReset = TimeSpan.FromMinutes(30);

    public bool HasMailbox(string id) =>
        state.Find(ObjectKinds.Mailboxes, id) is not null || state.Find(ObjectKinds.MailUsers, id).Flag("#HVEAccount") == true;

    public bool IsHighVolumeEmail(string id) => state.Find(ObjectKinds.MailUsers, id).Flag("#HVEAccount") == true;

    public string? AuthenticationPolicy(string id)
    {
        var lag = PolicyDelay(id);
        var reference = state.AsSeen(ObjectKinds.ExchangeUsers, id, lag).Text("AuthenticationPolicy")
            ?? state.SingleAsSeen(ObjectKinds.OrganizationConfig, lag).Text("DefaultAuthenticationPolicy");
        var policy = reference is null ? null : state.AsSeen(ObjectKinds.AuthenticationPolicies, lag).FirstOrDefault(known =>
            EmulatedState.Same(known.Text("Name"), reference)
            || EmulatedState.Same(known.Text("Guid"), reference)
            || EmulatedState.Same(known.Text("DistinguishedName"), reference));
        return policy is null || policy.Flag("AllowBasicAuthSmtp") == true ? null
            : IsHighVolumeEmail(id) ? SmtpReplies.HveRefused
            : SmtpReplies.BasicDisabled;
    }

    public string? SmtpAuthSwitch(string id)
    {
        if (state.Find(ObjectKinds.CasMailboxes, id) is null)
        {
            return null;
        }

        var mailbox = state.AsSeen(ObjectKinds.CasMailboxes, id, behavior.Delays.MailboxSmtpAuth).Flag("SmtpClientAuthenticationDisabled");
        var organization = state.SingleAsSeen(ObjectKinds.TransportConfig, behavior.Delays.OrganizationSmtpAuth)
            .Flag("SmtpClientAuthenticationDisabled");
        return (mailbox, organization) switch
        {
            (true, _) => SmtpReplies.DisabledForMailbox,
            (null, true) => SmtpReplies.DisabledForTenant,
            _ => null,
        };
    }

    /// <summary>Tells whether a mailbox has the licence it needs; shared mailboxes and High Volume Email need none.</summary>
    public bool IsLicensed(JsonObject user)
    {
        var id = user.Text("id")!;
        return state.Find(ObjectKinds.Mailboxes, id).Text("RecipientTypeDetails") != "UserMailbox"
            || (user["assignedPlans"] is JsonArray plans && plans.Any(plan =>
                plan.Text("capabilityStatus") is "Enabled" or "Warning"
                && KnownIds.MailboxPlans.Contains(plan.Text("servicePlanId") ?? string.Empty)));
    }

    /// <summary>Tells whether who signed in may send as an address.</summary>
    public bool MaySendAs(JsonObject user, string authenticated, string address)
    {
        var id = user.Text("id")!;
        var own = state.Find(ObjectKinds.Mailboxes, id) ?? state.Find(ObjectKinds.MailUsers, id);
        if (EmulatedState.Same(own.Text("PrimarySmtpAddress"), address)
            || own.Texts("EmailAddresses").Any(known => EmulatedState.Same(known[(known.IndexOf(':', StringComparison.Ordinal) + 1)..], address)))
        {
            return true;
        }

        var trustees = new[] { authenticated, id, user.Text("userPrincipalName"), own.Text("Identity"), own.Text("PrimarySmtpAddress") };
        var mailbox = state.All(ObjectKinds.Mailboxes).FirstOrDefault(known => known.Texts("EmailAddresses")
            .Any(alias => EmulatedState.Same(alias[(alias.IndexOf(':', StringComparison.Ordinal) + 1)..], address)));
        return mailbox is not null && state.AsSeen(ObjectKinds.RecipientPermissions, behavior.Delays.Permissions).Any(permission =>
            EmulatedState.Same(permission.Text("#mailbox"), mailbox.Text("PrimarySmtpAddress"))
            && trustees.Any(trustee => trustee is not null && EmulatedState.Same(permission.Text("Trustee"), trustee)));
    }

    public bool MayOpen(JsonObject mailboxUser, params string?[] who)
    {
        var mailbox = state.Find(ObjectKinds.Mailboxes, mailboxUser.Text("id")!);
        return mailbox is not null && state.AsSeen(ObjectKinds.MailboxPermissions, behavior.Delays.Permissions).Any(permission =>
            EmulatedState.Same(permission.Text("#mailbox"), mailbox.Text("PrimarySmtpAddress"))
            && permission.Texts("AccessRights").Contains("FullAccess")
            && who.Any(one => one is not null && EmulatedState.Same(permission.Text("User"), one)));
    }

    // A reset of the user's tokens makes Exchange look the policy up again within half an hour.
    private TimeSpan PolicyDelay(string id)
    {
        var delay = behavior.Delays.AuthenticationPolicy;
        var reset = state.Find(ObjectKinds.ExchangeUsers, id).Text("StsRefreshTokensValidFrom");
        return delay > AfterTokenReset
            && DateTimeOffset.TryParse(reset, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
            && timeProvider.GetUtcNow() - at < delay
                ? AfterTokenReset
                : delay;
    }
}
