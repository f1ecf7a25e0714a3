using System.Diagnostics;
using System.Globalization;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Journal.Sqlite;

/// <summary>The process that dies: applies or resumes a plan and kills itself at the n-th place where it touches the world.</summary>
internal static class Program
{
    public const int Done = 17;

    public static async Task<int> Main(string[] args)
    {
        if (args is not [var folder, var place])
        {
            await Console.Error.WriteLineAsync("Expected a folder and the number of the place to die at.");
            return 2;
        }

        var left = int.Parse(place, CultureInfo.InvariantCulture);
        await RunAsync(folder, () =>
        {
            if (--left == 0)
            {
                using var self = Process.GetCurrentProcess();
                self.Kill();
                Thread.Sleep(Timeout.Infinite);
            }
        });
        return Done;
    }

    /// <summary>Applies the plan in the folder, or resumes it where its journal knows it.</summary>
    public static async Task<RunReport> RunAsync(string folder, Action pass)
    {
        var time = new SkippingTime();
        var plan = PlanJson.Read(await File.ReadAllTextAsync(Path.Combine(folder, "plan.json")));
        using var journal = await SqliteRunJournal.OpenAsync(Path.Combine(folder, "journal.db"), time: time);
        var tenant = new PassingTenant<FileTenant>(new FileTenant(Path.Combine(folder, "tenant.json")), pass);
        var runner = new PlanRunner([tenant], [tenant], new PassingJournal(journal, pass), time: time);
        var known = (await journal.ReadRunAsync("r1", default)).Count > 0;
        var events = known ? runner.ResumeAsync("r1", plan.Approve()) : runner.ApplyAsync(plan, plan.Approve(), new() { RunId = "r1" });
        return await events.ReportAsync();
    }
}
