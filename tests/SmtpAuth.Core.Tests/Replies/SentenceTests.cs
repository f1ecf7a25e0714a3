using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

/// <summary>Sentences and their near misses. The sentence decides, not the code.</summary>
public class SentenceTests
{
    private const string Tag = " [XX0PR00CA0001.namprd00.prod.outlook.com 2026-01-01T00:00:00.000Z 08DE000000000000]";
    private const string Unsuccessful = "535 5.7.139 Authentication unsuccessful, ";
    private const string DotNet = "The SMTP server requires a secure connection or the client was not authenticated. The server response was: ";

    public static TheoryData<string, string, string, string?> Sentences => new()
    {
        // reply    =>    condition, provider, gate
        { Unsuccessful + "SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information." + Tag, "smtp-auth-disabled-tenant", "exchange-online", "smtp-auth-switch" },
        { Unsuccessful + "SmtpClientAuthentication is disabled for the Mailbox." + Tag, "smtp-auth-disabled-mailbox", "exchange-online", "smtp-auth-switch" },
        { Unsuccessful + "SmtpClientAuthentication is disabled", "smtp-auth-disabled-unspecified", "exchange-online", "smtp-auth-switch" }, // cut before the scope
        { Unsuccessful + "SmtpClientAuthentication is disabled for the Mailbox (or: for the Tenant)", "smtp-auth-disabled-unspecified", "exchange-online", "smtp-auth-switch" }, // names both
        { Unsuccessful + "basic authentication is disabled." + Tag, "basic-auth-disabled", "exchange-online", "authentication-policy" },
        { "* NO Basic authentication is disabled. (IMAP)", "not-smtp", "unknown", null }, // same words, other protocol
        { Unsuccessful + "the user credentials were incorrect." + Tag, "credentials-incorrect", "exchange-online", "account" },
        { Unsuccessful + "the request did not meet the criteria to be authenticated successfully. Contact your administrator." + Tag, "criteria-not-met", "exchange-online", "conditional-access" },
        { Unsuccessful + "user is locked by your organization's security defaults policy. Contact your administrator." + Tag, "security-defaults-blocked", "exchange-online", "security-defaults" },
        { Unsuccessful + "user is locked by your\norganization’s security defaults policy.", "security-defaults-blocked", "exchange-online", "security-defaults" },
        { Unsuccessful + "account has an issue. Contact your administrator." + Tag, "account-locked", "exchange-online", "account" },
        { Unsuccessful + "federated STS service was unreachable.", "federated-sts-unreachable", "exchange-online", "federation" },
        { Unsuccessful + "the federated STS URL does not support HTTPS.", "federated-sts-no-https", "exchange-online", "federation" },
        { Unsuccessful + "the moon is in the wrong house." + Tag, "unclassified", "exchange-online", null }, // unknown sentence: no guess
        { "535 5.7.3 Something that nobody has seen yet" + Tag, "unclassified", "exchange-online", null },
        { "535 5.7.139 Authentication unsuccessful", "unclassifiable-fragment", "exchange-online", null }, // sentence missing
        { "535 5.7.3 Authentication unsuccessful", "auth-unsuccessful-generic", "exchange-any", "account" }, // no host: cannot tell which Exchange
        { "535 5.7.3 Authentication unsuccessful" + Tag, "auth-unsuccessful-generic", "exchange-online", "account" },
        { "451 5.7.3 STARTTLS is required to send mail", "starttls-required", "exchange-any", "tls" }, // 5.7.3 and not about the password
        { "550 5.7.3 Message classification was not recognized", "submission-failed-generic", "exchange-any", null },
        { "550 5.7.30 Basic authentication is not supported for Client Submission.", "basic-auth-retired", "exchange-online", "basic-retirement" },
        { "535 5.7.30 Basic authentication is not supported for Client Submission.", "basic-auth-retired", "exchange-online", "basic-retirement" },
        { "REQUIRETLS not supported by server: 5.7.30 REQUIRETLS support required", "starttls-not-offered", "unknown", "tls" }, // RFC 8689 owns 5.7.30
        { "504 5.7.4 Unrecognized authentication type" + Tag, "unrecognized-auth-type", "exchange-online", "mechanism" },
        { "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM" + Tag, "not-authenticated", "exchange-online", "mechanism" },
        { DotNet + "5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, account has an issue." + Tag, "account-locked", "exchange-online", "account" },
        { DotNet + "5.7.0 Must issue a STARTTLS command first. x1sm0 - gsmtp", "starttls-required", "gmail", "tls" }, // here .NET's words are right
        { DotNet + "5.7.1 Client was not authenticated", "not-authenticated", "exchange-onprem", "mechanism" },
        { "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls." + Tag, "tls-version-mismatch", "exchange-online", "tls" },
        { "550 5.7.60 SMTP; Client does not have permissions to send as this sender" + Tag, "send-as-denied", "exchange-online", "send-as" },
        { "554 5.2.252 SendAsDenied; a@contoso.com not allowed to send as b@contoso.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; x", "send-as-denied", "exchange-online", "send-as" },
        { "550 5.2.252 Sender throttled due to continuous send as denied errors.", "submission-quota-exceeded", "exchange-online", "limits" }, // same code, other meaning
        { "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "concurrent-connections", "exchange-online", "limits" },
        { "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded", "recipient-side-throttled", "exchange-online", null }, // the recipient's limit
        { "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; x", "submission-quota-exceeded", "exchange-online", "limits" },
        { "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; x", "sender-mailbox-full", "exchange-online", "mailbox" },
        { "552 5.2.2 Mailbox full", "recipient-mailbox-full", "other", null }, // somebody else's mailbox
        { "430 4.2.0 STOREDRV; mailbox logon failure; STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed; x", "mailbox-logon-failed", "exchange-online", "oauth-authorization" },
        { "550 5.7.64 TenantAttribution; Relay Access Denied SMTP", "relay-denied-attribution", "exchange-online", "endpoint" },
        { "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources", "relay-denied", "exchange-online", "endpoint" },
        { "554 5.7.1 <u@example.com>: Relay access denied", "relay-denied", "other", "endpoint" }, // anybody's words
        { "451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35", "wrong-region", "exchange-online", "endpoint" },
        { "550 5.4.1 Recipient address rejected: Access denied." + Tag, "recipient-not-found", "exchange-online", null }, // not about access
        { "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", "recipient-side-reject", "exchange-onprem", null }, // not about SMTP AUTH
        { "550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy. - gsmtp", "recipient-side-reject", "gmail", null },
        { "535 5.7.8 Username and Password not accepted. x1sm0 - gsmtp", "credentials-incorrect", "gmail", "account" },
        { "534 5.7.9 Application-specific password required. https://support.google.com/mail/?p=InvalidSecondFactor", "app-password-required", "gmail", "account" },
        { "535 5.7.8 Error: authentication failed: (reason unavailable)", "credentials-incorrect", "postfix", "account" },
        { "535 Authentication credentials invalid", "credentials-incorrect", "other", "account" },
        { "AADSTS65001: The user or administrator has not consented to use the application.", "token-acquisition-failed", "entra-id", "oauth-authorization" },
        { "SMTP-Fehler: Authentifizierung fehlgeschlagen.", "auth-failed-no-detail", "none", "account" },
        { "Failure sending mail.", "unclassifiable-fragment", "unknown", null },
        { "connect ETIMEDOUT 192.0.2.1:587", "connect-timeout", "unknown", "network" },
        { "connect ECONNREFUSED 192.0.2.1:587", "connect-refused", "unknown", "network" },
        { "getaddrinfo ENOTFOUND smtp.contoso.example", "dns-failed", "unknown", "network" },
        { "SSL routines:ssl3_get_record:wrong version number", "tls-mode-mismatch", "unknown", "tls" },
        { "smtp: self-signed certificate in certificate chain", "tls-certificate-untrusted", "unknown", "tls" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void The_sentence_decides(string text, string condition, string provider, string? gate)
    {
        var reply = SmtpReplyParser.Parse(text);

        (reply.Condition, reply.Provider, reply.Gate?.ToName()).Should().Be((condition, provider, gate), text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    [InlineData("### 5.7.3 Mutual authentication")] // a section number
    [InlineData("1.3.6.1.5.5.7.3.2")] // an object identifier
    [InlineData("Set-TransportConfig -GenerateCopyOfDSNFor 5.7.1,5.7.2,5.7.3")] // arguments
    [InlineData("\"name\": \"shop\", \"version\": \"5.7.139\"")]
    [InlineData("MySQL 5.7.30 is out")]
    [InlineData("535 of 550 tests passed")]
    [InlineData("throw new Error(\"Unrecognized authentication type\")")]
    [InlineData("http://lists.example.org/r/X@XX0PR00MB0001.apcprd00.prod.outlook.com]")] // a message id
    public void Text_that_is_no_mail_failure_gives_no_reply(string text) =>
        SmtpReplyParser.TryParse(text, out _).Should().BeFalse();
}
