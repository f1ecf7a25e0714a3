using SmtpAuth.Replies;

namespace SmtpAuth.Tests.Replies;

public class ReplyCatalogTests
{
    private const string Source = "\"sources\":[{\"url\":\"https://example.com/\",\"checked\":\"2026-11\",\"confidence\":\"C\"}]";
    private const string Meaning = "\"meaning\":{\"en\":\"e\",\"ro\":\"r\"}";
    private const string Good = "{\"id\":\"a\",\"condition\":\"unclassified\",\"phrases\":[\"purple cow\"]," + Meaning + "," + Source + "}";

    public static TheoryData<string> Ids => [.. ReplyCatalog.Embedded.Signatures.Select(signature => signature.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_signature_speaks_both_languages_and_has_dated_sources(string id)
    {
        var signature = ReplyCatalog.Embedded.Find(id)!;

        signature.Meaning.Ro.Should().NotBe(signature.Meaning.En);
        signature.Causes.Should().NotContain(cause => cause.Why.En == cause.Why.Ro);
        signature.Sources.Should().OnlyContain(source => source.Checked.StartsWith("20"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_signature_can_decide_and_does_not_without_what_it_asks_for(string id)
    {
        var signature = ReplyCatalog.Embedded.Find(id)!;
        var phrases = signature.Phrases.Select(group => group[0].Trim('*').Replace('#', '1')).ToList();
        var code = signature.ReplyCodes.Select(value => (int?)value).FirstOrDefault();
        var enhanced = EnhancedStatusCode.TryParse(string.Concat(signature.EnhancedStatusCodes.Take(1)).Replace("*", "999").Replace('#', '1'), out var value) ? value : null;

        Matches(signature, phrases, code, enhanced).Should().BeTrue();
        for (var missing = 0; missing < phrases.Count; missing++)
        {
            var others = phrases.Where((_, index) => index != missing).Where(phrase => !signature.Phrases[missing].Any(other => phrase.Contains(other.Trim('*')))).ToList();
            Matches(signature, others, code, enhanced).Should().BeFalse("the group of '{0}' is missing", phrases[missing]);
        }

        if (signature.ReplyCodes.Count > 0 && !signature.AreCodesOptional)
        {
            Matches(signature, phrases, 299, enhanced).Should().BeFalse("299 is not among its codes");
        }
    }

    [Fact]
    public void The_documents_of_the_pack_add_up_to_the_catalog()
    {
        ReplyCatalog.Embedded.Signatures.Should().HaveCountGreaterThan(150);
        ReplyCatalog.Embedded.Providers.Select(evidence => evidence.Provider).Should().Contain(["exchange-online", "exchange-online-china", "gmail", "exim"]);
    }

    [Fact]
    public void Every_condition_that_names_a_failure_has_a_signature()
    {
        // Said by the parser itself, about replies that no signature knows.
        string[] ofTheParser = ["unrelated"];

        ReplyConditions.All.Except(ReplyCatalog.Embedded.Signatures.Select(signature => signature.Condition)).Should().BeEquivalentTo(ofTheParser);
    }

    [Theory]
    [InlineData("{", "x.json, line 1: found text that is not JSON*")]
    [InlineData("[]", "x.json: in the document found array, expected an object.")]
    [InlineData("{}", "x.json: in the document found no 'formatVersion', expected one.")]
    [InlineData("{\"formatVersion\":2}", "x.json: in the document found format version 2, expected 1.")]
    [InlineData("{\"formatVersion\":1,\"signature\":[]}", "x.json: in the document found the member 'signature', expected one of*")]
    [InlineData("{\"formatVersion\":1,\"signatures\":{}}", "x.json: in the document, signatures found object, expected an array.")]
    [InlineData("{\"formatVersion\":1,\"signatures\":[{\"id\":\"A b\"}]}", "*found 'A b', expected lower-case words joined by hyphens.")]
    [InlineData("{\"formatVersion\":1,\"signatures\":[{\"id\":\"a\",\"condition\":\"odd\"}]}", "x.json: in signature 'a', condition found 'odd', expected a condition.")]
    [InlineData("{\"formatVersion\":1,\"signatures\":[{\"id\":\"a\",\"condition\":\"unclassified\",\"gate\":\"door\"}]}", "*signature 'a', gate found 'door', expected a gate.")]
    [InlineData("{\"formatVersion\":1,\"signatures\":[{\"id\":\"a\",\"condition\":\"unclassified\",\"enhancedStatusCodes\":[\"x\"]}]}", "*found 'x', expected an enhanced status code.")]
    [InlineData("{\"formatVersion\":1,\"signatures\":[{\"id\":\"a\",\"condition\":\"unclassified\",\"phrases\":[\"Upper\"]}]}", "*found 'Upper', expected a lower-case phrase*")]
    [InlineData("{\"formatVersion\":1,\"signatures\":[{\"id\":\"a\",\"condition\":\"unclassified\"," + Meaning + "," + Source + "}]}", "*found neither codes nor phrases*")]
    [InlineData("{\"formatVersion\":1,\"signatures\":[" + Good + "," + Good + "]}", "*found the id 'a' a second time*")]
    public void A_faulty_document_is_named_with_what_was_found_and_expected(string json, string message)
    {
        var load = () => ReplyCatalog.Load([new("x.json", json)]);

        load.Should().Throw<FormatException>().WithMessage(message);
    }

    [Fact]
    public void A_host_can_add_signatures_and_replace_one()
    {
        var extended = ReplyCatalog.Embedded.With([new("mine.json", "{\"formatVersion\":1,\"signatures\":[" + Good + "]}")]);
        var replaced = extended.With([new("mine.json", "{\"formatVersion\":1,\"signatures\":[" + Good.Replace("purple cow", "yellow cow") + "]}")]);

        new SmtpReplyParser(extended).TryRead("550 5.7.1 purple cow", out var first).Should().BeTrue();
        new SmtpReplyParser(replaced).TryRead("550 5.7.1 purple cow", out var second).Should().BeTrue();

        (first!.SignatureId, second!.SignatureId).Should().Be(("a", null));
        replaced.Signatures.Should().HaveCount(ReplyCatalog.Embedded.Signatures.Count + 1);
    }

    private static bool Matches(ReplySignature signature, IReadOnlyList<string> phrases, int? replyCode, EnhancedStatusCode? enhanced)
    {
        var only = new SignatureMatcher(new ReplyCatalogContent([signature], [], [], []));
        var seen = new PhraseSet(only.Automaton.PhraseCount);
        var state = PhraseAutomaton.Start;
        foreach (var character in string.Join(" \n ", phrases))
        {
            state = only.Automaton.Next(state, character);
            foreach (var phrase in only.Automaton.FoundAt(state))
            {
                seen.Add(phrase);
            }
        }

        return only.Match(seen, replyCode, enhanced, 0) is not null;
    }
}
