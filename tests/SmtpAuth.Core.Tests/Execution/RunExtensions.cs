using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

internal static class RunExtensions
{
    public static async Task<List<RunEvent>> ToListAsync(this IAsyncEnumerable<RunEvent> events)
    {
        var list = new List<RunEvent>();
        await foreach (var next in events)
        {
            list.Add(next);
        }

        return list;
    }

    public static async Task<RunReport> ReportAsync(this IAsyncEnumerable<RunEvent> events) => (await events.ToListAsync()).Report();

    public static RunReport Report(this IEnumerable<RunEvent> events) => events.Last().Should().BeOfType<RunEvent.RunFinished>().Subject.Report;

    public static Approval Approve(this RemediationPlan plan, string by = "Ana Pop") =>
        new(PlanHash.Compute(plan), by, SkippingTime.Start, SkippingTime.Start.AddHours(1));
}
