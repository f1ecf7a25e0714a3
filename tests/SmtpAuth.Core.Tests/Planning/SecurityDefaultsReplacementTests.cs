using SmtpAuth.Execution;

namespace SmtpAuth.Planning;

public class SecurityDefaultsReplacementTests
{
    private const string Sender = "7d1f0c52-9b3e-4c86-a2d4-5e8f6b7a9c01";
    private const string Emergency = "0b6e2f7d-41c8-4d3a-9e57-c2a1f8d06b34";

    private static readonly RemediationPlan Plan = SomePlan.With(
        SomePlan.MailboxSwitch(), SomePlan.SecurityDefaultsOff("s2"), SomePlan.PerUserMfaOff("s5")) with
    {
        AcceptedRisks = ["security-defaults-off", "conditional-access-exclusion"],
    };

    [Fact]
    public void Policies_are_created_before_the_switch_and_switched_on_after_it()
    {
        var plan = SecurityDefaultsReplacement.AddTo(Plan, [Sender, Emergency]);

        plan.Steps.Select(step => step.Id).Should().Equal("s1", "s4", "s6", "s2", "s7", "s8", "s5");
        plan.Steps[3].DependsOn.Should().Equal("s4", "s6");
        plan.Steps[4].DependsOn.Should().Equal("s4", "s2");
        plan.Steps[5].DependsOn.Should().Equal("s6", "s2");
        plan.Steps.Take(3).Skip(1).Should().OnlyContain(step => step.After!["state"]!.ToString() == "enabledForReportingButNotEnforced");
        PlanHash.Compute(plan).Should().NotBe(PlanHash.Compute(Plan));
    }

    [Fact]
    public void Every_policy_excepts_the_given_users_and_nobody_else()
    {
        var plan = SecurityDefaultsReplacement.AddTo(Plan, [Sender, Emergency]);

        plan.Steps.Where(step => step.Operation == "create-conditional-access-policy").Should().HaveCount(2).And.OnlyContain(
            step => step.After!["conditions"]!["users"]!.ToJsonString(null)
                == $$"""{"includeUsers":["All"],"excludeUsers":["{{Sender}}","{{Emergency}}"]}""");
    }

    [Fact]
    public void The_plan_survives_its_file() =>
        PlanJson.Write(PlanJson.Read(PlanJson.Write(SecurityDefaultsReplacement.AddTo(Plan, [Sender]))))
            .Should().Be(PlanJson.Write(SecurityDefaultsReplacement.AddTo(Plan, [Sender])));

    [Fact]
    public void It_is_refused_without_users_without_their_ids_without_the_risk_and_without_the_switch()
    {
        Adding(Plan).Should().Throw<ArgumentException>().WithMessage("Expected the object id*");
        Adding(Plan, "printer@contoso.example").Should().Throw<ArgumentException>().WithMessage("Expected the object id*");
        Adding(Plan with { AcceptedRisks = ["security-defaults-off"] }, Sender)
            .Should().Throw<ArgumentException>().WithMessage("*conditional-access-exclusion has to be accepted*");
        Adding(Plan with { Steps = [SomePlan.MailboxSwitch()] }, Sender)
            .Should().Throw<ArgumentException>().WithMessage("The plan has no step that switches security defaults off*");
    }

    private static Action Adding(RemediationPlan plan, params string[] users) => () => SecurityDefaultsReplacement.AddTo(plan, users);
}
