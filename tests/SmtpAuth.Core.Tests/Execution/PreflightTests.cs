using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

public class PreflightTests
{
    private readonly SkippingTime _time = new();
    private readonly SmallTenant _tenant = new();
    private readonly InMemoryRunJournal _journal;

    public PreflightTests() => _journal = new(_time);

    [Fact]
    public async Task A_tenant_that_moved_refuses_the_whole_plan_with_the_three_values()
    {
        _tenant.Set(AnswerNames.CasMailbox, "SmtpClientAuthenticationDisabled", true);
        var plan = SomePlan.With(SomePlan.OrganizationSwitch(), SomePlan.MailboxSwitch());

        var events = await Runner().ApplyAsync(plan, null).ToListAsync();

        var refusal = events.OfType<RunEvent.PreflightRefused>().Single().Refusals.Single();
        (refusal.Kind, refusal.StepId).Should().Be((RefusalKind.Drift, "s1"));
        refusal.Difference!.ToString().Should().Be("s1 (set-mailbox-switch): planned before null, now true, planned after false");
        events.Report().Should().Match<RunReport>(report => report.Refused && report.Outcome == RunOutcome.Stopped);
        _tenant.Writes.Should().BeEmpty();
    }

    public static TheoryData<string, RefusalKind> Refusals => new()
    {
        { "expired", RefusalKind.Expired },
        { "circle", RefusalKind.Malformed },
        { "created by a later step", RefusalKind.Malformed },
        { "secret from step to step", RefusalKind.Malformed },
        { "nobody can", RefusalKind.NoExecutor },
        { "permission", RefusalKind.MissingPermission },
        { "licence", RefusalKind.MissingRequirement },
        { "licence unknown", RefusalKind.MissingRequirement },
        { "requires nonsense", RefusalKind.Malformed },
        { "unreadable", RefusalKind.Unreadable },
        { "other tenant by option", RefusalKind.Tenant },
        { "tenant unreadable", RefusalKind.Tenant },
        { "other tenant by reading", RefusalKind.Tenant },
        { "no approval", RefusalKind.ApprovalMissing },
        { "approval for another plan", RefusalKind.ApprovalInvalid },
        { "approval expired", RefusalKind.ApprovalInvalid },
        { "approval from the future", RefusalKind.ApprovalInvalid },
        { "approval by nobody", RefusalKind.ApprovalInvalid },
        { "approval by the requester", RefusalKind.ApprovalInvalid },
        { "lease", RefusalKind.LeaseHeld },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Everything_is_checked_before_the_first_write(string reason, RefusalKind expected)
    {
        var plan = SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.SecurityDefaultsOff());
        var options = new RunOptions { RequestedBy = "Ana Pop" };
        var created = new StepAction.Cmdlet("Set-CASMailbox", new() { ["Identity"] = "${created.s3.id}" });
        var approve = true;
        switch (reason)
        {
            case "expired": plan = plan with { Expires = SkippingTime.Start }; break;
            case "circle": plan = plan with { Steps = [plan.Steps[0] with { DependsOn = ["s3"] }, plan.Steps[1] with { DependsOn = ["s1"] }] }; break;
            case "created by a later step": plan = plan with { Steps = [plan.Steps[0] with { Action = created }, plan.Steps[1]] }; break;
            case "secret from step to step":
                created = new("Set-CASMailbox", new() { ["Identity"] = "${created.s1.secretText}" });
                plan = plan with { Steps = [plan.Steps[0], plan.Steps[1] with { Action = created }] };
                break;
            case "nobody can": plan = plan with { Steps = [plan.Steps[0] with { Action = new StepAction.Manual() }] }; break;
            case "permission": _tenant.MissingPermissions.Add("Policy.ReadWrite.SecurityDefaults is missing."); break;
            case "licence":
                _tenant.State[AnswerNames.SubscribedSkus] = new JsonObject { ["value"] = new JsonArray() };
                plan = plan with { Steps = [plan.Steps[0], plan.Steps[1] with { Requires = ["tenant.hasEntraIdP1"] }] };
                break;
            case "licence unknown":
                _tenant.Unreadable.Add(AnswerNames.SubscribedSkus);
                plan = plan with { Steps = [plan.Steps[0], plan.Steps[1] with { Requires = ["tenant.hasEntraIdP1"] }] };
                break;
            case "requires nonsense":
                plan = plan with { Steps = [plan.Steps[0] with { Requires = ["tenant.isLucky"] }, plan.Steps[1]] };
                break;
            case "unreadable": _tenant.Unreadable.Add(AnswerNames.SecurityDefaults); break;
            case "other tenant by option":
                plan = plan with { TenantId = "11111111-1111-1111-1111-111111111111" };
                options.TenantId = "22222222-2222-2222-2222-222222222222";
                break;
            case "tenant unreadable": plan = plan with { TenantId = "11111111-1111-1111-1111-111111111111" }; break;
            case "other tenant by reading":
                plan = plan with { TenantId = "11111111-1111-1111-1111-111111111111" };
                _tenant.State[AnswerNames.Organization] = new JsonObject { ["id"] = "22222222-2222-2222-2222-222222222222" };
                break;
            case "lease": await _journal.AcquireAsync("domain:contoso.example", "another run", TimeSpan.FromMinutes(1), default); break;
            case "no approval": approve = false; break;
        }

        var approval = plan.Approve("Dan Pop");
        approval = reason switch
        {
            "approval for another plan" => approval with { PlanHash = PlanHash.Compute(plan with { PackVersion = "x" }) },
            "approval expired" => approval with { Expires = SkippingTime.Start },
            "approval from the future" => approval with { ApprovedAt = SkippingTime.Start.AddMinutes(6) },
            "approval by nobody" => approval with { ApprovedBy = " " },
            "approval by the requester" => approval with { ApprovedBy = "ana pop" },
            _ => approval,
        };
        options.RequireOtherApprover = true;

        var events = await Runner().ApplyAsync(plan, approve ? approval : null, options).ToListAsync();

        events.OfType<RunEvent.PreflightRefused>().Single().Refusals.Select(refusal => refusal.Kind).Should().Contain(expected);
        events.Report().Refused.Should().BeTrue();
        _tenant.Writes.Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_plan_with_a_good_approval_is_applied()
    {
        var plan = SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.SecurityDefaultsOff()) with { TenantId = "11111111-1111-1111-1111-111111111111" };
        _tenant.State[AnswerNames.Organization] = new JsonObject { ["value"] = new JsonArray(new JsonObject { ["id"] = "11111111-1111-1111-1111-111111111111" }) };
        var options = new RunOptions { RequestedBy = "Ana Pop", RequireOtherApprover = true };

        var report = await Runner().ApplyAsync(plan, plan.Approve("Dan Pop"), options).ReportAsync();

        report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
    }

    [Theory]
    [InlineData(true, RunOutcome.Observed)]
    [InlineData(false, RunOutcome.Stopped)]
    public async Task Where_an_approval_is_missing_the_gate_is_asked_once_everything_else_is_fine(bool yes, RunOutcome expected)
    {
        var gate = new Gate(yes);
        var plan = SomePlan.With(SomePlan.SecurityDefaultsOff());

        var report = await new PlanRunner([_tenant], [_tenant], _journal, gate, time: _time).ApplyAsync(plan, null).ReportAsync();

        (report.Outcome, gate.Asked).Should().Be((expected, 1));
        (_tenant.Writes.Count > 0).Should().Be(yes);
    }

    private PlanRunner Runner() => new([_tenant], [_tenant], _journal, time: _time);

    private sealed class Gate(bool yes) : IApprovalGate
    {
        public int Asked { get; private set; }

        public Task<Approval?> AskAsync(RemediationPlan plan, string planHash, string? requestedBy, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(yes ? plan.Approve() : null);
        }
    }
}
