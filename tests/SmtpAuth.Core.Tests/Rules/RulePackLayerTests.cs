using SmtpAuth.Rules;

namespace SmtpAuth.Tests.Rules;

public sealed class RulePackLayerTests
{
    private const string Rule =
        """
        {
          // comments are welcome
          "id": "ACME001", "name": "acme-freeze", "gate": "reputation", "routes": ["basic"],
          "when": "organization.rejectDirectSend", "cause": "sending-limit-or-compromised", "saidBy": ["outbound-sender-blocked"],
          "noRemedy": { "en": "Ask.", "ro": "Întrebați." }, "severity": "blocking", "confidence": "C",
          "text": { "en": { "what": "W.", "why": "Y.", "changeSafety": "C." }, "ro": { "what": "W.", "why": "Y.", "changeSafety": "C." } },
          "sources": [ { "url": "https://contoso.example/rules", "checked": "2026-11", "confidence": "C" } ],
          "tests": [],
        }
        """;

    [Fact]
    public void A_layer_adds_a_rule_and_the_rule_says_which_layer()
    {
        var pack = RulePack.Embedded.With("acme", [new("rules/ACME001.json", Rule)]);

        pack.FindRule("ACME001")!.Layer.Should().Be("acme");
        pack.FindRule("EXO001")!.Layer.Should().Be(RulePack.EmbeddedLayer);
        pack.Layers.Should().Equal(RulePack.EmbeddedLayer, "acme");
        RulePack.Embedded.FindRule("ACME001").Should().BeNull();
    }

    [Fact]
    public void A_layer_replaces_a_rule_by_its_id()
    {
        var pack = RulePack.Embedded.With("acme", [new("rules/EXO001.json", Rule.Replace("ACME001", "EXO001", StringComparison.Ordinal))]);

        pack.FindRule("EXO001")!.Name.Should().Be("acme-freeze");
        pack.Rules.Should().HaveCount(RulePack.Embedded.Rules.Count);
    }

    [Fact]
    public void A_layer_disables_a_rule_and_a_later_one_brings_another_under_its_id()
    {
        const string Disabling = """{ "formatVersion": 1, "name": "acme", "version": "7", "disabled": ["EXO001"] }""";
        var disabled = RulePack.Embedded.With("acme", [new("pack.json", Disabling)]);

        disabled.FindRule("EXO001").Should().BeNull();
        disabled.Disabled.Should().Contain("EXO001", "acme");
        disabled.Version.Should().Be($"{RulePack.Embedded.Version}+acme-7");
        disabled.With("later", [new("rules/EXO001.json", Rule.Replace("ACME001", "EXO001", StringComparison.Ordinal))])
            .FindRule("EXO001")!.Layer.Should().Be("later");
    }

    [Fact]
    public void A_folder_is_laid_over_the_embedded_pack()
    {
        var folder = Directory.CreateTempSubdirectory("pack");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "rules"));
            File.WriteAllText(Path.Combine(folder.FullName, "rules", "ACME001.json"), Rule);

            RulePack.Load(folder.FullName).FindRule("ACME001")!.Layer.Should().Be(folder.Name);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public void A_folder_without_a_pack_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("empty");
        try
        {
            var load = () => RulePack.Load(folder.FullName);

            load.Should().Throw<PackFormatException>().WithMessage("*found no pack in this folder*");
        }
        finally
        {
            folder.Delete(true);
        }
    }

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        // what is written, what is written instead    =>    where, what is said
        { "\"gate\": \"reputation\"", "\"gate\": \"reputaton\"", "3:51", "found reputaton, expected a gate*" },
        { "organization.rejectDirectSend", "organization.rejectDirectsend", "4:11", "*Did you mean 'organization.rejectDirectSend'?" },
        { "\"organization.rejectDirectSend\"", "\"client.mailbox\"", "4:11", "*gives string, expected a condition*" },
        { "sending-limit-or-compromised", "sending-limit", "4:53", "*expected a cause*" },
        { "outbound-sender-blocked", "blocked", "4:96", "*expected a condition of a reply*" },
        { "\"severity\"", "\"severty\"", "5:64", "found the member 'severty', expected one of*" },
        { "\"confidence\": \"C\",", "\"confidence\": \"Z\",", "5:", "*expected one of A, B, C, K*" },
        { "\"routes\": [\"basic\"]", "\"routes\": []", "3:75", "found no route*" },
        { "\"name\": \"acme-freeze\",", "\"name\": \"acme-freeze\", \"name\": \"b\",", "3:", "found the member 'name' a second time*" },
        { "\"noRemedy\"", "\"remedies\": [\"pray\"], \"noRemedy\"", "1:1", "found remedies and a reason why there are none*" },
        { "\"noRemedy\": { \"en\": \"Ask.\", \"ro\": \"Întrebați.\" }", "\"remedies\": [\"pray\"]", "5:16", "found pray, expected the id of an operation*" },
        { "\"tests\": [],", "\"tests\": [ { \"it\": \"x\", \"given\": { \"no.fact\": 1 }, \"expect\": \"open\" } ]", "8:", "found the fact 'no.fact'*" },
        { "\"tests\": [],", "\"tests\": [", "", "found text that is not JSON*" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_said_with_line_column_found_and_expected(string written, string instead, string where, string said)
    {
        var text = Rule.Replace(written, instead, StringComparison.Ordinal);
        var load = () => RulePack.Embedded.With("acme", [new("rules/ACME001.json", text)]);

        load.Should().Throw<PackFormatException>().WithMessage($"rules/ACME001.json:{where}*{said}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("nul")]
    [InlineData("{} {}")]
    [InlineData("[1]")]
    [InlineData("{\"id\": \"\\ud800\"}")]
    public void Text_that_is_no_rule_causes_no_other_exception(string text)
    {
        var load = () => RulePack.Embedded.With("acme", [new("rules/ACME001.json", text)]);

        load.Should().Throw<PackFormatException>().WithMessage("rules/ACME001.json:1:*");
    }

    [Fact]
    public void A_long_line_and_deep_nesting_are_refused_at_once()
    {
        var wide = () => RulePack.Embedded.With("acme", [new("rules/A.json", $"{{ {string.Join(",", Enumerable.Range(0, 200_000).Select(index => $"\"m{index}\": 1"))} }}")]);
        var deep = () => RulePack.Embedded.With("acme", [new("rules/A.json", new string('[', 100_000))]);

        wide.Should().Throw<PackFormatException>().WithMessage("*found the member 'm0'*");
        deep.Should().Throw<PackFormatException>().WithMessage("*found text that is not JSON*");
    }

    [Fact]
    public void Two_rules_of_one_id_in_one_layer_are_refused()
    {
        var load = () => RulePack.Embedded.With("acme", [new("rules/A.json", Rule), new("rules/B.json", Rule)]);

        load.Should().Throw<PackFormatException>().WithMessage("rules/B.json:1:1: found the id 'ACME001' a second time*rules/A.json*");
    }
}
