namespace SmtpAuth.Testing.Smtp;

/// <summary>The replies of Exchange Online's submission service, without the trace at their end.</summary>
internal static class SmtpReplies
{
    public const string RefusalStart = "535 5.7.139 Authentication unsuccessful, ";

    public const string Retired = "550 5.7.30 Basic authentication is not supported for Client Submission.";
    public const string BasicDisabled = RefusalStart + "basic authentication is disabled.";
    public const string DisabledForTenant = RefusalStart
        + "SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.";

    public const string DisabledForMailbox = RefusalStart
        + "SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.";

    public const string Credentials = RefusalStart + "the user credentials were incorrect.";
    public const string Criteria = RefusalStart
        + "the request did not meet the criteria to be authenticated successfully. Contact your administrator.";

    public const string SecurityDefaults = RefusalStart
        + "user is locked by your organization's security defaults policy. Contact your administrator.";

    public const string AccountIssue = RefusalStart + "account has an issue. Contact your administrator.";
    public const string FederationUnreachable = RefusalStart + "federated STS service was unreachable.";
    public const string FederationWithoutHttps = RefusalStart + "the federated STS URL does not support HTTPS.";
    public const string HveRefused = RefusalStart + "the organization configuration doesn't allow this authentication request.";
    public const string Unsuccessful = "535 5.7.3 Authentication unsuccessful";
    public const string Successful = "235 2.7.0 Authentication successful";

    public const string UnknownMechanism = "504 5.7.4 Unrecognized authentication type";
    public const string NotAuthenticated = "530 5.7.57 Client not authenticated to send mail.";
    public const string TlsRequired = "451 5.7.3 STARTTLS is required to send mail";
    public const string LegacyTls =
        "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls.";

    public const string TooManyErrors = "421 4.7.0 Too many errors on this connection, closing transmission channel";
    public const string Unrecognized = "500 5.3.3 Unrecognized command";
    public const string InvalidDomain = "501 5.5.4 Invalid domain name";
    public const string InvalidArguments = "501 5.5.4 Invalid arguments";
    public const string InvalidAddress = "501 5.1.3 Invalid address";
    public const string Cancelled = "501 5.5.4 Authentication cancelled";
    public const string HelloFirst = "503 5.5.2 Send hello first";
    public const string AuthTwice = "503 5.5.2 Auth command already specified";
    public const string MailFirst = "503 5.5.2 Need mail command";
    public const string MailTwice = "503 5.5.2 Sender already specified";
    public const string RcptFirst = "503 5.5.2 Need rcpt command";
    public const string ChunksBegun = "503 5.5.2 Bad sequence of commands";
    public const string TooManyRecipients = "452 4.5.3 Too many recipients";
    public const string TooLarge = "552 5.3.4 Message size exceeds fixed maximum message size";
    public const string HveExternal = "550 5.5.105 External sending is not supported for High Volume Email accounts";
    public const string InvalidLicense = "550 5.2.253 Sender throttled due to continuous invalid license errors.";
    public const string TooManyConnections =
        "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded [Hostname=AM0PR01MB0001.eurprd01.prod.outlook.com]";

    public const string RestrictedSender = "550 5.1.8 Access denied, bad outbound sender";
    public const string DayLimit = "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException";

    public static string SendAsDenied(string mailbox, string sender) =>
        $"554 5.2.252 SendAsDenied; {mailbox} not allowed to send as {sender}; " +
        "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent " +
        "exception with message [BeginDiagnosticData]Cannot submit message. [EndDiagnosticData] " +
        "[Hostname=AM0PR01MB0001.eurprd01.prod.outlook.com]";

    public static string Accepted(string messageId) => $"250 2.0.0 OK {messageId} [Hostname=AM0PR01MB0001.eurprd01.prod.outlook.com]";
}
