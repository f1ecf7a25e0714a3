using System.Net;
using System.Text;
using System.Text.Json;
using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

/// <summary>A law: what carries a text does not change what it says.</summary>
public class CarrierTests
{
    private static readonly Dictionary<string, Func<string, string>> Carriers = new()
    {
        ["JSON"] = text => JsonSerializer.Serialize(new { message = text }),
        ["JSON in JSON"] = text => JsonSerializer.Serialize(new { log = JsonSerializer.Serialize(new { message = text }) }),
        ["HTML"] = text => $"<html><body><p>{WebUtility.HtmlEncode(text).Replace("\n", "<br>\n")}</p></body></html>",
        ["quoted-printable"] = QuotedPrintableOf,
        ["base64"] = text => "Content-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks),
        ["mail quote"] = text => "> " + text.Replace("\n", "\n> "),
        ["source comment"] = text => "    // " + text.Replace("\n", "\n    // "),
        ["Windows line breaks"] = text => text.Replace("\n", "\r\n"),
        ["typographic quotes"] = text => text.Replace('\'', '’'),
        ["terminal of 100 columns"] = text => string.Join("\n", text.Chunk(100).Select(line => new string(line))),
    };

    public static TheoryData<string> Names => [.. Carriers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reply_says_the_same_however_it_is_carried(string carrier)
    {
        var changed = new List<string>();
        foreach (var row in SentenceTests.Sentences)
        {
            var text = (string)((object?[])row)[0]!;
            var bare = SmtpReplyParser.Parse(text);
            var carried = SmtpReplyParser.TryParse(Carriers[carrier](text), out var reply) ? reply : null;
            if ((carried?.Condition, carried?.Provider, carried?.EnhancedStatusCode, carried?.Server) != (bare.Condition, bare.Provider, bare.EnhancedStatusCode, bare.Server))
            {
                changed.Add($"{text} => {carried?.Condition} {carried?.Provider} {carried?.EnhancedStatusCode} {carried?.Server}");
            }
        }

        changed.Should().BeEmpty();
    }

    private static string QuotedPrintableOf(string text)
    {
        var (encoded, column) = (new StringBuilder(), 0);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            var piece = value == '\n' ? "\n" : value is >= 32 and < 127 and not (byte)'=' ? ((char)value).ToString() : $"={value:X2}";
            column = piece == "\n" ? 0 : column + piece.Length;
            if (column > 74)
            {
                encoded.Append("=\n");
                column = piece.Length;
            }

            encoded.Append(piece);
        }

        return encoded.ToString();
    }
}
