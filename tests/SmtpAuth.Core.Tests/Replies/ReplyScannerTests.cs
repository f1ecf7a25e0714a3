using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

public class ReplyScannerTests
{
    private static readonly string[] Quiet =
    [
        "Jan 01 00:00:00 mail postfix/smtp[512]: 4D5E6F: to=<u@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=0.5, delays=0.1/0/0.2/0.2, dsn=2.0.0, status=sent (250 2.0.0 OK)",
        "Jan 01 00:00:00 mail postfix/qmgr[4711]: 4D5E6F: from=<u@example.com>, size=1534, nrcpt=1 (queue active)",
        "Jan 01 00:00:00 mail postfix/smtpd[4711]: connect from unknown[192.0.2.4]",
    ];

    [Fact]
    public void Lines_without_a_refusal_are_passed_over_without_allocating()
    {
        var scanner = ReplyScanner.Default;
        scanner.MayHoldReply(Quiet[0]).Should().BeFalse();
        var kept = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 1000; round++)
        {
            foreach (var line in Quiet)
            {
                kept += scanner.MayHoldReply(line) ? 1 : 0;
            }
        }

        (kept, GC.GetAllocatedBytesForCurrentThread() - before).Should().Be((0, 0L));
    }

    [Theory]
    [InlineData("status=deferred (SASL authentication failed; server smtp.office365.com[192.0.2.1] said: 535 5.7.3 Authentication unsuccessful)", "auth-unsuccessful-generic")]
    [InlineData("error=\"5.7.139 Authentication unsuccessful, the user credentials were incorrect.\"", "credentials-incorrect")]
    [InlineData("SmtpClientAuthentication is disabled for the Mailbox", "smtp-auth-disabled-mailbox")]
    [InlineData("connect to smtp.office365.com[192.0.2.1]:587: Connection timed out", "connect-timeout")]
    public void Lines_with_a_refusal_are_read(string line, string condition)
    {
        ReplyScanner.Default.TryRead(line, out var reply).Should().BeTrue();

        reply!.Condition.Should().Be(condition);
    }

    [Theory]
    [MemberData(nameof(SentenceTests.Sentences), MemberType = typeof(SentenceTests))]
    public void What_the_parser_knows_the_scanner_does_not_pass_over(string text, string condition, string provider, string? gate)
    {
        _ = (provider, gate);
        if (condition != ReplyConditions.NotSmtp)
        {
            ReplyScanner.Default.MayHoldReply(text).Should().BeTrue();
        }
    }
}
