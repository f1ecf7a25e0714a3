using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>Thrown in place of the process's end.</summary>
internal sealed class CrashException : IOException
{
    public CrashException()
        : base("The process is gone.")
    {
    }
}

/// <summary>Lets the process "die" at the n-th time it touches the world; after that it touches nothing any more.</summary>
internal sealed class CrashPoints(int at)
{
    private int _count;

    public bool Happened => _count >= at;

    public void Pass()
    {
        if (++_count >= at)
        {
            throw new CrashException();
        }
    }
}

/// <summary>A journal before and after whose every write something happens: before it is durable and after.</summary>
internal sealed class PassingJournal(IRunJournal inner, Action pass) : IRunJournal
{
    public async Task<LeaseAnswer> AcquireAsync(string tenant, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        pass();
        var answer = await inner.AcquireAsync(tenant, holder, duration, cancellationToken);
        pass();
        return answer;
    }

    public Task<RunLease> RenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        pass();
        return inner.RenewAsync(lease, duration, cancellationToken);
    }

    public Task ReleaseAsync(RunLease lease, CancellationToken cancellationToken)
    {
        pass();
        return inner.ReleaseAsync(lease, cancellationToken);
    }

    public async Task<JournalEntry> AppendAsync(RunLease lease, string runId, JournalRecord record, CancellationToken cancellationToken)
    {
        pass();
        var entry = await inner.AppendAsync(lease, runId, record, cancellationToken);
        pass();
        return entry;
    }

    public Task<IReadOnlyList<JournalEntry>> ReadRunAsync(string runId, CancellationToken cancellationToken) =>
        inner.ReadRunAsync(runId, cancellationToken);

    public IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken) => inner.ReadAllAsync(cancellationToken);

    public Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) => inner.ReadHeadAsync(cancellationToken);
}

/// <summary>A tenant before and after whose every call something happens.</summary>
internal sealed class PassingTenant<T>(T inner, Action pass) : ITenantReader, IStepExecutor
    where T : ITenantReader, IStepExecutor
{
    public string Name => inner.Name;

    public bool CanRead(string answer) => inner.CanRead(answer);

    public bool CanExecute(StepAction action) => inner.CanExecute(action);

    public Task<IReadOnlyList<TenantAnswer>> ReadAsync(
        Submission submission, IReadOnlyCollection<string> answers, CancellationToken cancellationToken)
    {
        pass();
        return inner.ReadAsync(submission, answers, cancellationToken);
    }

    public Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken) =>
        inner.FindMissingPermissionsAsync(steps, cancellationToken);

    public async Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken)
    {
        pass();
        var outcome = await inner.ExecuteAsync(action, cancellationToken);
        pass();
        return outcome;
    }
}
