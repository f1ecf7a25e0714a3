using System.Security.Cryptography;
using System.Text;
using CsCheck;
using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

/// <summary>Texts in which words stand by chance only.</summary>
public class NoiseTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly string[] Syllables = ["lo", "rem", "ip", "sum", "do", "lor", "sit", "a", "met", "con", "sec", "te", "tur", "ad", "pi", "scing", "e", "lit", "re", "lay"];

    private static readonly string[] Code =
        ["function(e,t){", "return ", "var n=", "=>", "!0", "};", "if(", ")", "e.prototype.", "502", "550", "5.71", "\"1.5.7\"", "this.", "||", "&&", "[", "]", "\"use strict\";", "exports.", "535:", "null"];

    private static readonly Gen<string> Words = Gen.Int[0, Syllables.Length - 1].Array[1, 4].Select(parts => string.Concat(parts.Select(part => Syllables[part])));

    public static TheoryData<string, Gen<string>> Noises => new()
    {
        { "base64 in one line", Gen.Byte.Array[1000, 6000].Select(Convert.ToBase64String) },
        { "base64 in lines", Gen.Byte.Array[1000, 6000].Select(bytes => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)) },
        { "hexadecimal digits", Gen.Byte.Array[200, 3000].Select(Convert.ToHexString) },
        { "words", Words.Array[20, 300].Select(words => string.Join(' ', words)) },
        { "identifiers", Gen.Char[Letters + "0123456789_"].Array[3, 24].Select(letters => new string(letters)).Array[20, 300].Select(names => string.Join(' ', names)) },
        { "code", Gen.OneOf(Gen.Int[0, Code.Length - 1].Select(piece => Code[piece]), Gen.Char[Letters].Array[1, 3].Select(name => new string(name))).Array[50, 600].Select(string.Concat) },
        { "JSON", Gen.Select(Words, Gen.Int[0, 100_000]).Array[20, 200].Select(pairs => "{" + string.Join(',', pairs.Select(pair => $"\"{pair.Item1}\":{pair.Item2}")) + "}") },
    };

    [Theory]
    [MemberData(nameof(Noises))]
    public void Noise_is_nobodys_reply(string kind, Gen<string> noise)
    {
        var read = 0;
        noise.Sample(
            text =>
            {
                if (!SmtpReplyParser.TryParse(text, out var reply))
                {
                    return true;
                }

                Interlocked.Increment(ref read);
                return reply.Provider != ReplyProviders.ExchangeOnline;
            },
            iter: 300);

        read.Should().BeLessThanOrEqualTo(3, kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_megabyte_of_base64_holds_no_reply(bool isWrapped)
    {
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(750_000), isWrapped ? Base64FormattingOptions.InsertLineBreaks : Base64FormattingOptions.None);

        SmtpReplyParser.TryParse(text, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("xx5.7.139 authentication unsuccessfulness, thexuser credentials were incorrectly")]
    [InlineData("subSmtpClientAuthentication is disabled for the Tenants")]
    [InlineData("nosuchhost.no such hostess")]
    [InlineData("npm ERR! registry of apples")]
    public void Phrases_are_whole_words(string text) => SmtpReplyParser.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void A_star_in_the_catalog_stands_for_the_rest_of_a_word()
    {
        var automaton = new PhraseAutomaton(["cow", "*cow", "cow*", "*cow*"]);

        Found(automaton, "a cow.").Should().Equal(0, 1, 2, 3);
        Found(automaton, "a seacow").Should().Equal(1, 3);
        Found(automaton, "cows").Should().Equal(2, 3);
        Found(automaton, "scows").Should().Equal(3);
    }

    [Fact]
    public void Writing_without_blanks_between_words_has_no_words_to_be_whole()
    {
        var automaton = new PhraseAutomaton(["客户端未"]);

        Found(automaton, "或客户端未通过").Should().Equal(0);
    }

    [Fact]
    public void A_code_may_touch_writing_without_blanks_between_words()
    {
        var reply = SmtpReplyParser.Parse("发送邮件时出现504 5.7.4 Unrecognized authentication type，请检查");

        (reply.ReplyCode, reply.Condition).Should().Be((504, "unrecognized-auth-type"));
    }

    [Fact]
    public void A_reply_next_to_a_long_token_is_read()
    {
        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(900));

        var reply = SmtpReplyParser.Parse($"AUTH XOAUTH2 {token}\n535 5.7.3 Authentication unsuccessful");

        reply.Condition.Should().Be("auth-unsuccessful-generic");
    }

    [Fact]
    public void Base64_that_is_text_is_read()
    {
        const string Bounce = "The message could not be delivered to the recipient. The remote server said: 550 5.1.1 user unknown. Please check the address and send it again, or ask the recipient.";

        SmtpReplyParser.Parse(Convert.ToBase64String(Encoding.UTF8.GetBytes(Bounce))).Condition.Should().Be("recipient-not-found");
    }

    private static SortedSet<int> Found(PhraseAutomaton automaton, string text)
    {
        var state = PhraseAutomaton.Start;
        var seen = new SortedSet<int>();
        for (var index = 0; index < text.Length; index++)
        {
            state = automaton.Next(state, text[index]);
            foreach (var phrase in automaton.FoundAt(state))
            {
                if (automaton.IsWhole(phrase, text, index))
                {
                    seen.Add(phrase);
                }
            }
        }

        return seen;
    }
}
