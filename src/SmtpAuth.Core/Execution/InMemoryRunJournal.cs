using System.Runtime.CompilerServices;

namespace SmtpAuth.Execution;

/// <summary>A journal that lives as long as the process: for dry tries and tests. A crash loses it.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class InMemoryRunJournal : IRunJournal
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<string, RunLease> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _tokens = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="InMemoryRunJournal"/> class.</summary>
    /// <param name="time">The clock for leases; <see langword="null"/> means the system's.</param>
    public InMemoryRunJournal(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public Task<LeaseAnswer> AcquireAsync(string tenant, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(holder);
        cancellationToken.ThrowIfCancellationRequested();

        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (_leases.TryGetValue(tenant, out var held) && held.Expires > now)
            {
                return Task.FromResult<LeaseAnswer>(new LeaseAnswer.Held(held.Holder, held.Expires));
            }

            _tokens.TryGetValue(tenant, out var last);
            var lease = new RunLease(tenant, last + 1, holder, now + duration);
            _tokens[tenant] = lease.Token;
            _leases[tenant] = lease;
            return Task.FromResult<LeaseAnswer>(new LeaseAnswer.Granted(lease));
        }
    }

    /// <inheritdoc/>
    public Task<RunLease> RenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        cancellationToken.ThrowIfCancellationRequested();

        lock (_gate)
        {
            CheckToken(lease);
            var renewed = lease with { Expires = _time.GetUtcNow() + duration };
            _leases[lease.Tenant] = renewed;
            return Task.FromResult(renewed);
        }
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(RunLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);

        lock (_gate)
        {
            if (_leases.TryGetValue(lease.Tenant, out var held) && held.Token == lease.Token)
            {
                _leases.Remove(lease.Tenant);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<JournalEntry> AppendAsync(
        RunLease lease, string runId, JournalRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        cancellationToken.ThrowIfCancellationRequested();

        lock (_gate)
        {
            CheckToken(lease);
            var entry = AuditLog.Seal(Head(), lease, runId, record);
            _entries.Add(entry);
            return Task.FromResult(entry);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> ReadRunAsync(string runId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<JournalEntry>>([.. _entries.Where(entry => entry.RunId == runId)]);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<JournalEntry> entries;
        lock (_gate)
        {
            entries = [.. _entries];
        }

        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(Head());
        }
    }

    private AuditHead Head() => _entries.Count == 0 ? AuditHead.Empty : new(_entries[_entries.Count - 1].Sequence, _entries[_entries.Count - 1].Hash);

    private void CheckToken(RunLease lease)
    {
        if (!_tokens.TryGetValue(lease.Tenant, out var newest) || newest != lease.Token)
        {
            throw new LeaseLostException(
                $"The lease {lease.Token} on {lease.Tenant} was lost: lease {newest} is the newest. Nothing more is written.");
        }
    }
}
