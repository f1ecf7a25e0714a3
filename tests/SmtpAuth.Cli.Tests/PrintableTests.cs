using SmtpAuth.Cli.Output;

namespace SmtpAuth.Cli.Tests;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text, ăîșț → ok", "plain text, ăîșț → ok")]
    [InlineData("\u001b[2Jgone", "\uFFFD[2Jgone")]
    [InlineData("a\u202Eb", "a\uFFFDb")]
    [InlineData("a\tb\rc", "a bc")]
    public void Nothing_from_outside_moves_the_cursor_or_turns_the_line_around(string text, string shown) =>
        Printable.Text(text).Should().Be(shown);
}
