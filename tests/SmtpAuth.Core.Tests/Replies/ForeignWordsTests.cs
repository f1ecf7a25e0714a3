using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

/// <summary>The worst fault of a reader: another server's words passed off as Exchange Online's.</summary>
public class ForeignWordsTests
{
    [Theory]
    [InlineData("554 5.7.1 <u@example.com>: Recipient address rejected: Access denied")] // Postfix; Exchange Online says it with 5.4.1
    [InlineData("421 4.7.0 Server busy, try again later")]
    [InlineData("421 4.7.0 Concurrent connections limit exceeded")]
    [InlineData("550 5.7.0 You have reached your daily limit for sending messages")]
    [InlineData("550 5.1.8 Access denied")]
    [InlineData("556 5.1.10 Recipient address has null MX")] // RFC 7505
    [InlineData("553 5.7.1 Sending from unregistered domain example.com is not possible here")]
    [InlineData("535 5.7.0 Authentication failed. Users of Microsoft 365: see our help pages")]
    [InlineData("535 Authentication failed for a@contoso.com at smtp.office365.com")] // Exchange gives every refusal an enhanced status code
    [InlineData("smtp: The user credentials were incorrect.")] // an OAuth server's sentence
    [InlineData("mail: basic authentication is disabled on this web server")]
    [InlineData("Remote Server returned '550 5.1.1 <u@example.net>: Recipient address rejected: User unknown'\nOriginal message headers:\nReceived: from XX0PR00MB0001.eurprd00.prod.outlook.com")]
    [InlineData("Generating server: XX0PR00MB0001.eurprd00.prod.outlook.com\nRemote Server returned '554 5.7.1 rejected: bad reputation'")]
    [InlineData("220 mail.contoso.example Microsoft ESMTP MAIL Service ready\nAUTH LOGIN\n535 5.7.3 Authentication unsuccessful")]
    [InlineData("535 5.7.3 Authentication unsuccessful")]
    public void Only_what_shows_Exchange_Online_is_called_so(string text)
    {
        if (SmtpReplyParser.TryParse(text, out var reply))
        {
            reply.Provider.Should().NotStartWith("exchange-online", reply.SignatureId);
        }
        else
        {
            reply.Should().BeNull();
        }
    }

    [Theory]
    [InlineData("535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Is SMTP AUTH disabled for the tenant?")]
    [InlineData("before: SmtpClientAuthentication is disabled for the Tenant; now: the request did not meet the criteria to be authenticated successfully")]
    [InlineData("504 5.7.4 Unrecognized authentication type. SMTP AUTH may be disabled for the Mailbox.")]
    [InlineData("535 5.7.3 Authentication unsuccessful. Check that SmtpClientAuthenticationDisabled is false for the Mailbox.")]
    public void A_switch_is_named_only_where_the_server_named_it(string text) =>
        SmtpReplyParser.Parse(text).Condition.Should().NotStartWith("smtp-auth-disabled");

    [Theory]
    [InlineData("421 4.4.2 Connection dropped due to SocketError")]
    [InlineData("451 4.7.0 Temporary server error. Please try again later. PRX4")]
    [InlineData("421 4.3.2 Service not active")]
    [InlineData("454 4.7.0 Temporary authentication failure")]
    [InlineData("530 5.7.1 Client was not authenticated")]
    [InlineData("550 5.1.8 Access denied, bad outbound sender")]
    [InlineData("550 5.7.501 Access denied, spam abuse detected")]
    [InlineData("550 5.7.511 Access denied, banned sender[192.0.2.1]")]
    [InlineData("550 5.7.606 Access denied, banned sending IP [192.0.2.1]")]
    [InlineData("451 4.7.500 Access denied, please try again later (AS761)")]
    [InlineData("550 5.7.705 Access denied, tenant has exceeded threshold")]
    [InlineData("550 5.7.708 Access denied, traffic not accepted from this IP")]
    [InlineData("550 5.7.750 Client blocked from sending from unregistered domain")]
    [InlineData("550 5.7.64 Relay Access Denied ATTR36")]
    [InlineData("550 5.7.1 Unable to relay")]
    [InlineData("550 5.5.105 External sending is not supported for High Volume Email accounts")]
    [InlineData("550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients")]
    [InlineData("550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit for sending email to external recipients (tenant external recipient rate limit)")]
    [InlineData("550 5.7.236 x")]
    [InlineData("550 5.2.251 Sender throttled due to continuous mailbox full errors.")]
    [InlineData("550 5.2.253 Sender throttled due to continuous invalid license errors.")]
    [InlineData("550 5.7.711 Access denied, inbound connector blocked")]
    [InlineData("550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant and include a valid From address")]
    [InlineData("550 5.6.11 Invalid characters")]
    [InlineData("550 5.1.20 Multiple From addresses are not allowed without Sender address")]
    [InlineData("550 5.7.703 Your message can't be delivered because messages to x are blocked by your organization using Tenant Allow Block List")]
    [InlineData("535 5.7.139 Authentication unsuccessful, the organization configuration doesn't allow this authentication request.")]
    public void Every_reply_that_Exchange_is_known_to_give_has_a_signature(string text) =>
        SmtpReplyParser.Parse(text).SignatureId.Should().NotBeNull();
}
