using CsCheck;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Testing;
using SmtpAuth.Verification;

namespace SmtpAuth.Acceptance;

/// <summary>
/// The strongest test there is: a tenant that knows nothing of the rules refuses, and after the plan for it is applied it
/// accepts, with nothing else changed; taken back, it is as it was.
/// </summary>
public sealed class ClosedLoopTests
{
    private static readonly string[] Risks = ["conditional-access-exclusion", "per-user-mfa-off", "security-defaults-off"];

    private static readonly Gen<Broken> Tenants = Gen.Select(
        Gen.Bool,
        Gen.OneOf<bool?>(null, true, false),
        Gen.OneOf(Entra.Nothing, Entra.SecurityDefaults, Entra.BlockLegacy, Entra.RequireMfa),
        Gen.OneOf("disabled", "enabled", "enforced"),
        Gen.OneOf<bool?>(null, null, false, true),
        (organization, mailbox, entra, mfa, policy) => new Broken(organization, mailbox, entra, mfa, policy));

    public enum Entra
    {
        Nothing,
        SecurityDefaults,
        BlockLegacy,
        RequireMfa,
    }

    [Fact]
    public async Task A_refused_submission_passes_once_its_plan_is_applied_and_the_undo_leaves_no_trace() =>
        await Tenants.SampleAsync(
            async broken => await LoopAsync(broken),
            iter: int.Parse(Environment.GetEnvironmentVariable("SMTPAUTH_LOOPS") ?? "12", System.Globalization.CultureInfo.InvariantCulture),
            threads: 1);

    private static async Task LoopAsync(Broken broken)
    {
        await using var tenant = await ConnectedTenant.StartAsync(broken.Configure, broken.Configure);
        var before = tenant.Emulated.Snapshot();
        var first = await tenant.SubmitAsync();
        var remediator = tenant.Remediator();
        var plan = await remediator.PlanAsync(first.ReplyText is { } text && first.Outcome == ProbeOutcome.Refused ? text : null,
            tenant.Submission, new PlannerOptions { AcceptedRisks = Risks });

        plan.Complete.Should().BeTrue($"every gate of {broken} can be opened with the risks accepted");
        (plan.Steps.Count == 0).Should().Be(first.Outcome == ProbeOutcome.Accepted, $"{broken} answered {first.ReplyText}");
        tenant.Emulated.Snapshot().DifferencesTo(before).Should().BeEmpty("planning changes nothing");
        if (plan.Steps.Count == 0)
        {
            return;
        }

        var report = await remediator.ApplyAsync(plan, Approve(plan), new RunOptions { PollInterval = TimeSpan.FromMilliseconds(50) });

        report.Outcome.Should().Be(RunOutcome.Proved, $"{broken}: {report.Why}");
        (await tenant.SubmitAsync()).Outcome.Should().Be(ProbeOutcome.Accepted);
        tenant.Emulated.Changes.Count.Should().Be(plan.Steps.Count, "nothing but the steps changes anything");

        var undone = await remediator.UndoAsync(report.RunId, new RunOptions { PollInterval = TimeSpan.FromMilliseconds(50), Prove = false });

        undone.Outcome.Should().Be(RunOutcome.Observed, undone.Why);
        tenant.Emulated.Snapshot().DifferencesTo(before).Should().BeEmpty($"{broken} was taken back");
    }

    private static Approval? Approve(RemediationPlan plan) => plan.ApprovalRequired
        ? new(PlanHash.Compute(plan), "lead@contoso.example", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1))
        : null;

    /// <summary>What is wrong with a tenant. A null policy means that none applies.</summary>
    private sealed record Broken(bool OrganizationOff, bool? MailboxOff, Entra Entra, string PerUserMfa, bool? PolicyAllowsBasic)
    {
        public void Configure(EmulatedTenantBuilder tenant)
        {
            tenant.OrganizationSmtpAuthDisabled(OrganizationOff).SecurityDefaults(Entra == Entra.SecurityDefaults);
            if (PolicyAllowsBasic is { } allows)
            {
                tenant.AuthenticationPolicy("Company policy", allows, organizationDefault: true);
            }

            if (Entra == Entra.BlockLegacy)
            {
                tenant.ConditionalAccessPolicy(policy => policy.BlockLegacyAuthentication());
            }

            if (Entra == Entra.RequireMfa)
            {
                tenant.ConditionalAccessPolicy(policy => policy.RequireMfa());
            }
        }

        public void Configure(EmulatedUserBuilder printer) =>
            printer.SmtpClientAuthenticationDisabled(MailboxOff).PerUserMfa(PerUserMfa);
    }
}
