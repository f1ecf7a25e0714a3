using SmtpAuth.Rules;

namespace SmtpAuth.Tests.Rules;

public sealed class RulePackLinterTests
{
    private const string Sound =
        """
        {
          "id": "ACME001", "name": "acme", "gate": "account", "routes": ["basic"], "when": "!user.accountEnabled && user.userType == 'Guest'",
          "cause": "account-disabled", "saidBy": [], "noRemedy": { "en": "Ask.", "ro": "Întrebați." }, "severity": "blocking", "confidence": "C",
          "text": { "en": { "what": "W.", "why": "Y.", "changeSafety": "C." }, "ro": { "what": "W.", "why": "Y.", "changeSafety": "C." } },
          "sources": [ { "url": "https://contoso.example/rules", "checked": "2026-11", "confidence": "C" } ],
          "tests": [ { "it": "hits", "given": { "user.accountEnabled": false, "user.userType": "Guest" }, "expect": "closed" },
                     { "it": "misses", "given": { "user.accountEnabled": true }, "expect": "open" },
                     { "it": "waits", "given": {}, "expect": "unknown" } ]
        }
        """;

    [Fact]
    public void The_embedded_pack_has_nothing_wrong_and_only_says_which_operation_no_rule_uses()
    {
        var findings = RulePackLinter.Lint(RulePack.Embedded, Some.Now);

        findings.Select(finding => $"{finding.Id} {finding.Check}").Should().Equal("enable-smtp-auth-for-organization unused");
    }

    [Fact]
    public void Every_test_of_the_embedded_pack_passes() =>
        RulePackTester.Run(RulePack.Embedded).Should().OnlyContain(result => result.IsPassed).And.HaveCountGreaterThan(80);

    public static TheoryData<string, string, string> Flaws => new()
    {
        // what is written, what instead    =>    check
        { "\"expect\": \"open\"",    "\"expect\": \"unknown\"", "missing-near-miss" },
        { "\"expect\": \"closed\"",  "\"expect\": \"unknown\"", "missing-hit" },
        { "\"expect\": \"unknown\"", "\"expect\": \"open\"",    "missing-unread" },
        { "!user.accountEnabled && user.userType == 'Guest'", "user.accountEnabled && false", "never-matches" },
        { "!user.accountEnabled && user.userType == 'Guest'", "user.accountEnabled || true",  "always-matches" },
        { "!user.accountEnabled && user.userType == 'Guest'", "organization.rejectDirectSend", "fact-not-read" },
        { "!user.accountEnabled && user.userType == 'Guest'", "!user.exists", "shadowed by ENT021 when it sorts later" },
        { "\"gate\": \"account\"",   "\"gate\": \"oauth-authorization\"", "gate-not-on-route" },
        { "\"checked\": \"2026-11\"", "\"checked\": \"2026-04\"", "stale-source" },
        { "\"severity\"", "\"validFrom\": \"2027-01-01\", \"validUntil\": \"2026-01-01\", \"severity\"", "never-valid" },
    };

    [Theory]
    [MemberData(nameof(Flaws))]
    public void A_flaw_is_found(string written, string instead, string check)
    {
        var id = check.StartsWith("shadowed", StringComparison.Ordinal) ? "ZZZ001" : "ACME001";
        var text = Sound.Replace(written, instead, StringComparison.Ordinal).Replace("ACME001", id, StringComparison.Ordinal);
        var pack = RulePack.Embedded.With("acme", [new("rules/ACME001.json", text)]);

        RulePackLinter.Lint(pack, Some.Now).Where(finding => finding.Id == id).Select(finding => finding.Check)
            .Should().Contain(check.Split(' ')[0]);
    }

    [Fact]
    public void A_sound_rule_gives_no_finding()
    {
        var pack = RulePack.Embedded.With("acme", [new("rules/ACME001.json", Sound)]);

        RulePackLinter.Lint(pack, Some.Now).Should().NotContain(finding => finding.Id == "ACME001");
        RulePackTester.Run(pack).Where(result => result.Rule == "ACME001").Should().HaveCount(3).And.OnlyContain(result => result.IsPassed);
    }

    [Fact]
    public void A_test_that_fails_says_what_was_expected_and_what_was_found()
    {
        var pack = RulePack.Embedded.With(
            "acme", [new("rules/ACME001.json", Sound.Replace("\"user.accountEnabled\": true", "\"user.userType\": \"Guest\"", StringComparison.Ordinal))]);

        RulePackTester.Run(pack).Where(result => !result.IsPassed)
            .Should().Equal(new RuleTestResult("ACME001", "misses", RuleOutcome.NotMatched, RuleOutcome.Unknown));
    }
}
