namespace SmtpAuth.Testing;

/// <summary>How long a change takes to reach submissions, per setting. Reads of the setting show it at once.</summary>
/// <remarks>
/// <para>Every default is zero. In the field: SMTP AUTH switches minutes to an hour, authentication policies up to 24
/// hours, Conditional Access up to 24 hours, security defaults minutes, mailbox permissions 15 to 60 minutes
/// (as of 2026-11).</para>
/// <para>May be changed while the tenant runs.</para>
/// </remarks>
public sealed class PropagationDelays
{
    /// <summary>Gets or sets the delay of the mailbox's SMTP AUTH switch.</summary>
    public TimeSpan MailboxSmtpAuth { get; set; }

    /// <summary>Gets or sets the delay of the organization's SMTP AUTH switch.</summary>
    public TimeSpan OrganizationSmtpAuth { get; set; }

    /// <summary>Gets or sets the delay of authentication policies and of their assignment.</summary>
    /// <value>Half an hour at most applies once the user's refresh tokens were invalidated
    /// (<c>Set-User -StsRefreshTokensValidFrom</c>).</value>
    public TimeSpan AuthenticationPolicy { get; set; }

    /// <summary>Gets or sets the delay of security defaults.</summary>
    public TimeSpan SecurityDefaults { get; set; }

    /// <summary>Gets or sets the delay of Conditional Access policies.</summary>
    public TimeSpan ConditionalAccess { get; set; }

    /// <summary>Gets or sets the delay of the per-user MFA state.</summary>
    public TimeSpan PerUserMfa { get; set; }

    /// <summary>Gets or sets the delay of Exchange service principals, mailbox and recipient permissions and role assignments.</summary>
    public TimeSpan Permissions { get; set; }

    /// <summary>Sets every delay.</summary>
    /// <param name="delay">The delay, zero or more.</param>
    /// <returns>The same object.</returns>
    public PropagationDelays All(TimeSpan delay)
    {
        MailboxSmtpAuth = OrganizationSmtpAuth = AuthenticationPolicy = SecurityDefaults = delay;
        ConditionalAccess = PerUserMfa = Permissions = delay;
        return this;
    }
}
