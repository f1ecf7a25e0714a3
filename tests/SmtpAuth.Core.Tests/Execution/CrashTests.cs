using CsCheck;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>The process dies at every place where a run touches the world; resuming must end where the run would have.</summary>
public class CrashTests
{
    private static readonly int Samples = int.TryParse(Environment.GetEnvironmentVariable("SMTPAUTH_CRASH_PLANS"), out var samples) ? samples : 20;

    [Fact]
    public void Resuming_after_a_crash_anywhere_ends_as_if_there_had_been_none() =>
        Gen.Select(RandomPlans.Any, Gen.Int[0, 4]).Sample(
            (start, stale) =>
            {
                var (expected, writes) = Uninterrupted(start, stale);
                for (var at = 1; CrashAndResume(start, stale, at, expected, writes); at++)
                {
                }
            },
            iter: Samples);

    [Fact]
    public void A_crash_while_resuming_is_resumed_too() =>
        Gen.Select(RandomPlans.Any, Gen.Int[1, 30], Gen.Int[1, 30]).Sample(
            (start, first, second) =>
            {
                var (expected, writes) = Uninterrupted(start, 0);
                var world = new World(start, 0);
                _ = world.Run(first) && world.Run(second);
                _ = world.Run(int.MaxValue);

                world.Tenant.Snapshot.Should().Be(expected);
                world.Tenant.Writes.Order().Should().Equal(writes);
            },
            iter: 200);

    private static (string State, IReadOnlyList<string> Writes) Uninterrupted(RandomPlan start, int stale)
    {
        var world = new World(start, stale);
        world.Run(int.MaxValue).Should().BeFalse();
        return (world.Tenant.Snapshot, [.. world.Tenant.Writes.Order()]);
    }

    /// <returns>Whether there was a place number <paramref name="at"/> to die at.</returns>
    private static bool CrashAndResume(RandomPlan start, int stale, int at, string expected, IReadOnlyList<string> writes)
    {
        var world = new World(start, stale);
        if (!world.Run(at))
        {
            return false;
        }

        world.Run(int.MaxValue).Should().BeFalse();

        world.Tenant.Snapshot.Should().Be(expected, "place {0} of {1}", at, start);
        world.Tenant.Writes.Order().Should().Equal(writes, "each step is written once, whatever happened at place {0}", at);
        var audit = AuditLog.VerifyAsync(world.Journal.ReadAllAsync(default), null, default).GetAwaiter().GetResult();
        audit.Intact.Should().BeTrue(audit.Fault);
        return true;
    }

    private sealed class World(RandomPlan start, int stale)
    {
        private readonly SkippingTime _time = new();
        private InMemoryRunJournal? _journal;

        public SmallTenant Tenant { get; } = WithStale(start.Tenant(), stale);

        public InMemoryRunJournal Journal => _journal ??= new(_time);

        /// <summary>Applies the plan, or resumes it where it is on record, in a process that may die.</summary>
        /// <returns>Whether it died.</returns>
        public bool Run(int dieAt)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            var points = new CrashPoints(dieAt);
            var tenant = new PassingTenant<SmallTenant>(Tenant, points.Pass);
            var runner = new PlanRunner([tenant], [tenant], new PassingJournal(Journal, points.Pass), time: _time);
            var isOnRecord = Journal.ReadRunAsync("r1", default).GetAwaiter().GetResult().Count > 0;
            var approval = start.Plan.Approve();
            var events = isOnRecord
                ? runner.ResumeAsync("r1", approval)
                : runner.ApplyAsync(start.Plan, approval, new() { RunId = "r1" });
            try
            {
                var report = events.ReportAsync().GetAwaiter().GetResult();
                report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
            }
            catch (CrashException)
            {
                return true;
            }

            return points.Happened;
        }

        private static SmallTenant WithStale(SmallTenant tenant, int stale)
        {
            tenant.StaleReads = stale;
            return tenant;
        }
    }
}
