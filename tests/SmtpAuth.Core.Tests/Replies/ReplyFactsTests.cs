using SmtpAuth.Replies;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Replies;

/// <summary>What a reply asks for next must be something that the product can find out.</summary>
public class ReplyFactsTests
{
    public static TheoryData<string> Facts => [.. ReplyCatalog.Embedded.Signatures.SelectMany(signature => signature.Facts).Distinct()];

    [Theory]
    [MemberData(nameof(Facts))]
    public void Every_fact_that_a_reply_asks_for_is_in_the_fact_catalogue(string fact) =>
        FactCatalogue.Default.TryGet(fact, out _).Should().BeTrue();
}
