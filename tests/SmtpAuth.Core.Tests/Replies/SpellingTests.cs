using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

/// <summary>How clients wrap one and the same reply.</summary>
public class SpellingTests
{
    public static TheoryData<string, string, int?, string?> Spellings => new()
    {
        // client, what it says    =>    reply code, enhanced status code
        { "server", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "multi-line", "535-5.7.139 Authentication unsuccessful, basic\r\n535 5.7.139 authentication is disabled.", 535, "5.7.139" },
        { "MailKit", "MailKit.Security.AuthenticationException: 535: 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "nodemailer", "Error: Invalid login: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "nodemailer dump", "{ code: 'EAUTH', response: '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.', responseCode: 535, command: 'AUTH LOGIN' }", 535, "5.7.139" },
        { "nodemailer JSON", "{\"code\":\"EAUTH\",\"response\":\"535 5.7.139 Authentication unsuccessful, basic authentication is disabled.\",\"responseCode\":535}", 535, "5.7.139" },
        { "code in a field", "{\"code\": 535, \"message\": \"5.7.139 Authentication unsuccessful, basic authentication is disabled.\"}", 535, "5.7.139" },
        { "smtplib", "smtplib.SMTPAuthenticationError: (535, b'5.7.139 Authentication unsuccessful, basic authentication is disabled.')", 535, "5.7.139" },
        { "smtplib, Python 2", "(535, '5.7.139 Authentication unsuccessful, basic authentication is disabled.')", 535, "5.7.139" },
        { "smtplib debug", "reply: retcode (535); Msg: b'5.7.139 Authentication unsuccessful, basic authentication is disabled.'", 535, "5.7.139" },
        { "SwiftMailer", "Expected response code 235 but got code \"535\", with message \"535 5.7.139 Authentication unsuccessful, basic authentication is disabled.\r\n\"", 535, "5.7.139" },
        { "Symfony", "Expected response code \"235\" but got code \"535\", with message \"535 5.7.139 Authentication unsuccessful, basic authentication is disabled.\".", 535, "5.7.139" },
        { "PHPMailer", "SERVER -> CLIENT: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "PEAR", "[SMTP: LOGIN authentication failure (code: 535, response: 5.7.139 Authentication unsuccessful, basic authentication is disabled.)]", 535, "5.7.139" },
        { "javax.mail", "javax.mail.AuthenticationFailedException: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "Ruby", "Net::SMTPAuthenticationError 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "lettre", "permanent error (535): 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "Postfix", "status=deferred (SASL authentication failed; server smtp.office365.com[192.0.2.1] said: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.)", 535, "5.7.139" },
        { "msmtp", "msmtp: server message: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "swaks", "<~* 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "curl", "< 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.\ncurl: (67) Login denied", 535, "5.7.139" },
        { "Indy", "`R:535 5.7.139 Authentication unsuccessful, basic authentication is disabled.`", 535, "5.7.139" },
        { "bounce", "Status: 5.0.0\nDiagnostic-Code: smtp; 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "bounce, server without its own code", "Status: 5.0.0\nDiagnostic-Code: smtp; 530 Authentication required", 530, null },
        { "Postfix log with dsn=", "relay=mx.example.com[192.0.2.1]:25, dsn=5.7.1, status=bounced (host mx.example.com said: 550 Relaying denied)", 550, null },
        { "dialog", "Connection test failed!\n535\n5.7.139 Authentication unsuccessful, basic authentication is disabled.", 535, "5.7.139" },
        { "commas", "550, 5.1.8, Access denied, bad outbound sender", 550, "5.1.8" },
        { "HTML", "<p>535&nbsp;5.7.139 Authentication <b>unsuccessful</b>,<br>basic authentication is disabled.</p>", 535, "5.7.139" },
        { "quoted-printable", "535 5.7.139 Authentication unsuccess=\nful, basic authentication is disabled=2E=20", 535, "5.7.139" },
        { "JSON in JSON", "\"msg\":\"535-5.7.139 Authentication unsuccessful, basic\\r\\n535 5.7.139 authentication is disabled.\"", 535, "5.7.139" },
        { "mail quote", "> 535 5.7.139 Authentication unsuccessful, basic\n> authentication is disabled.", 535, "5.7.139" },
        { "source comment", "# (535, b'5.7.139 Authentication unsuccessful, basic\n# authentication is disabled.')", 535, "5.7.139" },
        { "terminal width", "Caused by: javax.mail.AuthenticationFailedException: 535 5.7.139 Authentication unsuccessful, basic authentica\ntion is disabled.", 535, "5.7.139" },
        { "code dropped", "5.7.139 Authentication unsuccessful, basic authentication is disabled.", null, "5.7.139" },
        { "words between the codes", "550 услуга 5.7.750 недоступна", 550, "5.7.750" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Parse_reads_the_codes_however_the_client_wraps_them(string client, string text, int? replyCode, string? enhanced)
    {
        var reply = SmtpReplyParser.Parse(text);

        (reply.ReplyCode, reply.EnhancedStatusCode?.ToString()).Should().Be((replyCode, enhanced), client);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Parse_reads_the_sentence_however_the_client_wraps_it(string client, string text, int? replyCode, string? enhanced)
    {
        _ = replyCode;
        var reply = SmtpReplyParser.Parse(text);

        if (enhanced == "5.7.139")
        {
            reply.Condition.Should().Be("basic-auth-disabled", client);
        }
        else
        {
            reply.Condition.Should().NotBe("basic-auth-disabled", client);
        }
    }
}
