using SmtpAuth.Diagnoses;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Diagnoses;

public sealed class DiagnoserTests
{
    private const string ForTenant = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.";
    private const string ForMailbox = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.";
    private const string Defaults = "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.";
    private const string Criteria = "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.";
    private const string Credentials = "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.";
    private const string BasicDisabled = "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.";
    private const string Generic = "535 5.7.3 Authentication unsuccessful [XX0PR00CA0001.namprd00.prod.outlook.com 2026-01-01T00:00:00.000Z 08DE000000000000]";
    private const string NotAuthenticated = "530 5.7.57 Client not authenticated to send mail. [XX0PR00CA0001.namprd00.prod.outlook.com 2026-01-01T00:00:00.000Z 08DE000000000000]";
    private const string Wrapped = "5.7.57 Client not authenticated to send mail. Error: " + ForMailbox;

    public static TheoryData<string, string, Verdict, string> Switches => new()
    {
        // mailbox, organization    =>    verdict, decided by
        { "null",  "true",  Verdict.Blocked, "EXO001" },
        { "null",  "false", Verdict.Open,    "" },
        { "null",  "null",  Verdict.Unknown, "EXO001" },       // a switch that reads null was not read
        { "false", "true",  Verdict.Open,    "" },             // the mailbox wins
        { "false", "null",  Verdict.Open,    "" },             // and then the organization need not be known
        { "true",  "false", Verdict.Blocked, "EXO002" },
        { "true",  "null",  Verdict.Blocked, "EXO002" },
    };

    [Theory]
    [MemberData(nameof(Switches))]
    public void The_mailbox_wins_over_the_organization_and_null_inherits(string mailbox, string organization, Verdict verdict, string decidedBy)
    {
        var diagnosis = SomeTenant.Diagnose(Some.Answers().WithMailboxSwitch(mailbox).WithOrganizationSwitch(organization));

        (diagnosis.Verdict, string.Join(",", diagnosis.At(Gate.SmtpAuthSwitch).Rules)).Should().Be((verdict, decidedBy));
    }

    [Fact]
    public void A_tenant_that_lets_the_sender_through_is_open_though_gates_remain_that_only_an_attempt_settles()
    {
        var diagnosis = SomeTenant.Diagnose(Some.Answers());

        diagnosis.Verdict.Should().Be(Verdict.Open);
        diagnosis.Causes.Should().BeEmpty();
        diagnosis.NextFacts.Should().BeEmpty();
        diagnosis.Gates.Where(gate => gate.Status == GateStatus.Unknown).Select(gate => gate.Gate)
            .Should().Equal(Gate.Network, Gate.Tls, Gate.Endpoint, Gate.Mechanism, Gate.Limits, Gate.Reputation);
        diagnosis.At(Gate.OAuthAuthorization).Status.Should().Be(GateStatus.NotOnRoute);
    }

    [Fact]
    public void Every_closed_gate_is_named_with_its_cause_and_what_fails_after_the_one_that_replied()
    {
        var answers = Some.Answers().WithMailboxSwitch("null").WithSecurityDefaults(true).WithMfa("enforced").WithAuthenticationPolicy("Block Basic");

        var diagnosis = SomeTenant.Diagnose(answers, ForTenant);

        diagnosis.Closed().Should().Equal(Gate.AuthenticationPolicy, Gate.SmtpAuthSwitch, Gate.SecurityDefaults, Gate.PerUserMfa);
        diagnosis.WillFailNext.Should().Equal(Gate.SecurityDefaults, Gate.PerUserMfa);
        diagnosis.Causes.Should().Equal(
            new Cause("EXO010", "auth-policy-blocks-basic", Gate.AuthenticationPolicy, true, false),
            new Cause("EXO001", "tenant-smtp-auth-off", Gate.SmtpAuthSwitch, true, true),
            new Cause("ENT001", "security-defaults-on", Gate.SecurityDefaults, true, false),
            new Cause("ENT030", "per-user-mfa", Gate.PerUserMfa, true, false));
    }

    [Fact]
    public void Without_a_reply_everything_after_the_first_closed_gate_fails_next() =>
        SomeTenant.Diagnose(Some.Answers().WithMailboxSwitch("true").WithSecurityDefaults(true).WithMfa("enforced"))
            .WillFailNext.Should().Equal(Gate.SecurityDefaults, Gate.PerUserMfa);

    public static TheoryData<string, string, string> Explanations => new()
    {
        // what the server said, what is wrong    =>    the cause that explains it
        { ForTenant,        "organization",  "tenant-smtp-auth-off confirmed" },
        { ForMailbox,       "mailbox",       "mailbox-smtp-auth-off confirmed" },
        { Wrapped,          "mailbox",       "mailbox-smtp-auth-off confirmed" },
        { NotAuthenticated, "mailbox",       "mailbox-smtp-auth-off confirmed" },
        { Generic,          "mailbox",       "mailbox-smtp-auth-off confirmed" },
        { Defaults,         "defaults",      "security-defaults-on confirmed" },
        { Criteria,         "policy",        "ca-blocks-legacy-auth confirmed" },
        { Criteria,         "mfa",           "per-user-mfa confirmed" },
        { Credentials,      "mfa",           "per-user-mfa confirmed" },
        { Credentials,      "account",       "account-disabled confirmed" },
        { BasicDisabled,    "authentication", "auth-policy-blocks-basic confirmed" },
        { Credentials,      "nothing",       "wrong-password possible" },
        { ForTenant,        "unread switch", "tenant-smtp-auth-off possible" },
    };

    [Theory]
    [MemberData(nameof(Explanations))]
    public void What_the_server_said_is_explained_by_what_is_wrong(string error, string wrong, string cause)
    {
        var answers = wrong switch
        {
            "organization" => Some.Answers().WithMailboxSwitch("null"),
            "mailbox" => Some.Answers().WithMailboxSwitch("true"),
            "defaults" => Some.Answers().WithSecurityDefaults(true),
            "policy" => Some.Answers().WithPolicies(Some.Policy()),
            "mfa" => Some.Answers().WithMfa("enforced"),
            "account" => Some.Answers().WithAccount(false),
            "authentication" => Some.Answers().WithAuthenticationPolicy("Block Basic"),
            "unread switch" => Some.Answers().Without(AnswerNames.CasMailbox),
            _ => Some.Answers(),
        };

        var diagnosis = SomeTenant.Diagnose(answers, error);

        diagnosis.Causes.Where(candidate => candidate.ExplainsReply)
            .Select(candidate => $"{candidate.Label} {(candidate.Confirmed ? "confirmed" : "possible")}")
            .First().Should().Be(cause);
        diagnosis.Contradictions.Should().BeEmpty();
    }

    public static TheoryData<string, string, Gate> Disagreements => new()
    {
        // what the server said, what the state says    =>    where they disagree
        { ForTenant,     "nothing wrong",    Gate.SmtpAuthSwitch },
        { ForTenant,     "mailbox",          Gate.SmtpAuthSwitch },       // the server would have said "for the Mailbox"
        { ForMailbox,    "nothing wrong",    Gate.SmtpAuthSwitch },
        { Defaults,      "nothing wrong",    Gate.SecurityDefaults },
        { Criteria,      "nothing wrong",    Gate.ConditionalAccess },
        { BasicDisabled, "nothing wrong",    Gate.AuthenticationPolicy },
        { Defaults,      "defaults, mailbox", Gate.SmtpAuthSwitch },      // the server got past the switch
    };

    [Theory]
    [MemberData(nameof(Disagreements))]
    public void A_reply_that_the_state_cannot_give_is_a_contradiction(string error, string wrong, Gate gate)
    {
        var answers = wrong switch
        {
            "mailbox" => Some.Answers().WithMailboxSwitch("true"),
            "defaults, mailbox" => Some.Answers().WithMailboxSwitch("true").WithSecurityDefaults(true),
            _ => Some.Answers(),
        };

        var diagnosis = SomeTenant.Diagnose(answers, error);

        diagnosis.Contradictions.Select(contradiction => contradiction.Gate).Should().Equal(gate);
    }

    [Fact]
    public void A_reply_never_hides_a_closed_gate_that_it_implies_was_passed()
    {
        var diagnosis = SomeTenant.Diagnose(Some.Answers().WithMailboxSwitch("true").WithSecurityDefaults(true), Defaults);

        diagnosis.Closed().Should().Equal(Gate.SmtpAuthSwitch, Gate.SecurityDefaults);
        diagnosis.Causes.Should().Contain(cause => cause.Label == "mailbox-smtp-auth-off" && cause.Confirmed && !cause.ExplainsReply);
    }

    [Fact]
    public void What_another_provider_said_neither_explains_nor_contradicts()
    {
        var diagnosis = SomeTenant.Diagnose(
            Some.Answers().WithMfa("enforced"),
            "535-5.7.8 Username and Password not accepted. For more information, go to 535 5.7.8 https://support.google.com/mail/?p=BadCredentials a1-20020a170902 - gsmtp");

        diagnosis.Closed().Should().Equal(Gate.PerUserMfa);
        diagnosis.Causes.Should().OnlyContain(cause => !cause.ExplainsReply);
        diagnosis.Contradictions.Should().BeEmpty();
    }

    [Fact]
    public void An_unread_fact_that_could_block_makes_the_answer_unknown_and_is_worth_reading()
    {
        var diagnosis = SomeTenant.Diagnose(Some.Answers().Without(AnswerNames.SecurityDefaults));

        diagnosis.Verdict.Should().Be(Verdict.Unknown);
        diagnosis.At(Gate.SecurityDefaults).Missing.Select(fact => fact.Fact).Should().Equal("tenant.securityDefaults.enabled");
        diagnosis.NextFacts.Should().ContainSingle(fact => fact.Fact == "tenant.securityDefaults.enabled")
            .Which.Separates.Should().Equal("security-defaults-on");
    }

    [Fact]
    public void A_group_that_was_not_read_is_named_with_the_way_to_read_it()
    {
        var answers = Some.Answers().Without(AnswerNames.UserMemberOf).WithPolicies(Some.Policy(policy =>
        {
            policy["conditions"]!["users"]!["includeUsers"] = new System.Text.Json.Nodes.JsonArray();
            policy["conditions"]!["users"]!["includeGroups"] = new System.Text.Json.Nodes.JsonArray(Some.GroupId);
        }));

        var diagnosis = SomeTenant.Diagnose(answers);

        diagnosis.Verdict.Should().Be(Verdict.Unknown);
        diagnosis.At(Gate.ConditionalAccess).Status.Should().Be(GateStatus.Unknown);
        diagnosis.NextFacts.Should().NotBeEmpty().And.OnlyContain(fact => fact.How.StartsWith("GET /v1.0/", StringComparison.Ordinal));
    }

    [Fact]
    public void Unread_policies_do_not_matter_while_security_defaults_are_on()
    {
        var diagnosis = SomeTenant.Diagnose(Some.Answers().WithSecurityDefaults(true).Without(AnswerNames.ConditionalAccessPolicies));

        diagnosis.Closed().Should().Equal(Gate.SecurityDefaults);
        diagnosis.NextFacts.Should().BeEmpty();
        diagnosis.Causes.Select(cause => cause.Label).Should().Equal("security-defaults-on");
    }

    [Fact]
    public void The_switch_of_a_mailbox_that_does_not_exist_is_not_worth_reading()
    {
        var diagnosis = SomeTenant.Diagnose(Some.Answers().With(AnswerNames.Mailbox, "[]").With(AnswerNames.CasMailbox, "[]"));

        diagnosis.Closed().Should().Equal(Gate.Mailbox);
        diagnosis.NextFacts.Should().NotContain(fact => fact.Fact == "mailbox.smtpClientAuthenticationDisabled");
    }

    [Fact]
    public void A_reply_from_behind_an_unread_gate_is_told_as_an_explanation_and_not_as_a_fact()
    {
        var verdict = SomeTenant.Diagnose(Some.Answers().WithSecurityDefaults(true).Without(AnswerNames.CasMailbox), Defaults).At(Gate.SmtpAuthSwitch);

        verdict.Status.Should().Be(GateStatus.Unknown);
        verdict.Why.Should().EndWith("The reply shows that the sender got past it at that moment.");
    }

    [Fact]
    public void A_policy_that_blocks_is_named_even_where_security_defaults_read_as_on() =>
        SomeTenant.Diagnose(Some.Answers().WithSecurityDefaults(true).WithPolicies(Some.Policy()))
            .Closed().Should().Equal(Gate.SecurityDefaults, Gate.ConditionalAccess);

    public static TheoryData<string, GateStatus> Dates => new()
    {
        { "2026-11-23", GateStatus.Open },
        { "2026-12-30", GateStatus.Open },
        { "2026-12-31", GateStatus.Unknown },       // off by default, and re-enabling cannot be read
        { "2028-01-01", GateStatus.Unknown },
    };

    [Theory]
    [MemberData(nameof(Dates))]
    public void Basic_retirement_follows_the_date(string date, GateStatus status)
    {
        var asOf = DateTimeOffset.Parse(date + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);

        SomeTenant.Diagnose(Some.Answers(), asOf: asOf).At(Gate.BasicRetirement).Status.Should().Be(status);
    }

    [Fact]
    public void The_retirement_reply_counts_before_the_date_too() =>
        SomeTenant.Diagnose(Some.Answers(), "550 5.7.30 Basic authentication is not supported for Client Submission.")
            .Causes.Should().ContainSingle(cause => cause.Label == "basic-auth-retired" && cause.ExplainsReply);

    [Fact]
    public void OAuth_meets_the_switch_and_not_the_policies_about_passwords()
    {
        var answers = Some.Answers().WithMailboxSwitch("true").WithSecurityDefaults(true).WithMfa("enforced")
            .WithAuthenticationPolicy("Block Basic").WithPolicies(Some.Policy());

        var delegated = SomeTenant.Diagnose(answers, submission: SomeTenant.Printer with { Route = Route.OAuthDelegated });
        var app = SomeTenant.Diagnose(answers, submission: SomeTenant.Printer with { Route = Route.OAuthApp, AppId = Some.AppId });

        delegated.Closed().Should().Equal(Gate.SmtpAuthSwitch);
        app.Closed().Should().Equal(Gate.SmtpAuthSwitch);
    }

    [Fact]
    public void A_rule_that_cannot_be_evaluated_is_reported_and_leaves_its_gate_unknown()
    {
        const string Faulty =
            """
            {
              "id": "TEST999", "name": "faulty", "gate": "account", "routes": ["basic"], "when": "1 / 0 > 0", "cause": "account-disabled",
              "saidBy": [], "noRemedy": { "en": "None.", "ro": "Niciunul." }, "severity": "blocking", "confidence": "C",
              "text": { "en": { "what": "W.", "why": "Y.", "changeSafety": "C." }, "ro": { "what": "W.", "why": "Y.", "changeSafety": "C." } },
              "sources": [ { "url": "https://contoso.example/", "checked": "2026-11", "confidence": "C" } ], "tests": []
            }
            """;
        var pack = RulePack.Embedded.With("test", [new("rules/TEST999.json", Faulty)]);

        var diagnosis = new Diagnoser(pack).Diagnose(null, TenantState.From(Some.Answers(), SomeTenant.Printer, Some.Now));

        diagnosis.Faults.Should().ContainSingle().Which.Rule.Should().Be("TEST999");
        diagnosis.At(Gate.Account).Status.Should().Be(GateStatus.Unknown);
        diagnosis.Verdict.Should().Be(Verdict.Unknown);
    }

    [Fact]
    public void The_words_come_in_the_language_that_was_asked_for()
    {
        var state = TenantState.From(Some.Answers().WithMailboxSwitch("true"), SomeTenant.Printer, Some.Now);

        new Diagnoser(language: "ro").Diagnose(null, state).At(Gate.SmtpAuthSwitch).Why
            .Should().Be("SMTP AUTH este oprit pe această cutie poștală.");
    }

    [Fact]
    public void Evidence_is_the_known_facts_with_their_source_and_time()
    {
        var verdict = SomeTenant.Diagnose(Some.Answers().WithMailboxSwitch("null")).At(Gate.SmtpAuthSwitch);

        verdict.Evidence.Should().Equal(
            new Evidence("mailbox.smtpClientAuthenticationDisabled", null, AnswerNames.CasMailbox, Some.Now),
            new Evidence("organization.smtpClientAuthenticationDisabled", true, AnswerNames.TransportConfig, Some.Now));
    }

    [Fact]
    public void Of_many_policies_only_those_that_refuse_are_the_evidence()
    {
        var answers = Some.Answers().WithPolicies(
            Some.Policy(policy => policy["state"] = "disabled"),
            Some.Policy(policy => policy["displayName"] = "The one"),
            Some.Policy(policy => policy["grantControls"] = null));

        var evidence = SomeTenant.Diagnose(answers).At(Gate.ConditionalAccess).Evidence.Should().ContainSingle().Subject;

        evidence.Value.Should().BeAssignableTo<IReadOnlyList<object?>>().Which.Should().ContainSingle()
            .Which.Should().BeAssignableTo<IReadOnlyDictionary<string, object?>>().Which["displayName"].Should().Be("The one");
    }

    [Fact]
    public void A_reply_is_explained_by_causes_that_there_are_on_the_route()
    {
        var basic = SomeTenant.Diagnose(Some.Answers(), Generic);
        var app = SomeTenant.Diagnose(Some.Answers(), Generic, SomeTenant.Printer with { Route = Route.OAuthApp, AppId = Some.AppId });

        basic.Causes.Select(cause => cause.Label).Should().Equal("wrong-password");
        app.Causes.Select(cause => cause.Label).Should().Equal("oauth-scope-missing", "oauth-wrong-account");
    }

    [Fact]
    public void A_policy_that_refuses_speaks_for_the_policies_about_places_and_devices() =>
        SomeTenant.Diagnose(Some.Answers().WithPolicies(Some.Policy()), Criteria)
            .Causes.Select(cause => cause.Label).Should().Equal("ca-blocks-legacy-auth");
}
