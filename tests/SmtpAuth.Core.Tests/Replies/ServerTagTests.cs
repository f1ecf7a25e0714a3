using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

public class ServerTagTests
{
    private const string Refusal = "535 5.7.3 Authentication unsuccessful ";
    private const string Host = "XX0PR00CA0001.namprd00.prod.outlook.com";
    private const string Time = "2026-01-02T03:04:05.678Z";
    private const string Id = "08DE000000000001";

    public static TheoryData<string, string, string?, string?, string?> Tags => new()
    {
        // shape, tag    =>    server, time, session id
        { "whole", $"[{Host} {Time} {Id}]", Host, Time, Id },
        { "without time, as of old", $"[{Host}]", Host, null, null },
        { "capitals are kept", "[XX0PR00CA0001.NAMPRD00.PROD.OUTLOOK.COM]", "XX0PR00CA0001.NAMPRD00.PROD.OUTLOOK.COM", null, null },
        { "host name label", "[Hostname=XX0PR00MB0001.namprd00.prod.outlook.com]", "XX0PR00MB0001.namprd00.prod.outlook.com", null, null },
        { "wrapped", $"[XX0PR00CA0001.namprd00.prod.out\n> look.com 2026-01-02T03:0\n> 4:05.678Z {Id}]", Host, Time, Id },
        { "blank in the time", $"[{Host} 2026-01-02 T03:04:05.678Z {Id}]", Host, Time, Id },
        { "Markdown link", $"[[{Host}](https://{Host}) {Time} {Id}]", Host, Time, Id },
        { "id cut off", $"[{Host} {Time} 08DE00", Host, Time, null },
        { "host cut off", "[XX0PR00CA0001.", null, null, null },
        { "host masked", $"[[masked].PROD.OUTLOOK.COM {Time} {Id}]", null, Time, Id },
        { "placeholder", "[server.prod.outlook.com]", null, null, null },
        { "not a tag", "[192.0.2.1]", null, null, null },
        { "a message id", "<x@XX0PR00MB0001.namprd00.prod.outlook.com>", null, null, null },
        { "first of several", $"[{Host} {Time} {Id}] [YY0PR00MB0002.eurprd00.prod.outlook.com]", Host, Time, Id },
        { "21Vianet", "[SH0PR01CA0001.CHNPR01.prod.partner.outlook.cn]", "SH0PR01CA0001.CHNPR01.prod.partner.outlook.cn", null, null },
    };

    [Theory]
    [MemberData(nameof(Tags))]
    public void Parse_reads_the_tag_and_never_half_of_it(string shape, string tag, string? server, string? time, string? sessionId)
    {
        var reply = SmtpReplyParser.Parse(Refusal + tag);

        (reply.Server, reply.Time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null), reply.SessionId)
            .Should().Be((server, time, sessionId), shape);
    }

    [Fact]
    public void A_cut_off_host_still_shows_that_Exchange_Online_answered() =>
        SmtpReplyParser.Parse("530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM [XX0PR00CA0001.")
            .Provider.Should().Be("exchange-online");

    [Fact]
    public void The_greeting_names_the_server_where_no_reply_has_a_tag()
    {
        var reply = SmtpReplyParser.Parse("S: 220 XX0PR00CA0001.outlook.office365.com Microsoft ESMTP MAIL Service ready at Thu, 1 Jan 2026 00:00:00 +0000 [08DE000000000001]\nC: EHLO x");

        (reply.Server, reply.SessionId, reply.Condition).Should().Be(("XX0PR00CA0001.outlook.office365.com", "08DE000000000001", "no-failure-shown"));
    }

    [Fact]
    public void The_text_of_a_reply_has_neither_codes_nor_tag() =>
        SmtpReplyParser.Parse($"Error: Invalid login: 535 5.7.3 Authentication unsuccessful [{Host} {Time} {Id}]\n    at x").Text
            .Should().Be("Authentication unsuccessful");
}
