using System.Diagnostics;
using System.Globalization;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using Xunit.Abstractions;

namespace SmtpAuth.Journal.Sqlite;

/// <summary>A real process is killed (SIGKILL) at every place where it touches the journal or the tenant.</summary>
public class KillTests(ITestOutputHelper output)
{
    private static readonly PlanStep[] Steps =
    [
        SomePlan.MailboxSwitch(), SomePlan.OrganizationSwitch(), SomePlan.SecurityDefaultsOff(), SomePlan.CreatePolicy(), SomePlan.EnablePolicy(),
        SomePlan.PerUserMfaOff(),
    ];

    private static readonly int Plans = int.TryParse(Environment.GetEnvironmentVariable("SMTPAUTH_KILL_PLANS"), out var plans) ? plans : 1;

    [Fact]
    public async Task A_killed_run_is_resumed_to_the_same_tenant_and_every_step_is_written_once()
    {
        var places = 0;
        for (var variation = 0; variation < Plans; variation++)
        {
            // The first plan has every step but the last; others leave out some and turn the order around.
            var chosen = variation == 0 ? 0b011111 : (variation * 37 & 0b111111) | 0b001000;
            var steps = Steps.Where((_, index) => (chosen >> index & 1) == 1);
            var plan = SomePlan.With([.. variation % 2 == 0 ? steps : steps.Reverse()]);
            var (expected, writes) = await UninterruptedAsync(plan);
            for (var place = 1; await KillAndResumeAsync(plan, place, expected, writes); place++)
            {
                places++;
            }
        }

        output.WriteLine($"{places} places of {Plans} plans");
        places.Should().BeGreaterThanOrEqualTo(50, "a run touches the world at least that often");
    }

    private static async Task<(string State, IReadOnlyList<string> Writes)> UninterruptedAsync(RemediationPlan plan)
    {
        using var folder = NewFolder(plan);
        (await Program.RunAsync(folder[string.Empty], () => { })).Outcome.Should().Be(RunOutcome.Observed);
        var tenant = new FileTenant(folder["tenant.json"]);
        return (tenant.State, tenant.Writes);
    }

    private static async Task<bool> KillAndResumeAsync(RemediationPlan plan, int place, string expected, IReadOnlyList<string> writes)
    {
        using var folder = NewFolder(plan);
        if (await RunInProcessAsync(folder[string.Empty], place) == Program.Done)
        {
            return false;
        }

        var report = await Program.RunAsync(folder[string.Empty], () => { });

        report.Outcome.Should().Be(RunOutcome.Observed, "place {0}: {1}", place, report.Why);
        var tenant = new FileTenant(folder["tenant.json"]);
        tenant.State.Should().Be(expected, "the process was killed at place {0}", place);
        tenant.Writes.Should().Equal(writes, "the process was killed at place {0}", place);
        using var journal = await SqliteRunJournal.OpenAsync(folder["journal.db"], create: false);
        var audit = await AuditLog.VerifyAsync(journal.ReadAllAsync(default), await journal.ReadHeadAsync(default), default);
        audit.Intact.Should().BeTrue(audit.Fault);
        return true;
    }

    private static async Task<int> RunInProcessAsync(string folder, int place)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(Program).Assembly.Location, folder, place.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardError = true,
        })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().BeOneOf([Program.Done, 137], errors);
        return process.ExitCode;
    }

    private static ScratchFolder NewFolder(RemediationPlan plan)
    {
        var folder = new ScratchFolder();
        File.WriteAllText(folder["plan.json"], PlanJson.Write(plan));
        new FileTenant(folder["tenant.json"]).Save(new SmallTenant());
        return folder;
    }
}
