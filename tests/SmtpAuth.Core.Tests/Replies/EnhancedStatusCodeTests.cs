using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

public class EnhancedStatusCodeTests
{
    [Theory]
    [InlineData("5.7.139", 5, 7, 139)]
    [InlineData("4.4.62", 4, 4, 62)]
    [InlineData("2.0.0", 2, 0, 0)]
    [InlineData("5.999.999", 5, 999, 999)]
    public void TryParse_reads_a_code(string text, int @class, int subject, int detail)
    {
        EnhancedStatusCode.TryParse(text, out var code).Should().BeTrue();

        code.Should().Be(new EnhancedStatusCode(@class, subject, detail));
        code!.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5.7")]
    [InlineData("5.7.")]
    [InlineData("3.7.1")] // class 3 is intermediate and has no enhanced status codes
    [InlineData("5.7.1000")]
    [InlineData("5.07.1")] // zero-padded
    [InlineData(" 5.7.1")]
    [InlineData("5.7.1.2")]
    [InlineData("5.7.x")]
    public void TryParse_refuses_what_is_no_code(string? text) => EnhancedStatusCode.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData(3, 7, 1)]
    [InlineData(5, -1, 1)]
    [InlineData(5, 7, 1000)]
    public void An_invalid_code_cannot_be_made(int @class, int subject, int detail)
    {
        var make = () => new EnhancedStatusCode(@class, subject, detail);

        make.Should().Throw<ArgumentOutOfRangeException>();
    }
}
