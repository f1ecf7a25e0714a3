using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace SmtpAuth.Testing.Tests;

/// <summary>The submission service line by line.</summary>
public sealed class SmtpProtocolTests
{
    private static readonly string Login = Convert.ToBase64String(Encoding.UTF8.GetBytes(Submission.Printer));
    private static readonly string Secret = Convert.ToBase64String(Encoding.UTF8.GetBytes(Submission.Password));

    [Fact]
    public async Task A_client_that_ignores_the_refusal_gets_it_again_inside_530_5_7_57()
    {
        await using var tenant = await StartAsync(t => t.OrganizationSmtpAuthDisabled(true));
        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);

        (await wire.SendAsync("MAIL FROM:<printer@contoso.example>"))[0].Should().StartWith("530 5.7.57 Client not authenticated to send mail. [");
        (await wire.SendAsync($"AUTH LOGIN {Login}")).Should().Equal("334 UGFzc3dvcmQ6");
        (await wire.SendAsync(Secret))[0].Should().StartWith("535 5.7.139 ");
        Submission.WithoutTrace((await wire.SendAsync("MAIL FROM:<printer@contoso.example>"))[0]).Should().Be(
            "530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is " +
            "disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.");
    }

    [Fact]
    public async Task The_trace_behind_a_reply_names_the_session_of_the_banner()
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectAsync(tenant);
        var banner = (await wire.ReadAsync())[0];
        var reply = (await wire.SendAsync("AUTH LOGIN"))[0];

        banner.Should().MatchRegex(@"^220 \S+\.outlook\.office365\.com Microsoft ESMTP MAIL Service ready at .+ \[[0-9A-F]{16}\]$");
        reply.Should().MatchRegex(@"\[[A-Z0-9]+\.[A-Z0-9]+\.PROD\.OUTLOOK\.COM \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [0-9A-F]{16}\]$");
        reply[^17..].Should().Be(banner[^17..]);
    }

    [Theory]
    [InlineData("AUTH PLAIN AGEAYg==", "504 5.7.4 Unrecognized authentication type")]
    [InlineData("AUTH CRAM-MD5", "504 5.7.4 Unrecognized authentication type")]
    [InlineData("AUTH", "504 5.7.4 Unrecognized authentication type")]
    [InlineData("AUTH LOGIN !!!", "501 5.5.4 Invalid arguments")]
    [InlineData("RCPT TO:<a@b.example>", "503 5.5.2 Need mail command")]
    [InlineData("DATA", "503 5.5.2 Need mail command")]
    [InlineData("BDAT x", "501 5.5.4 Invalid arguments")]
    [InlineData("STARTTLS", "500 5.3.3 Unrecognized command")]
    [InlineData("EHLO bad name!", "501 5.5.4 Invalid domain name")]
    [InlineData("FOO", "500 5.3.3 Unrecognized command")]
    [InlineData("", "500 5.3.3 Unrecognized command")]
    public async Task A_command_out_of_place_is_refused(string line, string reply)
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);

        Submission.WithoutTrace((await wire.SendAsync(line))[0]).Should().Be(reply);
        (await wire.SendAsync("NOOP"))[0].Should().Be("250 2.0.0 OK");
    }

    [Fact]
    public async Task Cancelled_logons_and_errors_without_end_close_the_connection()
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);

        await wire.SendAsync("AUTH LOGIN");
        (await wire.SendAsync("*"))[0].Should().StartWith("501 5.5.4 Authentication cancelled");
        await wire.SendAsync("AUTH XOAUTH2");
        (await wire.SendAsync("*"))[0].Should().StartWith("501 5.5.4 Authentication cancelled");
        await wire.SendAsync("FOO");
        await wire.SendAsync("FOO");
        (await wire.SendAsync("FOO"))[0].Should().StartWith("421 4.7.0 Too many errors on this connection");
        (await wire.ReadAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_fourth_logon_after_three_refusals_closes_the_connection()
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await wire.SendAsync($"AUTH LOGIN {Login}");
            (await wire.SendAsync("d3Jvbmc="))[0].Should().StartWith("535 5.7.139");
        }

        (await wire.SendAsync("AUTH LOGIN"))[0].Should().StartWith("421 4.7.0");
    }

    [Fact]
    public async Task Pipelined_commands_are_answered_in_order_and_dots_are_unstuffed()
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);
        await wire.SendAsync($"AUTH LOGIN {Login}");
        (await wire.SendAsync(Secret))[0].Should().Be("235 2.7.0 Authentication successful");
        (await wire.SendAsync("AUTH LOGIN"))[0].Should().StartWith("503 5.5.2 Auth command already specified");

        await wire.WriteAsync("MAIL FROM:<printer@contoso.example> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<a@fabrikam.example>\r\nRCPT TO:<b@fabrikam.example> NOTIFY=NEVER\r\nDATA\r\n");
        (await wire.ReadAsync())[0].Should().Be("250 2.1.0 Sender OK");
        (await wire.ReadAsync())[0].Should().Be("250 2.1.5 Recipient OK");
        (await wire.ReadAsync())[0].Should().Be("250 2.1.5 Recipient OK");
        (await wire.ReadAsync())[0].Should().StartWith("354 ");
        (await wire.SendAsync("From: printer@contoso.example\r\nSubject: Scan\r\n of today\r\n\r\n..dot\n.\nnot the end\r\n."))[0].Should().StartWith("250 2.0.0 OK ");

        var message = tenant.Accepted.Should().ContainSingle().Subject;
        message.Recipients.Should().Equal("a@fabrikam.example", "b@fabrikam.example");
        message.Subject.Should().Be("Scan of today");
        message.Content.Should().EndWith("\r\n\r\n.dot\n.\nnot the end\r\n");
        message.Mechanism.Should().Be("LOGIN");
    }

    [Fact]
    public async Task Chunks_make_one_message_and_are_read_even_when_out_of_place()
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);
        (await wire.SendAsync("BDAT 6 LAST\r\nFOO!"))[0].Should().StartWith("503 5.5.2 Need mail command");
        await wire.SendAsync($"AUTH LOGIN {Login}");
        await wire.SendAsync(Secret);
        await wire.SendAsync("MAIL FROM:<>");
        await wire.SendAsync("RCPT TO:<a@fabrikam.example>");
        await wire.WriteAsync("BDAT 6\r\nSubjec");
        (await wire.ReadAsync())[0].Should().Be("250 2.6.0 CHUNK received OK, 6 octets");
        (await wire.SendAsync("DATA"))[0].Should().StartWith("503");
        (await wire.SendAsync("BDAT 8 LAST\r\nt: S\r\n"))[0].Should().StartWith("250 2.0.0 OK");
        tenant.Accepted[0].Content.Should().Be("Subject: S\r\n\r\n");
    }

    [Fact]
    public async Task What_is_sent_behind_STARTTLS_in_the_clear_is_forgotten()
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectAsync(tenant);
        await wire.ReadAsync();
        await wire.SendAsync("EHLO printer");
        (await wire.SendAsync("MAIL FROM:<a@b.example>"))[0].Should().StartWith("451 5.7.3 STARTTLS is required to send mail");
        (await wire.SendAsync("STARTTLS\r\nNOOP\r\nEHLO injected"))[0].Should().Be("220 2.0.0 SMTP server ready");
        await wire.StartTlsAsync();
        (await wire.SendAsync("MAIL FROM:<a@b.example>"))[0].Should().StartWith("503 5.5.2 Send hello first");
    }

    [Fact]
    public async Task A_command_without_end_closes_the_connection_instead_of_filling_memory()
    {
        await using var tenant = await StartAsync();
        await using var wire = await SmtpWire.ConnectAsync(tenant);
        await wire.ReadAsync();

        (await wire.SendAsync("EHLO " + new string('a', 40_000)))[0].Should().StartWith("421 4.7.0 Line too long");
    }

    [Fact]
    public async Task Old_TLS_is_refused_unless_the_organization_opted_in()
    {
        await using var tenant = await StartAsync(t => t.Behave(behavior => behavior.AssumeLegacyTls = true));
        await using var wire = await SmtpWire.ConnectAsync(tenant);
        await wire.ReadAsync();
        await wire.SendAsync("EHLO printer");
        await wire.SendAsync("STARTTLS");
        await wire.StartTlsAsync();
        (await wire.SendAsync("EHLO printer"))[0].Should().StartWith("421 4.7.66 TLS 1.0 and 1.1 are not supported.");

        using var admin = new AdminClient(tenant);
        await admin.CmdletAsync("Set-TransportConfig", """{"AllowLegacyTLSClients":true}""");
        (await Submission.SendAsync(tenant)).Should().BeNull();
    }

    [Fact]
    public async Task The_fourth_connection_of_a_mailbox_is_told_to_wait()
    {
        await using var tenant = await StartAsync();
        var clients = new List<SmtpClient>();
        try
        {
            for (var number = 0; number < 4; number++)
            {
                var client = await Submission.ConnectAsync(tenant);
                clients.Add(client);
                await client.AuthenticateAsync(new SaslMechanismLogin(Submission.Printer, Submission.Password));
            }

            using var message = Submission.Message(Submission.Printer, "a@fabrikam.example");
            await clients[2].SendAsync(message);
            var send = () => clients[3].SendAsync(message);
            (await send.Should().ThrowAsync<SmtpCommandException>()).Which.Message.Should().StartWith("4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded");
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Limits_on_recipients_are_kept()
    {
        await using var tenant = await StartAsync(t => t.Behave(behavior => (behavior.MostRecipients, behavior.MostRecipientsPerDay) = (2, 3)));
        await using var wire = await SmtpWire.ConnectSecurelyAsync(tenant);
        await wire.SendAsync($"AUTH LOGIN {Login}");
        await wire.SendAsync(Secret);
        async Task<string> SendToTwoAsync()
        {
            await wire.SendAsync("MAIL FROM:<printer@contoso.example>");
            await wire.SendAsync("RCPT TO:<a@fabrikam.example>");
            await wire.SendAsync("RCPT TO:<b@fabrikam.example>");
            (await wire.SendAsync("RCPT TO:<c@fabrikam.example>"))[0].Should().StartWith("452 4.5.3 Too many recipients");
            await wire.SendAsync("DATA");
            return (await wire.SendAsync("\r\n."))[0];
        }

        (await SendToTwoAsync()).Should().StartWith("250 2.0.0 OK");
        (await SendToTwoAsync()).Should().StartWith("554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException");
        (await wire.SendAsync("MAIL FROM:<printer@contoso.example> SIZE=157286401"))[0].Should().StartWith("552 5.3.4");
    }

    [Theory]
    [InlineData("disabled account", "account has an issue", 50057)]
    [InlineData("locked", "account has an issue", 50053)]
    [InlineData("expired password", "account has an issue", 50055)]
    [InlineData("no password", "the user credentials were incorrect", 50056)]
    [InlineData("unknown user", "the user credentials were incorrect", 50034)]
    [InlineData("no mailbox", "535 5.7.3 Authentication unsuccessful", 0)]
    [InlineData("unlicensed", "550 5.2.253 Sender throttled due to continuous invalid license errors", 0)]
    [InlineData("restricted", "550 5.1.8 Access denied, bad outbound sender", 0)]
    [InlineData("federation down", "federated STS service was unreachable", null)]
    [InlineData("federation without https", "federated STS URL does not support HTTPS", null)]
    public async Task An_account_that_cannot_submit_is_told_why_and_Entra_writes_it_down(string trouble, string text, int? code)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .OrganizationSmtpAuthDisabled(false)
            .Domain("contoso.example", trouble switch
            {
                "federation down" => DomainFederation.FederatedUnreachable,
                "federation without https" => DomainFederation.FederatedWithoutHttps,
                _ => DomainFederation.Managed,
            })
            .WithUser(Submission.Printer, u => _ = trouble switch
            {
                "disabled account" => u.Password(Submission.Password).AccountEnabled(false),
                "locked" => u.Password(Submission.Password).Locked(),
                "expired password" => u.Password(Submission.Password).PasswordExpired(),
                "no mailbox" => u.Password(Submission.Password).WithoutMailbox(),
                "unlicensed" => u.Password(Submission.Password).Unlicensed(),
                "restricted" => u.Password(Submission.Password).RestrictedSender(),
                "no password" => u,
                _ => u.Password(Submission.Password),
            }));

        (await Submission.SendAsync(tenant, user: trouble == "unknown user" ? "nobody@contoso.example" : Submission.Printer)).Should().Contain(text);
        tenant.SignIns.Select(entry => (int)entry["status"]!["errorCode"]!).Should().Equal(code is null ? [] : [code.Value]);
    }

    [Fact]
    public async Task Ten_different_wrong_passwords_lock_the_account_for_a_minute_and_the_same_one_does_not()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
        await using var tenant = await EmulatedTenant.StartAsync(clock, t => t
            .OrganizationSmtpAuthDisabled(false).WithUser(Submission.Printer, u => u.Password(Submission.Password)));
        for (var attempt = 0; attempt < 11; attempt++)
        {
            await Submission.LoginAsync(tenant, password: "always the same");
        }

        (await Submission.LoginAsync(tenant)).Should().BeNull();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await Submission.LoginAsync(tenant, password: $"guess {attempt}");
        }

        (await Submission.LoginAsync(tenant)).Should().Contain("account has an issue");
        clock.Advance(TimeSpan.FromSeconds(61));
        (await Submission.LoginAsync(tenant)).Should().BeNull();
    }

    [Fact]
    public async Task A_High_Volume_Email_account_ignores_the_organization_switch_and_sends_inside_only()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .OrganizationSmtpAuthDisabled(true).WithUser("alerts@contoso.example", u => u.Password(Submission.Password).HighVolumeEmail()));

        (await Submission.SendAsync(tenant, "alerts@contoso.example", "a@contoso.example", "alerts@contoso.example")).Should().BeNull();
        (await Submission.SendAsync(tenant, "alerts@contoso.example", "a@fabrikam.example", "alerts@contoso.example"))
            .Should().StartWith("550 5.5.105 External sending is not supported").And.NotContain("[");
        tenant.State.SecurityDefaults = true;
        (await Submission.SendAsync(tenant, "alerts@contoso.example", "a@contoso.example", "alerts@contoso.example")).Should().Contain("security defaults");
    }

    private static Task<EmulatedTenant> StartAsync(Action<EmulatedTenantBuilder>? configure = null) => EmulatedTenant.StartAsync(t =>
    {
        t.OrganizationSmtpAuthDisabled(false).WithUser(Submission.Printer, u => u.Password(Submission.Password));
        configure?.Invoke(t);
    });
}
