using SmtpAuth.Testing;
using SmtpAuth.Verification;

namespace SmtpAuth.Probe;

public class MailKitSubmissionProbeTests
{
    [Fact]
    public async Task A_right_password_is_accepted_and_nothing_is_sent()
    {
        await using var tenant = await Some.TenantAsync();

        var result = await Some.ProbeAsync(Some.Request(tenant));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.Accepted, ProbePhase.Auth));
        result.ReplyText.Should().StartWith("235 2.7.0");
        result.TlsVersion.Should().BeOneOf("TLS 1.2", "TLS 1.3");
        result.CertificateSha256.Should().Be(tenant.SmtpCertificateSha256);
        result.Mechanisms.Should().Equal("LOGIN", "XOAUTH2");
        result.Failure.Should().BeNull();
        tenant.Accepted.Should().BeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_given_word_for_word()
    {
        await using var tenant = await Some.TenantAsync();
        tenant.State.User(Some.Mailbox).SmtpClientAuthenticationDisabled = true;

        var result = await Some.ProbeAsync(Some.Request(tenant));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.Refused, ProbePhase.Auth));
        result.ReplyText.Should().StartWith(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled");
        result.Transcript.Should().ContainSingle(line => line == "S: " + result.ReplyText);
    }

    [Theory]
    [InlineData("550 5.7.30 Basic authentication is not supported for Client Submission.")]
    [InlineData("421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.")]
    [InlineData("454 4.7.0 Temporary authentication failure")]
    [InlineData("535 5.7.3 Authentication unsuccessful")]
    public async Task Every_negative_reply_to_AUTH_is_a_refusal(string reply)
    {
        await using var tenant = await Some.TenantAsync(given =>
            given.WithFault(new Fault(EmulatedService.Smtp, FaultKind.Reply) { Target = "AUTH", Reply = reply }));

        var result = await Some.ProbeAsync(Some.Request(tenant));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.Refused, ProbePhase.Auth));
        result.ReplyText.Should().StartWith(reply);
    }

    [Fact]
    public async Task A_token_goes_over_XOAUTH2()
    {
        await using var tenant = await Some.TenantAsync();
        var token = tenant.IssueToken(TokenAudience.Smtp, builder => builder.User(Some.Mailbox).Scopes("SMTP.Send"));

        var accepted = await Some.ProbeAsync(Some.Request(tenant, token, Route.OAuthDelegated));
        var refused = await Some.ProbeAsync(Some.Request(tenant, "not-a-token", Route.OAuthApp));

        accepted.Outcome.Should().Be(ProbeOutcome.Accepted);
        accepted.Transcript.Should().Contain("C: AUTH XOAUTH2 ********");
        refused.ReplyText.Should().StartWith("535 5.7.3");
        Some.Everything(accepted).Should().NotContain(token);
    }

    [Theory]
    [InlineData(Route.Basic)]
    [InlineData(Route.OAuthDelegated)]
    public async Task No_secret_is_in_the_result_even_where_the_server_echoes_it(Route route)
    {
        var sent = new List<string>();
        await using var server = new ScriptedServer(async session =>
        {
            await session.GreetAsync("AUTH LOGIN XOAUTH2");
            sent.Add(await session.HearAsync());
            if (route == Route.Basic)
            {
                await session.SayAsync("334 VXNlcm5hbWU6");
                sent.Add(await session.HearAsync());
                await session.SayAsync("334 UGFzc3dvcmQ6");
                sent.Add(await session.HearAsync());
            }

            await session.SayAsync($"535 5.7.3 you sent {sent[^1]}, which is {Some.Password}");
            await session.SilenceAsync();
        });
        var request = Some.Request("127.0.0.1", server.Port, trusted: server.CertificateSha256.ToLowerInvariant());

        var result = await Some.ProbeAsync(new ProbeRequest
        {
            Host = request.Host,
            Port = request.Port,
            TrustedCertificateSha256 = request.TrustedCertificateSha256,
            Submission = request.Submission with { Route = route },
            Credential = request.Credential,
        });

        var blob = sent[^1].Split(' ')[^1];
        result.ReplyText.Should().StartWith("535 5.7.3 you sent ").And.Contain("********");
        Some.Everything(result).Should().NotContain(Some.Password).And.NotContain(blob);
        Convert.FromBase64String(blob).Should().NotBeEmpty("the secret was on the wire");
    }

    [Fact]
    public async Task With_a_recipient_the_session_ends_with_RSET()
    {
        await using var tenant = await Some.TenantAsync();

        var result = await Some.ProbeAsync(Some.Request(tenant, recipient: "helpdesk@contoso.example"));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.Accepted, ProbePhase.RcptTo));
        result.Transcript.Where(line => line.StartsWith("C: ", StringComparison.Ordinal)).Skip(2).Should().ContainInOrder(
            $"C: MAIL FROM:<{Some.Mailbox}>", "C: RCPT TO:<helpdesk@contoso.example>", "C: RSET", "C: QUIT");
        tenant.Accepted.Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_is_sent_only_when_told()
    {
        await using var tenant = await Some.TenantAsync();

        var result = await Some.ProbeAsync(Some.Request(tenant, recipient: "helpdesk@contoso.example", sendMessage: true));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.Accepted, ProbePhase.Data));
        tenant.Accepted.Should().ContainSingle();
    }

    [Fact]
    public async Task Send_As_is_refused_at_the_end_of_the_message()
    {
        await using var tenant = await Some.TenantAsync(given => given.WithUser("ceo@contoso.example"));

        var result = await Some.ProbeAsync(Some.Request(
            tenant, recipient: "helpdesk@contoso.example", sendMessage: true, from: "ceo@contoso.example"));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.Refused, ProbePhase.Data));
        result.ReplyText.Should().Contain("SendAsDenied");
    }

    [Fact]
    public async Task An_untrusted_certificate_gets_no_password()
    {
        await using var tenant = await Some.TenantAsync();

        var result = await Some.ProbeAsync(Some.Request(tenant, trusted: null));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.NoAnswer, ProbePhase.Tls));
        result.Failure.Should().Contain("certificate");
        result.CertificateSha256.Should().Be(tenant.SmtpCertificateSha256);
        result.Transcript.Should().NotContain(line => line.Contains("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pin_that_does_not_fit_trusts_nothing()
    {
        await using var tenant = await Some.TenantAsync();

        var result = await Some.ProbeAsync(Some.Request(tenant, trusted: new string('0', 64)));

        result.Failure.Should().Contain(tenant.SmtpCertificateSha256).And.Contain("Check the fingerprint");
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_password()
    {
        await using var server = new ScriptedServer(async session =>
        {
            await session.SayAsync("220 mail.fabrikam.example ESMTP");
            await session.HearAsync();
            await session.SayAsync("250-mail.fabrikam.example", "250 AUTH LOGIN");
            await session.SilenceAsync();
        });

        var result = await Some.ProbeAsync(Some.Request("127.0.0.1", server.Port));

        (result.Outcome, result.ReplyText).Should().Be((ProbeOutcome.NoAnswer, null));
        result.Failure.Should().Contain("does not offer STARTTLS");
        result.Transcript.Should().NotContain(line => line.StartsWith("C: AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_mechanism_is_named_with_those_offered()
    {
        await using var server = new ScriptedServer(async session =>
        {
            await session.GreetAsync("AUTH PLAIN CRAM-MD5");
            await session.SilenceAsync();
        });

        var result = await Some.ProbeAsync(Some.Request("127.0.0.1", server.Port, trusted: server.CertificateSha256));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.NoAnswer, ProbePhase.Ehlo));
        result.Failure.Should().Contain("CRAM-MD5, PLAIN").And.Contain("not LOGIN");
    }

    [Theory]
    [InlineData("554 5.7.1 no service here", ProbeOutcome.Refused)]
    [InlineData("421 4.3.2 Service not available", ProbeOutcome.Refused)]
    public async Task A_refusing_greeting_is_a_refusal(string greeting, ProbeOutcome expected)
    {
        await using var server = new ScriptedServer(async session =>
        {
            await session.SayAsync(greeting);
            await session.SilenceAsync();
        });

        var result = await Some.ProbeAsync(Some.Request("127.0.0.1", server.Port));

        (result.Outcome, result.Phase, result.ReplyText).Should().Be((expected, ProbePhase.Connect, greeting));
    }

    [Fact]
    public async Task What_is_no_SMTP_greeting_is_quoted()
    {
        await using var server = new ScriptedServer(async session =>
        {
            await session.SayAsync("HTTP/1.1 400 Bad Request");
            await session.SilenceAsync();
        });

        var result = await Some.ProbeAsync(Some.Request("127.0.0.1", server.Port));

        result.Outcome.Should().Be(ProbeOutcome.NoAnswer);
        result.Failure.Should().Contain("HTTP/1.1 400 Bad Request").And.Contain("220");
    }

    [Fact]
    public async Task A_silent_server_is_left_after_the_phase_timeout()
    {
        await using var server = new ScriptedServer(session => session.SilenceAsync());

        var result = await Some.ProbeAsync(Some.Request("127.0.0.1", server.Port, TimeSpan.FromSeconds(3)));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.NoAnswer, ProbePhase.Connect));
        result.Failure.Should().Contain("within 3 s");
    }

    [Fact]
    public async Task A_server_that_goes_silent_during_AUTH_is_left_too()
    {
        await using var server = new ScriptedServer(async session =>
        {
            await session.GreetAsync("AUTH LOGIN");
            await session.HearAsync();
            await session.SilenceAsync();
        });

        var result = await Some.ProbeAsync(Some.Request("127.0.0.1", server.Port, TimeSpan.FromSeconds(5), server.CertificateSha256));

        (result.Outcome, result.Phase).Should().Be((ProbeOutcome.NoAnswer, ProbePhase.Auth));
        result.Failure.Should().Contain("during AUTH");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_no_answer()
    {
        await using var server = new ScriptedServer(async session =>
        {
            await session.GreetAsync("AUTH LOGIN");
            await session.HearAsync();
        });

        var result = await Some.ProbeAsync(Some.Request("127.0.0.1", server.Port, trusted: server.CertificateSha256));

        (result.Outcome, result.Phase, result.ReplyText).Should().Be((ProbeOutcome.NoAnswer, ProbePhase.Auth, null));
        result.Failure.Should().Contain("ended during AUTH");
    }

    [Fact]
    public async Task Endless_talk_from_the_server_ends_the_attempt()
    {
        await using var server = new ScriptedServer(async session =>
        {
            var line = "220-" + new string('x', 4000);
            while (true)
            {
                await session.SayAsync(line);
            }
        });

        var result = await Some.ProbeAsync(Some.Request("127.0.0.1", server.Port));

        result.Outcome.Should().Be(ProbeOutcome.NoAnswer);
        result.Transcript.Count.Should().BeLessThan(1000);
    }

    [Fact]
    public async Task Nobody_listening_is_told_from_a_name_that_does_not_exist()
    {
        int free;
        await using (var server = new ScriptedServer(session => session.SilenceAsync()))
        {
            free = server.Port;
        }

        var refused = await Some.ProbeAsync(Some.Request("127.0.0.1", free));
        var unknown = await Some.ProbeAsync(Some.Request("smtp.office365.invalid", 587));

        (refused.Outcome, refused.Phase).Should().Be((ProbeOutcome.NoAnswer, ProbePhase.Connect));
        refused.Failure.Should().Contain("refused the connection");
        (unknown.Outcome, unknown.Phase).Should().Be((ProbeOutcome.NoAnswer, ProbePhase.Resolve));
        unknown.Failure.Should().Contain("could not be resolved");
    }

    [Fact]
    public async Task Cancelling_ends_the_attempt()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new ScriptedServer(async session =>
        {
            await cancel.CancelAsync();
            await session.SilenceAsync();
        });

        var probing = new MailKitSubmissionProbe().ProbeAsync(Some.Request("127.0.0.1", server.Port), cancel.Token);

        await FluentActions.Awaiting(() => probing).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("printer@contoso.example\r\nRCPT TO:<x@fabrikam.example>")]
    [InlineData("<printer@contoso.example>")]
    [InlineData("")]
    public async Task An_address_that_would_become_a_command_is_not_sent(string recipient)
    {
        await using var tenant = await Some.TenantAsync();

        var probing = () => Some.ProbeAsync(Some.Request(tenant, recipient: recipient));

        await probing.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task A_route_without_AUTH_is_not_probed()
    {
        await using var tenant = await Some.TenantAsync();

        var probing = () => Some.ProbeAsync(Some.Request(tenant, route: Route.SmtpRelay));

        await probing.Should().ThrowAsync<ArgumentException>().WithMessage("*SmtpRelay*");
    }
}
