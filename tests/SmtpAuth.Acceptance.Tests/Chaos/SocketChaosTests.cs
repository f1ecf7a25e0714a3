using System.Globalization;
using System.Text.Json.Nodes;
using SmtpAuth.Execution;
using SmtpAuth.Testing;

namespace SmtpAuth.Acceptance.Chaos;

/// <summary>The real adapters and the runner against the emulated tenant, whose services fail by seed.</summary>
public sealed class SocketChaosTests
{
    private const int MostRounds = 12;

    private static readonly FaultKind[] Kinds =
    [
        FaultKind.TooManyRequests, FaultKind.ThrottledText, FaultKind.ServiceUnavailable, FaultKind.GatewayTimeout,
        FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.Unauthorized, FaultKind.ClaimsChallenge, FaultKind.EmptyForbidden, FaultKind.Slow,
    ];

    private static int Seeds => int.TryParse(
        Environment.GetEnvironmentVariable("SMTPAUTH_CHAOS_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seeds) ? seeds : 10;

    [Fact]
    public async Task Conditional_Access_takes_the_place_of_security_defaults_in_the_order_the_services_demand_and_back()
    {
        await using var world = await ChaosWorld.StartAsync(0);
        var plan = await world.PlanAsync();

        var report = await world.ApplyAsync(plan, ChaosWorld.Approve(plan));

        report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
        Order(world.Tenant.Changes).Should().Equal("created", "created", "defaults False", "state enabled", "state enabled");
        Policies(world).Should().HaveCount(2).And.OnlyContain(policy => policy["state"]!.ToString() == "enabled");

        var done = world.Tenant.Changes.Count;
        var undone = await world.UndoAsync();

        undone.Outcome.Should().Be(RunOutcome.Observed, undone.Why);
        Order(world.Tenant.Changes.Skip(done)).Should().Equal(
            "state enabledForReportingButNotEnforced", "state enabledForReportingButNotEnforced", "defaults True", "removed", "removed");
        world.Before.DifferencesTo(world.Tenant.Snapshot()).Should().BeEmpty();
    }

    [Fact]
    public async Task Whatever_the_services_do_over_sockets_each_step_is_written_once_on_record_and_the_verdict_is_true()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            await RunAsync(seed);
        }
    }

    private static async Task RunAsync(int seed)
    {
        var because = $"of seed {seed}";
        await using var world = await ChaosWorld.StartAsync(seed);
        var plan = await world.PlanAsync();
        var approval = ChaosWorld.Approve(plan);
        BreakThings(world, new Random(seed));

        var report = await world.ApplyAsync(plan, approval);
        for (var round = 0; round < MostRounds && report.Outcome != RunOutcome.Observed; round++)
        {
            report = await world.ResumeAsync(approval);
        }

        report.Outcome.Should().Be(RunOutcome.Observed, $"{because}: {report.Why}");
        IsAsPlanned(world).Should().BeTrue(because);
        world.Tenant.Changes.Select(change => (change.Kind, change.Id, change.Property)).Should().OnlyHaveUniqueItems(because);
        world.WritesWithoutIntent.Should().Be(0, because);
        (await world.VerifyAsync()).Fault.Should().BeNull(because);

        world.Tenant.ClearFaults();
        var undone = await world.UndoAsync();

        undone.Outcome.Should().Be(RunOutcome.Observed, $"{because}: {undone.Why}");
        world.Before.DifferencesTo(world.Tenant.Snapshot()).Should().BeEmpty(because);
        (await world.VerifyAsync()).Fault.Should().BeNull(because);
    }

    private static void BreakThings(ChaosWorld world, Random random)
    {
        for (var count = random.Next(2, 9); count > 0; count--)
        {
            world.Tenant.AddFault(new(random.Next(2) == 0 ? EmulatedService.Graph : EmulatedService.Exchange, Kinds[random.Next(Kinds.Length)])
            {
                Method = random.Next(3) switch { 0 => "PATCH", 1 => "POST", _ => null },
                After = random.Next(12),
                Times = random.Next(1, 4),
                RetryAfter = random.Next(2) == 0 ? null : TimeSpan.FromSeconds(random.Next(30)),
                RetryAfterAsDate = random.Next(2) == 0,
                Delay = TimeSpan.FromSeconds(random.Next(20)),
            });
        }

        world.Tenant.Behavior.StaleGraphReads = TimeSpan.FromSeconds(random.Next(45));
        world.Tenant.Behavior.StaleExchangeReads = TimeSpan.FromSeconds(random.Next(45));
        world.Jumps = [.. Enumerable.Range(0, random.Next(5)).Select(_ => TimeSpan.FromMinutes(random.Next(-120, 120)))];
    }

    private static bool IsAsPlanned(ChaosWorld world) =>
        !world.Tenant.State.SecurityDefaults
        && Policies(world) is { Count: 2 } policies
        && policies.All(policy => policy["state"]!.ToString() == "enabled")
        && world.Tenant.State.All(ObjectKinds.CasMailboxes).Any(mailbox => mailbox["SmtpClientAuthenticationDisabled"]?.ToString() == "false")
        && world.Tenant.State.All(ObjectKinds.AuthenticationRequirements).All(user => user["perUserMfaState"]!.ToString() == "disabled");

    private static IReadOnlyList<JsonObject> Policies(ChaosWorld world) => world.Tenant.State.All(ObjectKinds.ConditionalAccessPolicies);

    private static IEnumerable<string> Order(IEnumerable<TenantChange> changes) => changes
        .Where(change => change.Kind is ObjectKinds.SecurityDefaults or ObjectKinds.ConditionalAccessPolicies)
        .Select(change => change switch
        {
            { Kind: ObjectKinds.SecurityDefaults } => $"defaults {bool.Parse(change.After!)}",
            { Before: null } => "created",
            { After: null } => "removed",
            _ => $"{change.Property} {JsonNode.Parse(change.After)}",
        });
}
