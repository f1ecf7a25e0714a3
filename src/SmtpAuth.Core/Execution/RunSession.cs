namespace SmtpAuth.Execution;

/// <summary>One lease and the run that writes under it.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RunSession(IRunJournal journal, RunLease lease, TimeSpan leaseDuration, TimeProvider time, string runId)
{
    private RunLease _lease = lease;

    public string RunId => runId;

    /// <summary>Makes another session under the same lease; this one must not be used afterwards.</summary>
    public RunSession For(string otherRunId) => new(journal, _lease, leaseDuration, time, otherRunId);

    /// <summary>Puts a record into the journal. Not cancelled: what happened is always recorded.</summary>
    public async Task AppendAsync(JournalRecord record)
    {
        if (IsDue())
        {
            await RenewAsync().ConfigureAwait(false);
        }

        await journal.AppendAsync(_lease, runId, record, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Keeps the lease while something takes its time.</summary>
    public async Task<T> KeepWhileAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(work, time.WaitAsync(Third(), stop.Token)).ConfigureAwait(false);
            stop.Cancel();
            if (!work.IsCompleted && IsDue() && !await TryRenewAsync().ConfigureAwait(false))
            {
                break;
            }
        }

        return await work.ConfigureAwait(false);
    }

    public async Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var left = duration; left > TimeSpan.Zero; left = duration - time.GetElapsedTime(start))
        {
            await time.WaitAsync(left < Third() ? left : Third(), cancellationToken).ConfigureAwait(false);
            if (IsDue())
            {
                await RenewAsync().ConfigureAwait(false);
            }
        }
    }

    public Task ReleaseAsync() => journal.ReleaseAsync(_lease, CancellationToken.None);

    private TimeSpan Third() => TimeSpan.FromTicks(Math.Max(1, leaseDuration.Ticks / 3));

    private bool IsDue() => _lease.Expires - time.GetUtcNow() < leaseDuration - Third();

    private async Task RenewAsync() =>
        _lease = await journal.RenewAsync(_lease, leaseDuration, CancellationToken.None).ConfigureAwait(false);

    // While a call is in flight its answer matters more; a lost lease shows at the next record.
    private async Task<bool> TryRenewAsync()
    {
        try
        {
            await RenewAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is LeaseLostException or IOException)
        {
            return false;
        }
    }
}
