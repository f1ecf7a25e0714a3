using System.Globalization;
using System.Text;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>The chain that makes tampering with a journal visible.</summary>
/// <remarks>
/// Each entry's hash covers its content and the hash before it. An edit, a deletion in the middle or a change of order
/// breaks the chain; entries cut off at the end, or a chain rewritten as a whole, show against a head that was kept
/// elsewhere. Thread-safe.
/// </remarks>
public static class AuditLog
{
    /// <summary>Makes the entry that follows on a head.</summary>
    /// <param name="head">Where the chain ends now.</param>
    /// <param name="lease">The lease under which the record is written.</param>
    /// <param name="runId">The run.</param>
    /// <param name="record">The record.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static JournalEntry Seal(AuditHead head, RunLease lease, string runId, JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(record);

        var (kind, payload) = JournalRecordJson.Write(record);
        var entry = new JournalEntry
        {
            Sequence = head.Sequence + 1,
            Tenant = lease.Tenant,
            RunId = runId,
            Token = lease.Token,
            At = record.At.ToUniversalTime(),
            Kind = kind,
            Payload = payload,
            PayloadHash = PlanHash.Sha256(Encoding.UTF8.GetBytes(payload)),
            PreviousHash = head.Hash,
            Hash = string.Empty,
        };
        return entry with { Hash = HashOf(entry) };
    }

    /// <summary>Follows the chain from its first entry and finds the first place where it is broken.</summary>
    /// <param name="entries">Every entry of the journal, in the order in which it stands there.</param>
    /// <param name="expectedHead">
    /// A head that was kept elsewhere, now or earlier: the chain must pass through it. <see langword="null"/> means that none was
    /// kept; then entries missing at the end cannot be noticed.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether the chain holds, and where it ends.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> is <see langword="null"/>.</exception>
    public static async Task<AuditVerification> VerifyAsync(
        IAsyncEnumerable<JournalEntry> entries, AuditHead? expectedHead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);

        var head = AuditHead.Empty;
        var passed = expectedHead is null || expectedHead == head;
        var tokens = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (FaultOf(entry, head, tokens) is { } fault)
            {
                return new(false, head, entry.Sequence, fault);
            }

            head = new(entry.Sequence, entry.Hash);
            passed |= head == expectedHead;
        }

        return passed
            ? new(true, head, null, null)
            : new(false, head, expectedHead!.Sequence, head.Sequence < expectedHead.Sequence
                ? $"The journal ends at entry {head.Sequence}; by the head that was kept it had at least {expectedHead.Sequence}."
                : $"Entry {expectedHead.Sequence} is not the one of the head that was kept: the chain was rewritten.");
    }

    private static string? FaultOf(JournalEntry entry, AuditHead head, Dictionary<string, long> tokens)
    {
        if (entry.Sequence != head.Sequence + 1)
        {
            return $"Entry {entry.Sequence} follows on entry {head.Sequence}: entries are missing, doubled or out of order.";
        }

        if (entry.PreviousHash != head.Hash)
        {
            return $"Entry {entry.Sequence} does not follow on the entry before it: one of the two was replaced.";
        }

        if (entry.PayloadHash != PlanHash.Sha256(Encoding.UTF8.GetBytes(entry.Payload)) || entry.Hash != HashOf(entry))
        {
            return $"Entry {entry.Sequence} was edited: its content does not fit its hash.";
        }

        if (tokens.TryGetValue(entry.Tenant, out var token) && entry.Token < token)
        {
            return $"Entry {entry.Sequence} was written under the lease {entry.Token} after lease {token} had begun: two writers.";
        }

        tokens[entry.Tenant] = entry.Token;
        return null;
    }

    // Every field with its length before it, so that no two different entries give the same text.
    private static string HashOf(JournalEntry entry)
    {
        var text = new StringBuilder("smtpauth-journal-1\n");
        foreach (var field in (string[])
        [
            entry.Sequence.ToString(CultureInfo.InvariantCulture),
            entry.Tenant,
            entry.RunId,
            entry.Token.ToString(CultureInfo.InvariantCulture),
            entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            entry.Kind,
            entry.PayloadHash,
            entry.PreviousHash,
        ])
        {
            text.Append(field.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(field).Append('\n');
        }

        return PlanHash.Sha256(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
