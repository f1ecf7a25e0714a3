using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

/// <summary>Wordings of the same kind from many servers and programs.</summary>
public class FamiliesTests
{
    [Theory]
    [InlineData("550 5.7.1 Sending from domain example.com is not allowed", "send-as-denied")]
    [InlineData("550 Sender domain is not verified for this account", "send-as-denied")]
    [InlineData("550-Verification failed for <app@host.example>\n550-Unrouteable address\n550 Sender verify failed", "send-as-denied")]
    [InlineData("501 5.1.7 Bad sender", "local-config-error")]
    [InlineData("550 The recipient may contain a non-existent account", "recipient-not-found")]
    [InlineData("554 This mailbox is disabled", "recipient-not-found")]
    [InlineData("550 5.4.310 DNS domain fabrikam.example does not exist", "recipient-not-found")]
    [InlineData("550 4.4.7 QUEUE.Expired; message expired", "recipient-side-throttled")]
    [InlineData("450 Too many mails, try again in 1 hour", "recipient-side-throttled")]
    [InlineData("451 4.7.1 Service unavailable - try again later", "temporary-server-error")]
    [InlineData("451 4.4.2 Timeout - closing connection", "connection-dropped")]
    [InlineData("Excessive message rate from sender. 4.5.127 Message rejected. https://aka.ms/EXOSmtpErrors", "submission-quota-exceeded")]
    [InlineData("535 Basic authentication is not allowed with 2FA enabled", "app-password-required")]
    public void A_servers_words_are_read_by_their_kind(string text, string condition) =>
        SmtpReplyParser.Parse(text).Condition.Should().Be(condition);

    [Theory]
    [InlineData("sendmail: dial tcp: lookup mail.contoso.example: i/o timeout", "dns-failed")]
    [InlineData("Failed to authenticate on SMTP server with username \"app\" using 0 possible authenticators", "auth-mechanism-mismatch")]
    [InlineData("msmtp: cannot use a secure authentication method", "auth-mechanism-mismatch")]
    [InlineData("msmtp: the server does not support TLS via the STARTTLS command", "starttls-not-offered")]
    [InlineData("smtplib: TimeoutError: The read operation timed out", "read-timeout")]
    [InlineData("Error connecting to SMTP server.", "connect-failed")]
    [InlineData("TransportException: Expected response code \"250\" but got code \"\", with message \"\"", "connection-dropped")]
    [InlineData("delivery temporarily suspended: lost connection with mx.fabrikam.example[192.0.2.1] while sending RCPT TO", "connection-dropped")]
    [InlineData("Error: Can't send mail - all recipients were rejected", "unclassifiable-fragment")]
    [InlineData("Error: permanent error (535)", "credentials-incorrect")]
    public void A_programs_words_are_read_by_their_kind(string text, string condition) =>
        SmtpReplyParser.Parse(text).Condition.Should().Be(condition);

    [Theory]
    [InlineData("redis.exceptions.ConnectionError: Error 111 connecting to redis:6379. Connection refused.")]
    [InlineData("npm ERR! connect ETIMEDOUT 192.0.2.1:443")]
    [InlineData("MongoNetworkError: getaddrinfo ENOTFOUND db.contoso.example")]
    public void The_fault_of_another_service_is_none_of_mail(string text)
    {
        var reply = SmtpReplyParser.Parse(text);

        (reply.Condition, reply.Provider).Should().Be(("not-smtp", "none"));
    }
}
