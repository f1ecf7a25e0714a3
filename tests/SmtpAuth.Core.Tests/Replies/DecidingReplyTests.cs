using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

public class DecidingReplyTests
{
    private const string Disabled = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.";

    public static TheoryData<string, string, string, string?> Texts => new()
    {
        // why, text    =>    enhanced status code, outer enhanced status code
        { "inside", "530 5.7.57 Client not authenticated to send mail. Error: " + Disabled, "5.7.139", "5.7.57" },
        { "no blank", "5.7.57 Client not authenticated to send mail.Error: " + Disabled, "5.7.139", "5.7.57" },
        { "alone", "530 5.7.57 Client not authenticated to send mail.", "5.7.57", null },
        { "later, says more", "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail\nthen:\n535 5.7.3 Authentication unsuccessful", "5.7.3", "5.7.57" },
        { "first failure", "550 5.7.60 SMTP; Client does not have permissions to send as this sender\n550 5.1.10 RESOLVER.ADR.RecipientNotFound; x", "5.7.60", null },
        { "sentence before fragment", "550 5.7.30 Basic authentication is not supported for Client Submission; also seen: 535 5.7.139 Authentication unsuccessful", "5.7.30", null },
        { "three replies", "504 5.7.4 Unrecognized authentication type\n535 5.7.3 Authentication unsuccessful\n530 5.7.57 SMTP; Client was not authenticated to send anonymous mail", "5.7.4", null },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_reply_that_says_most_decides_and_its_wrapper_is_kept(string why, string text, string enhanced, string? outer)
    {
        var reply = SmtpReplyParser.Parse(text);

        (reply.EnhancedStatusCode!.ToString(), reply.Outer?.EnhancedStatusCode?.ToString()).Should().Be((enhanced, outer), why);
    }

    [Theory]
    [InlineData("Le serveur SMTP requiert une connexion sécurisée ou le client n’était pas authentifié. La réponse du serveur était : 5.7.0 Authentication required", 530)]
    [InlineData("El servidor SMTP requiere una conexión segura o el cliente no se autenticó.", 530)]
    [InlineData("Für den SMTP-Server ist eine sichere Verbindung erforderlich, oder der Client wurde nicht authentifiziert. Die Serverantwort war: 5.7.57 SMTP.", 530)]
    [InlineData("Mailbox unavailable. The server response was: 5.7.1 Message rejected", 550)]
    [InlineData("Transaction failed. The server response was: 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; x", 554)]
    [InlineData("MailKit.Security.AuthenticationException: AuthenticationInvalidCredentials: 5.7.3 Authentication unsuccessful", 535)]
    public void The_words_of_a_client_stand_for_the_code_it_dropped(string text, int implied)
    {
        var reply = SmtpReplyParser.Parse(text);

        (reply.ReplyCode, reply.ImpliedReplyCode).Should().Be((null, implied));
    }

    [Fact]
    public void A_code_that_is_there_is_not_implied()
    {
        var reply = SmtpReplyParser.Parse(
            "The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.57 Client not authenticated to send mail. Error: " + Disabled);

        (reply.ReplyCode, reply.ImpliedReplyCode).Should().Be((535, null));
    }

    [Fact]
    public void A_host_that_intercepts_the_port_is_not_taken_for_the_server_that_was_dialled()
    {
        var reply = SmtpReplyParser.Parse(
            """
            Connection: opening to smtp.office365.com:587
            SERVER -> CLIENT: 220-web.example.net ESMTP Exim 4.96 #2
            CLIENT -> SERVER: AUTH LOGIN
            SERVER -> CLIENT: 535 Incorrect authentication data
            """);

        (reply.Provider, reply.Condition).Should().Be(("exim", "credentials-incorrect"));
    }

    [Fact]
    public void An_XOAUTH2_challenge_is_decoded_and_the_refusal_after_it_gives_the_codes()
    {
        var challenge = Convert.ToBase64String("{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}"u8);

        var alone = SmtpReplyParser.Parse($"S: 334 {challenge}");
        var refused = SmtpReplyParser.Parse($"S: 334 {challenge}\nC:\nS: 535-5.7.8 Username and Password not accepted.\nS: 535 5.7.8 x - gsmtp");

        (alone.ReplyCode, alone.Condition, alone.Provider).Should().Be((334, "xoauth2-token-rejected", "gmail"));
        (refused.ReplyCode, refused.Condition).Should().Be((535, "xoauth2-token-rejected"));
    }

    [Fact]
    public void What_a_client_sent_never_shows_up_in_a_reply()
    {
        const string Token = "eyJ0eXAiOiJKV1QiLCJub25jZSI6InNlY3JldC1zZWNyZXQifQ";
        var sent = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"user=a@contoso.com\u0001auth=Bearer {Token}{Token}{Token}\u0001\u0001"));

        foreach (var text in new[] { $"C: AUTH XOAUTH2 {sent}\nS: 535 5.7.3 Authentication unsuccessful", $"AUTH XOAUTH2 {sent}\nsmtp: connection timed out" })
        {
            SmtpReplyParser.Parse(text).ToString().Should().NotContain(Token).And.NotContain(sent);
        }
    }

    [Fact]
    public void A_bounce_in_base64_is_decoded()
    {
        var body = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(
            "Your message could not be delivered.\r\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'"),
            Base64FormattingOptions.InsertLineBreaks);

        SmtpReplyParser.Parse("Content-Transfer-Encoding: base64\n\n" + body).Condition.Should().Be("recipient-not-found");
    }
}
