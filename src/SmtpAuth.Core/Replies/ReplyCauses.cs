namespace SmtpAuth.Replies;

/// <summary>The causes: why a submission can have been refused.</summary>
/// <remarks>Thread-safe. Rules use the same names.</remarks>
public static class ReplyCauses
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "tenant-smtp-auth-off", "mailbox-smtp-auth-off", "security-defaults-on", "ca-blocks-legacy-auth",
        "ca-location-or-legacy-block", "ca-blocks-token", "per-user-mfa", "mfa-required", "auth-policy-blocks-basic",
        "consumer-basic-auth-off", "adfs-unreachable", "adfs-tls", "basic-auth-retired", "mailbox-on-premises",
        "account-disabled", "password-expired", "ca-requires-device", "unlicensed-mailbox", "mailbox-cancelled",
        "wrong-password", "wrong-username", "stale-credentials", "empty-password", "app-password-needed",
        "no-credentials-configured", "account-flagged-suspicious", "account-not-verified", "account-blocked",
        "credential-not-propagated", "smtp-service-off", "smtp-intercepted-by-host", "oauth-scope-missing",
        "oauth-scope-invalid", "oauth-consent-missing", "oauth-wrong-account", "oauth-wrong-client-id",
        "oauth-client-secret-wrong", "oauth-client-secret-expired", "oauth-redirect-uri", "oauth-flow-unsupported",
        "oauth-token-expired", "oauth-mailbox-permission-missing", "client-xoauth2-bug", "client-sent-no-auth",
        "client-used-auth-plain", "client-lacks-auth-login", "client-lacks-starttls", "client-library-bug",
        "mechanism-filter", "no-starttls-before-auth", "auth-sent-to-mx", "wrong-host", "blank-after-host-name",
        "wrong-port", "secure-true-on-587", "tls-too-old", "tls-inspection-proxy", "certificate-name-mismatch",
        "port-25-blocked", "bad-helo-name", "script-encoding", "from-mismatch", "sendas-missing",
        "sandbox-or-unverified-identity", "connector-ip-changed", "connector-ip-missing",
        "connector-certificate-mismatch", "connector-certificate-chain", "connector-type-partner",
        "too-many-connections", "recipient-rate-limit", "tenant-recipient-limit", "trial-tenant-limit",
        "trial-tenant-low-reputation", "sending-limit-or-compromised", "sender-domain-not-accepted-domain",
        "sender-mailbox-full", "ip-on-blocklist",
    };

    /// <summary>Gets every cause.</summary>
    public static IReadOnlyCollection<string> All => Known;

    /// <summary>Says whether a name is a cause's.</summary>
    /// <param name="name">The name, compared exactly.</param>
    /// <returns><see langword="true"/> when it is.</returns>
    public static bool IsKnown(string? name) => name is not null && Known.Contains(name);
}
