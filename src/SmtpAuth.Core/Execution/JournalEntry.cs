namespace SmtpAuth.Execution;

/// <summary>One record as it stands in the journal, chained to the one before it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JournalEntry
{
    /// <summary>Gets the entry's number: 1 for the first of a journal, then without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>Gets the key of the tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Gets the id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the fencing token under which it was written.</summary>
    public required long Token { get; init; }

    /// <summary>Gets when it happened, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the kind of record, such as <c>step-intended</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the record as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>Gets the SHA-256 of <see cref="Payload"/> in UTF-8, 64 lower-case hexadecimal digits.</summary>
    public required string PayloadHash { get; init; }

    /// <summary>Gets the hash of the entry before, or 64 zeros for the first.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>Gets the hash over everything above, the payload through its own hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Reads the record.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="FormatException">The payload is not a record of this kind.</exception>
    public JournalRecord ReadRecord() => JournalRecordJson.Read(Kind, At, Payload);
}
