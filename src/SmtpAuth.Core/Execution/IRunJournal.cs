namespace SmtpAuth.Execution;

/// <summary>What was meant and what became of it, in order and for good: resume, undo and audit all read it.</summary>
/// <remarks>
/// Implementers: a record is durable when <see cref="AppendAsync"/> returns; records are never changed or removed; entries
/// form one chain over all tenants (<see cref="AuditLog.Seal"/>); an append under a token that is not the tenant's newest
/// is refused, whatever the clock says. Thread-safe.
/// </remarks>
public interface IRunJournal
{
    /// <summary>Takes the right to write to a tenant.</summary>
    /// <param name="tenant">The tenant's key.</param>
    /// <param name="holder">Who asks, for a person.</param>
    /// <param name="duration">How long the lease lasts unless it is renewed.</param>
    /// <param name="cancellationToken">Cancels; no lease is left behind.</param>
    /// <returns>The lease, or who has it.</returns>
    Task<LeaseAnswer> AcquireAsync(string tenant, string holder, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Makes a lease last longer.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="duration">How long from now.</param>
    /// <param name="cancellationToken">Cancels; the lease is as it was.</param>
    /// <returns>The same lease with its new end.</returns>
    /// <exception cref="LeaseLostException">Someone else has it now.</exception>
    Task<RunLease> RenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives a lease back. Does nothing when it was lost.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Cancels; the lease then ends by itself.</param>
    /// <returns>A task.</returns>
    Task ReleaseAsync(RunLease lease, CancellationToken cancellationToken);

    /// <summary>Adds a record.</summary>
    /// <param name="lease">The lease under which it is written.</param>
    /// <param name="runId">The run it belongs to.</param>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Cancels before the record is written.</param>
    /// <returns>The entry as it stands in the journal.</returns>
    /// <exception cref="LeaseLostException">Someone else has the lease now; nothing was written.</exception>
    Task<JournalEntry> AppendAsync(RunLease lease, string runId, JournalRecord record, CancellationToken cancellationToken);

    /// <summary>Reads the entries of one run, oldest first.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The entries; empty when there is no such run.</returns>
    Task<IReadOnlyList<JournalEntry>> ReadRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Reads every entry, oldest first.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The entries.</returns>
    IAsyncEnumerable<JournalEntry> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Reads where the journal itself believes its chain ends.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The head; <see cref="AuditHead.Empty"/> for an empty journal.</returns>
    Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken);
}
