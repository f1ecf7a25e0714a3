using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli;

internal sealed class Journal : IAsyncDisposable
{
    public IRunJournal Runs { get; } = new InMemoryRunJournal();
    public string Path => "x";
    public static Task<Journal> OpenAsync(CommandContext context, string? path, CancellationToken cancellationToken) => Task.FromResult(new Journal());
    public static Task<Journal> OpenExistingAsync(string path, CancellationToken cancellationToken) => Task.FromResult(new Journal());
    public Task<RemediationPlan?> FindPlanAsync(string runId, CancellationToken cancellationToken) => Task.FromResult<RemediationPlan?>(null);
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
