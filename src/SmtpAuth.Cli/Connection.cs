using SmtpAuth.Cli.Options;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli;

internal sealed class Connection : IAsyncDisposable
{
    public string Name => "x";
    public IReadOnlyList<ITenantReader> Readers => [];
    public IReadOnlyList<IStepExecutor> Executors(string names) => [];
    public ISubmissionProof? ProofFor(RemediationPlan plan, Secret? secret) => null;
    public static Connection Open(CommandContext context, ConnectionOptions options) => new();
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
