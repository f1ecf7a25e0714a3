namespace SmtpAuth.Replies;

/// <summary>The conditions: what a server or client can be understood to have said.</summary>
/// <remarks>Thread-safe.</remarks>
public static class ReplyConditions
{
    /// <summary>An Exchange Online sentence that no signature knows: the codes are known, the meaning is not.</summary>
    public const string Unclassified = "unclassified";

    /// <summary>Mail failed, and the text holds too little to say how.</summary>
    public const string UnclassifiableFragment = "unclassifiable-fragment";

    /// <summary>An excerpt of a mail session that shows no failure.</summary>
    public const string NoFailureShown = "no-failure-shown";

    /// <summary>A failure of something other than SMTP.</summary>
    public const string NotSmtp = "not-smtp";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "smtp-auth-disabled-tenant", "smtp-auth-disabled-mailbox", "smtp-auth-disabled-unspecified",
        "basic-auth-disabled", "basic-auth-retired", "credentials-incorrect", "criteria-not-met",
        "security-defaults-blocked", "federated-sts-unreachable", "federated-sts-no-https", "account-locked",
        "auth-unsuccessful-generic", "unrecognized-auth-type", "unclassified", "temporary-auth-failure",
        "xoauth2-bad-response", "xoauth2-token-rejected", "not-authenticated", "starttls-required",
        "starttls-not-offered", "auth-not-offered", "auth-mechanism-mismatch", "client-auth-aborted",
        "client-refused-plain-auth", "client-protocol-desync", "auth-failed-no-detail", "send-as-denied",
        "relay-denied", "relay-denied-attribution", "inbound-connector-blocked", "wrong-region",
        "concurrent-connections", "submission-quota-exceeded", "daily-recipient-limit", "tenant-recipient-limit",
        "tenant-threshold-exceeded", "outbound-ip-blocked", "outbound-sender-blocked", "outbound-spam-blocked",
        "unregistered-domain-blocked", "sender-mailbox-full", "mailbox-logon-failed", "mailbox-inaccessible",
        "submission-failed-generic", "submission-content-rejected", "smtp-service-not-enabled",
        "app-password-required", "web-login-required", "throttled-suspicious", "temporary-server-error",
        "recipient-side-reject", "recipient-side-throttled", "recipient-not-found", "recipient-mailbox-full",
        "mail-loop", "token-acquisition-failed", "tls-version-mismatch", "tls-mode-mismatch",
        "tls-certificate-untrusted", "tls-handshake-failed", "connect-timeout", "read-timeout", "connect-refused",
        "connect-failed", "connection-dropped", "dns-failed", "bad-helo", "local-config-error", "no-failure-shown",
        "not-smtp", "unclassifiable-fragment", "unrelated",
    };

    /// <summary>Gets every condition.</summary>
    public static IReadOnlyCollection<string> All => Known;

    /// <summary>Says whether a name is a condition's.</summary>
    /// <param name="name">The name, compared exactly.</param>
    /// <returns><see langword="true"/> when it is.</returns>
    public static bool IsKnown(string? name) => name is not null && Known.Contains(name);
}
