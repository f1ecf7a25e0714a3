using CsCheck;
using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

public class RobustnessTests
{
    private static readonly string[] Pieces =
    [
        "535 5.7.139 ", "535-5.7.139 ", "5.7.57 ", "Error: ", "[", "]", "[XX0PR00CA0001.prod.outlook.com ", "2026-01-01T00:00:00.000Z ", "334 eyJ",
        "=\n", "=3D", "&lt;", "&#x27;", "<br>", "<", "\\u0027", "\\", "\n", "\r\n", "](http", "timestamp", "AADSTS1", "SmtpClientAuthentication is disabled",
        "220 ", "smtp;", "outlook.com ", "…", "’", "\0", "\uD800", "AAAA", "535", "5.", "dsn=",
    ];

    [Fact]
    public void TryParse_never_throws_for_any_string() =>
        Gen.String.Sample(text => SmtpReplyParser.TryParse(text, out var reply) == (reply is not null), iter: 2000);

    [Fact]
    public void TryParse_never_throws_for_any_heap_of_the_things_it_looks_for() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 60].Sample(
            pieces => SmtpReplyParser.TryParse(string.Concat(pieces.Select(piece => Pieces[piece])), out var reply) == (reply is not null), iter: 3000);

    [Fact]
    public void Null_is_the_only_argument_that_is_refused()
    {
        var parse = () => SmtpReplyParser.TryParse(null!, out _);

        parse.Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Parse_says_what_is_missing()
    {
        var parse = () => SmtpReplyParser.Parse("good morning");

        parse.Should().Throw<FormatException>().WithMessage("Found a text of 12 characters without a mail failure, expected *");
    }

    public static TheoryData<string> Noises => [.. Pieces, "535-535 ", "550 5.7.1 [a", "a=\n", "x "];

    [Theory]
    [MemberData(nameof(Noises))]
    public void Memory_grows_with_the_text_and_no_faster(string piece)
    {
        var small = Allocated(Repeat(piece, 60_000));
        var large = Allocated(Repeat(piece, 240_000));

        large.Should().BeLessThan((small * 6) + 2_000_000);
    }

    [Fact]
    public void A_text_of_many_megabytes_is_read_at_both_ends()
    {
        var text = string.Concat("535 5.7.3 Authentication unsuccessful\n\n", new string('x', 9_000_000), "\n\nlast line");

        SmtpReplyParser.Parse(text).Condition.Should().Be("auth-unsuccessful-generic");
    }

    private static string Repeat(string piece, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));

    private static long Allocated(string text)
    {
        _ = SmtpReplyParser.Default;
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = SmtpReplyParser.TryParse(text, out _);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
