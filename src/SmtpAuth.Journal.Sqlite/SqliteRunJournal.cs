using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SmtpAuth.Execution;

namespace SmtpAuth.Journal.Sqlite;

/// <summary>A journal in one SQLite file: durable at every step, safe between processes on one machine.</summary>
/// <remarks>
/// <para>Write-ahead log with full synchronization: a record that was appended survives the end of the process and of the
/// power. One writer per tenant: by a lock of the operating system, which ends with the process that holds it, and by a
/// fencing token, which the database checks at every append. Beside the journal lie SQLite's own two files and one small
/// lock file for each tenant.</para>
/// <para>The file must lie on a local disk. Thread-safe. Whatever goes wrong with the file is an <see cref="IOException"/>
/// with one line for a person.</para>
/// </remarks>
public sealed class SqliteRunJournal : IRunJournal, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, FileStream> _locks = new(StringComparer.Ordinal);
    private bool _disposed;

    private SqliteRunJournal(SqliteConnection connection, string path, TimeProvider time)
    {
        _connection = connection;
        _path = path;
        _time = time;
    }

    /// <summary>Opens a journal, and brings it to the current version of its tables.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether to make a new journal where there is none. The default is <see langword="true"/>.</param>
    /// <param name="time">The clock for leases; <see langword="null"/> (the default) means the system's.</param>
    /// <param name="cancellationToken">Cancels before the file is touched.</param>
    /// <returns>The journal; dispose it to give its leases back.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">There is no such file, it cannot be opened, or it is not a journal of a known version.</exception>
    public static Task<SqliteRunJournal> OpenAsync(
        string path, bool create = true, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        cancellationToken.ThrowIfCancellationRequested();

        var full = Path.GetFullPath(path);
        if (!create && !File.Exists(full))
        {
            throw new FileNotFoundException($"There is no journal at {path}. Name the file that the run wrote.", path);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL;");
            Execute(connection, "PRAGMA synchronous = FULL;");
            SqliteSchema.Migrate(connection);
            return Task.FromResult(new SqliteRunJournal(connection, full, time ?? TimeProvider.System));
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new IOException($"The journal {path} cannot be opened: {OneLine(error)} Name a journal, or a file that does not exist yet.", error);
        }
        catch (IOException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<LeaseAnswer> AcquireAsync(string tenant, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(holder);

        return InTransactionAsync<LeaseAnswer>(
            transaction =>
            {
                var now = _time.GetUtcNow();
                var last = ReadLease(transaction, tenant);
                var taken = _locks.ContainsKey(tenant) ? null : TenantLock.TryTake(_path, tenant);

                // A lease of this machine whose lock is free belongs to a process that has ended.
                var isHeld = last is { Released: false } held && held.Lease.Expires > now && held.Machine != Environment.MachineName;
                if (taken is null || isHeld)
                {
                    taken?.Dispose();
                    var until = last is null || last.Lease.Expires < now ? now : last.Lease.Expires;
                    return new LeaseAnswer.Held(last?.Lease.Holder ?? "another process", until);
                }

                var lease = new RunLease(tenant, (last?.Lease.Token ?? 0) + 1, holder, now + duration);
                try
                {
                    WriteLease(transaction, lease, released: false);
                }
                catch (SqliteException)
                {
                    taken.Dispose();
                    throw;
                }

                _locks[tenant] = taken;
                return new LeaseAnswer.Granted(lease);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RunLease> RenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);

        return InTransactionAsync(
            transaction =>
            {
                CheckToken(transaction, lease);
                var renewed = lease with { Expires = _time.GetUtcNow() + duration };
                WriteLease(transaction, renewed, released: false);
                return renewed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(RunLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);

        await InTransactionAsync(
            transaction =>
            {
                if (ReadLease(transaction, lease.Tenant)?.Lease.Token == lease.Token)
                {
                    WriteLease(transaction, lease, released: true);
                    FreeLock(lease.Tenant);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<JournalEntry> AppendAsync(
        RunLease lease, string runId, JournalRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(runId);
        ArgumentNullException.ThrowIfNull(record);

        return InTransactionAsync(
            transaction =>
            {
                CheckToken(transaction, lease);
                var entry = AuditLog.Seal(ReadHead(transaction), lease, runId, record);
                using var insert = Command(
                    transaction,
                    """
                    INSERT INTO entry (sequence, tenant, run, token, at, kind, payload, payload_hash, previous_hash, hash)
                    VALUES ($sequence, $tenant, $run, $token, $at, $kind, $payload, $payloadHash, $previousHash, $hash);
                    INSERT INTO head (only, sequence, hash) VALUES (1, $sequence, $hash)
                    ON CONFLICT (only) DO UPDATE SET sequence = $sequence, hash = $hash;
                    """);
                Bind(insert, ("$sequence", entry.Sequence), ("$tenant", entry.Tenant), ("$run", entry.RunId), ("$token", entry.Token));
                Bind(insert, ("$at", Text(entry.At)), ("$kind", entry.Kind), ("$payload", entry.Payload));
                Bind(insert, ("$payloadHash", entry.PayloadHash), ("$previousHash", entry.PreviousHash), ("$hash", entry.Hash));
                insert.ExecuteNonQuery();
                return entry;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> ReadRunAsync(string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runId);

        return InTransactionAsync<IReadOnlyList<JournalEntry>>(
            transaction =>
            {
                using var select = Command(transaction, "SELECT * FROM entry WHERE run = $run ORDER BY sequence;");
                Bind(select, ("$run", runId));
                return ReadEntries(select);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // By pages, so that a long journal neither fills the memory nor blocks a writer.
        var last = 0L;
        while (true)
        {
            var page = await InTransactionAsync(
                transaction =>
                {
                    using var select = Command(transaction, "SELECT * FROM entry WHERE sequence > $last ORDER BY sequence LIMIT 500;");
                    Bind(select, ("$last", last));
                    return ReadEntries(select);
                },
                cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (var entry in page)
            {
                last = entry.Sequence;
                yield return entry;
            }
        }
    }

    /// <inheritdoc/>
    public Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) => InTransactionAsync(ReadHead, cancellationToken);

    /// <summary>Closes the file and gives every lock back. Leases that were not released end by themselves.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _connection.Dispose();
        foreach (var taken in _locks.Values)
        {
            taken.Dispose();
        }

        _one.Dispose();
    }

    private async Task<T> InTransactionAsync<T>(Func<SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var result = work(transaction);
            transaction.Commit();
            return result;
        }
        catch (SqliteException error)
        {
            throw new IOException($"The journal {_path} failed: {OneLine(error)} Nothing more is changed in the tenant.", error);
        }
        finally
        {
            _one.Release();
        }
    }

    private static void CheckToken(SqliteTransaction transaction, RunLease lease)
    {
        var newest = ReadLease(transaction, lease.Tenant);
        if (newest is null || newest.Lease.Token != lease.Token || newest.Released)
        {
            throw new LeaseLostException(
                $"The lease {lease.Token} on {lease.Tenant} was lost: {newest?.Lease.Holder ?? "nobody"} has it now. Nothing more is written.");
        }
    }

    private static StoredLease? ReadLease(SqliteTransaction transaction, string tenant)
    {
        using var select = Command(transaction, "SELECT token, holder, machine, expires, released FROM lease WHERE tenant = $tenant;");
        Bind(select, ("$tenant", tenant));
        using var reader = select.ExecuteReader();
        return reader.Read()
            ? new(
                new(tenant, reader.GetInt64(0), reader.GetString(1), Time(reader.GetString(3))), reader.GetString(2), reader.GetInt64(4) != 0)
            : null;
    }

    private static void WriteLease(SqliteTransaction transaction, RunLease lease, bool released)
    {
        using var upsert = Command(
            transaction,
            """
            INSERT INTO lease (tenant, token, holder, machine, expires, released)
            VALUES ($tenant, $token, $holder, $machine, $expires, $released)
            ON CONFLICT (tenant) DO UPDATE SET
                token = $token, holder = $holder, machine = $machine, expires = $expires, released = $released;
            """);
        Bind(upsert, ("$tenant", lease.Tenant), ("$token", lease.Token), ("$holder", lease.Holder));
        Bind(upsert, ("$machine", Environment.MachineName), ("$expires", Text(lease.Expires)), ("$released", released ? 1L : 0L));
        upsert.ExecuteNonQuery();
    }

    private static AuditHead ReadHead(SqliteTransaction transaction)
    {
        using var select = Command(transaction, "SELECT sequence, hash FROM head;");
        using var reader = select.ExecuteReader();
        return reader.Read() ? new(reader.GetInt64(0), reader.GetString(1)) : AuditHead.Empty;
    }

    private static List<JournalEntry> ReadEntries(SqliteCommand select)
    {
        var entries = new List<JournalEntry>();
        using var reader = select.ExecuteReader();
        while (reader.Read())
        {
            entries.Add(new()
            {
                Sequence = reader.GetInt64(0),
                Tenant = reader.GetString(1),
                RunId = reader.GetString(2),
                Token = reader.GetInt64(3),
                At = Time(reader.GetString(4)),
                Kind = reader.GetString(5),
                Payload = reader.GetString(6),
                PayloadHash = reader.GetString(7),
                PreviousHash = reader.GetString(8),
                Hash = reader.GetString(9),
            });
        }

        return entries;
    }

    private static SqliteCommand Command(SqliteTransaction transaction, string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every text is one of ours; values are bound.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static void Bind(SqliteCommand command, params (string Name, object Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is one of ours.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private void FreeLock(string tenant)
    {
        if (_locks.TryGetValue(tenant, out var taken))
        {
            _locks.Remove(tenant);
            taken.Dispose();
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    // An edited time becomes one that no longer fits the entry's hash; it does not stop the reading.
    private static DateTimeOffset Time(string text) => DateTimeOffset.TryParseExact(
        text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MinValue;

    private static string OneLine(SqliteException error) => error.Message.Replace('\r', ' ').Replace('\n', ' ');

    private sealed record StoredLease(RunLease Lease, string Machine, bool Released);
}
