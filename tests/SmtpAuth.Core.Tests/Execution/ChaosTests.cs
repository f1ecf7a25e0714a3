using CsCheck;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Everything at once, by seed: lost answers, refusals, stale reads, clocks that are set, processes that die.</summary>
public class ChaosTests
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("SMTPAUTH_CHAOS_SEEDS"), out var seeds) ? seeds : 200;

    [Fact]
    public void Whatever_goes_wrong_each_step_is_written_once_on_record_and_the_verdict_is_true() =>
        Gen.Select(RandomPlans.Any, Gen.Enum<Fault>().Array[0, 8], Gen.Int[0, 8], Gen.Int[1, 60].Array[0, 4], Gen.Int[-120, 120].Array[1, 5]).Sample(
            (start, faults, stale, crashes, jumps) =>
            {
                var world = new World(start, faults, stale, jumps);
                foreach (var crash in crashes)
                {
                    world.Run(crash);
                }

                var report = world.RunToEnd();

                report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
                world.Tenant.Writes.Should().OnlyHaveUniqueItems();
                world.WritesWithoutIntent.Should().Be(0);
                var audit = AuditLog.VerifyAsync(world.Journal.ReadAllAsync(default), null, default).GetAwaiter().GetResult();
                audit.Intact.Should().BeTrue(audit.Fault);
                var undone = world.Undo();
                undone.Outcome.Should().Be(RunOutcome.Observed, undone.Why);
                world.Tenant.Snapshot.Should().Be(world.Before);
            },
            iter: Seeds);

    private sealed class World
    {
        private readonly RandomPlan _start;
        private readonly SkippingTime _time = new();

        public World(RandomPlan start, Fault[] faults, int stale, int[] jumps)
        {
            _start = start;
            Journal = new(_time);
            Tenant = start.Tenant();
            Before = Tenant.Snapshot;
            Tenant.StaleReads = stale;
            foreach (var fault in faults)
            {
                Tenant.Faults.Enqueue(fault);
            }

            var reads = 0;
            Tenant.BeforeRead = () =>
            {
                if (++reads % 7 == 0)
                {
                    _time.Jump(TimeSpan.FromMinutes(jumps[reads / 7 % jumps.Length]));
                }
            };
            Tenant.BeforeWrite = _ =>
            {
                var last = Journal.ReadAllAsync(default).ToBlockingEnumerable().Last();
                WritesWithoutIntent += last.Kind == "step-intended" ? 0 : 1;
            };
        }

        public InMemoryRunJournal Journal { get; }

        public SmallTenant Tenant { get; }

        public string Before { get; }

        public int WritesWithoutIntent { get; private set; }

        public RunReport? Run(int dieAt)
        {
            // A dead process's lease ends by the clock, which may have been set back meanwhile.
            _time.Advance(TimeSpan.FromHours(12));
            var points = new CrashPoints(dieAt);
            var tenant = new PassingTenant<SmallTenant>(Tenant, points.Pass);
            var runner = new PlanRunner([tenant], [tenant], new PassingJournal(Journal, points.Pass), time: _time);
            var plan = _start.Plan with { Expires = SkippingTime.Start.AddYears(1) };
            var approval = plan.Approve() with { ApprovedAt = SkippingTime.Start.AddDays(-9), Expires = SkippingTime.Start.AddYears(1) };
            var isOnRecord = Journal.ReadRunAsync("r1", default).GetAwaiter().GetResult().Count > 0;
            try
            {
                return (isOnRecord ? runner.ResumeAsync("r1", approval) : runner.ApplyAsync(plan, approval, new() { RunId = "r1" }))
                    .ReportAsync().GetAwaiter().GetResult();
            }
            catch (CrashException)
            {
                return null;
            }
        }

        public RunReport RunToEnd()
        {
            // Refusals and repeated losses stop a run; each resumption uses up at least one fault.
            var report = Run(int.MaxValue)!;
            for (var round = 0; round < 12 && report.Outcome != RunOutcome.Observed; round++)
            {
                report = Run(int.MaxValue)!;
            }

            return report;
        }

        public RunReport Undo()
        {
            Tenant.Faults.Clear();
            _time.Advance(TimeSpan.FromHours(12));
            return new PlanRunner([Tenant], [Tenant], Journal, time: _time).UndoAsync("r1").ReportAsync().GetAwaiter().GetResult();
        }
    }
}
