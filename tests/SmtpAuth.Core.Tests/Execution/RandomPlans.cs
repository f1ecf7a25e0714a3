using CsCheck;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>A plan and what the small tenant is like when it is applied.</summary>
internal sealed record RandomPlan(RemediationPlan Plan, bool?[] Already)
{
    public SmallTenant Tenant()
    {
        var tenant = new SmallTenant();
        if (Already[0] == true)
        {
            tenant.Set(AnswerNames.TransportConfig, "SmtpClientAuthenticationDisabled", false);
        }

        if (Already[1] == true)
        {
            tenant.Set(AnswerNames.UserAuthenticationRequirements, "perUserMfaState", "disabled");
        }

        return tenant;
    }
}

/// <summary>Any selection of steps in any order that their dependencies allow, on a tenant where some are done already.</summary>
internal static class RandomPlans
{
    private static readonly PlanStep[] All =
    [
        SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch(), SomePlan.SecurityDefaultsOff(), SomePlan.PerUserMfaOff(),
        SomePlan.CreatePolicy(), SomePlan.EnablePolicy(),
    ];

    public static Gen<RandomPlan> Any { get; } =
        from chosen in Gen.Bool.Array[6]
        from order in Gen.Shuffle(Enumerable.Range(0, 6).ToArray())
        from already in Gen.Bool.Nullable().Array[2]
        select new RandomPlan(
            SomePlan.With([.. order.Where(index => chosen[index] || (index == 4 && chosen[5])).Select(index => All[index])]), already);
}
