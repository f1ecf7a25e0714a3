namespace SmtpAuth.Benchmarks;

/// <summary>Forty rules as a person writes them: what the reply says, and what the tenant says.</summary>
internal static class Written
{
    public static readonly Condition[][] Rules =
    [
        [new("ReplyCode", "==", 535L), new("ReplyEnhanced", "==", "5.7.139"), new("ReplyText", "contains", "SmtpClientAuthentication is disabled for the Tenant"), new("OrganizationSmtpDisabled", "is", true)],
        [new("ReplyCode", "==", 535L), new("ReplyEnhanced", "==", "5.7.139"), new("ReplyText", "contains", "SmtpClientAuthentication is disabled for the Mailbox"), new("MailboxSmtpDisabled", "==", true)],
        [new("ReplyCode", "==", 535L), new("ReplyEnhanced", "==", "5.7.139"), new("ReplyText", "contains", "locked by your organization's security defaults policy"), new("TenantSecurityDefaults", "is", true)],
        [new("ReplyCode", "==", 535L), new("ReplyEnhanced", "==", "5.7.139"), new("ReplyText", "contains", "the user credentials were incorrect")],
        [new("ReplyCode", "==", 535L), new("ReplyEnhanced", "==", "5.7.139"), new("ReplyText", "contains", "the request did not meet the criteria"), new("TenantPolicyCount", ">", 0L)],
        [new("ReplyCode", "==", 535L), new("ReplyEnhanced", "==", "5.7.139"), new("ReplyText", "contains", "Basic authentication is disabled"), new("ClientMechanism", "==", "basic")],
        [new("ReplyCode", "==", 535L), new("ReplyEnhanced", "==", "5.7.3"), new("ReplyText", "contains", "Authentication unsuccessful")],
        [new("ReplyCode", "==", 530L), new("ReplyEnhanced", "==", "5.7.57"), new("ReplyText", "contains", "Client was not authenticated")],
        [new("ReplyCode", "==", 530L), new("ReplyEnhanced", "==", "5.7.57"), new("ReplyText", "contains", "Client not authenticated to send mail"), new("ClientTls", "is", false)],
        [new("ReplyCode", "==", 554L), new("ReplyEnhanced", "==", "5.2.0"), new("ReplyText", "contains", "SendAsDenied")],
        [new("ReplyCode", "==", 550L), new("ReplyEnhanced", "==", "5.7.60"), new("ReplyText", "contains", "SendAsDenied")],
        [new("ReplyCode", "==", 550L), new("ReplyEnhanced", "==", "5.7.64"), new("ReplyText", "contains", "Relay access denied"), new("OrganizationConnectorCount", "==", 0L)],
        [new("ReplyCode", "==", 454L), new("ReplyEnhanced", "==", "4.7.0"), new("ReplyText", "contains", "Temporary server error")],
        [new("ReplyCode", "==", 451L), new("ReplyEnhanced", "==", "4.3.2"), new("ReplyText", "contains", "throttled")],
        [new("ReplyCode", "==", 421L), new("ReplyEnhanced", "==", "4.3.2"), new("ReplyText", "contains", "sender thread limit exceeded")],
        [new("ReplyCode", "==", 550L), new("ReplyEnhanced", "==", "5.7.708"), new("ReplyText", "contains", "Access denied, traffic not accepted")],
        [new("ClientMechanism", "==", "basic"), new("MailboxSmtpDisabled", "==", true)],
        [new("ClientMechanism", "==", "basic"), new("MailboxSmtpDisabled", "==", null), new("OrganizationSmtpDisabled", "is", true)],
        [new("ClientMechanism", "==", "basic"), new("TenantSecurityDefaults", "is", true)],
        [new("ClientMechanism", "==", "basic"), new("TenantBasicRetired", "is", true), new("TenantCloud", "==", "global")],
        [new("ClientMechanism", "==", "basic"), new("MailboxHasMfa", "is", true), new("OrganizationPolicyName", "==", "Policy 03")],
        [new("ClientMechanism", "==", "xoauth2"), new("UserAppCount", "==", 0L)],
        [new("ClientMechanism", "==", "xoauth2"), new("UserEnabled", "is", false)],
        [new("ClientMechanism", "==", "ntlm"), new("ClientHost", "==", "smtp.office365.com")],
        [new("ClientMechanism", "==", "none"), new("ClientPort", "==", 587L)],
        [new("ClientPort", "==", 465L), new("ClientHost", "==", "smtp.office365.com")],
        [new("ClientPort", "==", 25L), new("ClientMechanism", "==", "basic")],
        [new("ClientTls", "is", false), new("ClientPort", "==", 587L)],
        [new("ClientHost", "==", "smtp-mail.outlook.com"), new("MailboxKind", "!=", "user")],
        [new("ClientHost", "==", "localhost"), new("ClientMechanism", "==", "basic")],
        [new("MailboxEnabled", "is", false)],
        [new("MailboxKind", "==", "shared"), new("ClientMechanism", "==", "basic"), new("UserEnabled", "is", false)],
        [new("MailboxKind", "==", "room"), new("ClientMechanism", "==", "basic")],
        [new("MailboxLicensed", "is", false), new("MailboxKind", "==", "user")],
        [new("UserRiskLevel", "==", "high"), new("TenantPolicyCount", ">", 0L)],
        [new("TenantCloud", "==", "china"), new("ClientHost", "==", "smtp.office365.com")],
        [new("TenantCloud", "==", "usgov"), new("ClientHost", "==", "smtp.office365.com"), new("TenantBasicRetired", "is", true)],
        [new("TenantRegion", "==", "region-07"), new("ReplyCode", "==", 451L), new("ReplyText", "contains", "connection timed out")],
        [new("UserDomain", "==", "branch13.contoso.example"), new("ReplyCode", "==", 550L), new("ReplyText", "contains", "domain does not exist")],
        [new("ReplyText", "contains", "certificate verify failed"), new("ClientTls", "is", true)],
    ];
}
