using SmtpAuth.Replies;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Tests.Rules;

public sealed class RulePackTests
{
    public static TheoryData<string, string> RuleTests
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var rule in RulePack.Embedded.Rules)
            {
                foreach (var test in rule.Tests)
                {
                    data.Add(rule.Id, test.It);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Operations => [.. RulePack.Embedded.Operations.Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(RuleTests))]
    public void A_rule_does_what_its_own_test_says(string id, string it)
    {
        var rule = RulePack.Embedded.FindRule(id)!;
        var test = rule.Tests.Single(candidate => candidate.It == it);

        RuleEngine.Run(rule, test).Should().Be(test.Expected, $"{id} {it}");
    }

    [Fact]
    public void Every_rule_has_a_hit_a_near_miss_and_an_unread_fact_among_its_tests() =>
        RulePack.Embedded.Rules.Should().AllSatisfy(rule => rule.Tests.Select(test => test.Expected).Distinct()
            .Should().BeEquivalentTo([RuleOutcome.Matched, RuleOutcome.NotMatched, RuleOutcome.Unknown], rule.Id));

    [Fact]
    public void Names_of_rules_are_unique() =>
        RulePack.Embedded.Rules.Select(rule => rule.Name).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Every_gate_is_described_once_in_order() =>
        RulePack.Embedded.Gates.Select(gate => gate.Gate).Should().Equal(Gates.All);

    [Fact]
    public void Every_route_is_described_once() =>
        RulePack.Embedded.Routes.Select(route => route.Route).Should().Equal(Routes.All);

    [Fact]
    public void A_gate_that_the_tenant_decides_has_a_rule_and_any_other_says_why_not() =>
        RulePack.Embedded.Gates.Should().AllSatisfy(gate =>
        {
            if (gate.IsDecidedByAttempt)
            {
                gate.Why.Should().NotBeNull(gate.Gate.ToName());
            }
            else
            {
                RulePack.Embedded.Rules.Should().Contain(rule => rule.Gate == gate.Gate, gate.Gate.ToName());
            }
        });

    [Fact]
    public void A_rule_speaks_about_gates_that_are_on_its_routes() =>
        RulePack.Embedded.Rules.Should().AllSatisfy(rule => rule.Routes.Should().AllSatisfy(route =>
            RulePack.Embedded.FindRoute(route)!.Gates.Should().Contain(rule.Gate, rule.Id)));

    [Fact]
    public void Rules_use_only_facts_that_are_read_on_their_routes()
    {
        var misplaced =
            from rule in RulePack.Embedded.Rules
            from name in rule.When.Variables
            let fact = FactCatalogue.Default.Facts.Single(declared => declared.Name == name)
            from route in rule.Routes
            where fact.Routes.Count > 0 && !fact.Routes.Contains(route)
            select $"{rule.Id} on {route.ToName()} uses {name}";

        misplaced.Should().BeEmpty();
    }

    [Fact]
    public void The_risks_are_those_of_the_command_line() =>
        RulePack.Embedded.Risks.Select(risk => risk.Name).Should().BeEquivalentTo(
            "security-defaults-off", "per-user-mfa-off", "conditional-access-exclusion", "organization-smtp-auth-on", "organization-basic-auth-on");

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_has_every_rendering_in_both_languages(string id)
    {
        var operation = RulePack.Embedded.FindOperation(id)!;

        foreach (var language in new[] { "en", "ro" })
        {
            operation.Template.Summary[language].Should().NotBeNullOrWhiteSpace();
            operation.Template.Portal[language].Should().NotBeEmpty();
        }

        operation.Template.Portal["ro"].Should().HaveSameCount(operation.Template.Portal["en"]);
        operation.Template.PowerShell.Should().NotBeEmpty();
        operation.Permissions.Should().NotBeEmpty();
        operation.Roles.Should().NotBeEmpty();
        (operation.Template.Undo is not null || operation.NoUndo is not null).Should().BeTrue();
        operation.PropagationMaximum.Should().BeGreaterThanOrEqualTo(operation.PropagationTypical);
    }

    [Fact]
    public void An_operation_that_asks_for_a_risk_says_what_to_do_instead() =>
        RulePack.Embedded.Operations.Where(operation => operation.Risk is not null)
            .Should().AllSatisfy(operation => operation.Instead.Should().NotBeNull(operation.Id));

    [Fact]
    public void What_an_operation_depends_on_comes_before_it()
    {
        var late =
            from operation in RulePack.Embedded.Operations
            from id in operation.DependsOn
            where RulePack.Embedded.FindOperation(id)!.Order >= operation.Order
            select $"{operation.Id} needs {id}";

        late.Should().BeEmpty();
    }

    [Fact]
    public void Security_defaults_are_switched_off_last_and_multifactor_authentication_before_them()
    {
        var order = RulePack.Embedded.Operations.OrderBy(operation => operation.Order).Select(operation => operation.Id).ToList();

        order[^1].Should().Be("disable-security-defaults");
        order.IndexOf("set-per-user-mfa-disabled").Should().BeGreaterThan(order.IndexOf("exclude-user-from-conditional-access-policy"));
    }

    [Fact]
    public void Every_cause_of_a_rule_is_a_known_cause_and_every_saying_a_known_condition() =>
        RulePack.Embedded.Rules.Should().AllSatisfy(rule =>
        {
            ReplyCauses.IsKnown(rule.Cause).Should().BeTrue(rule.Id);
            rule.SaidBy.Should().OnlyContain(condition => ReplyConditions.IsKnown(condition));
        });
}
