using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SmtpAuth.Journal.Sqlite;

/// <summary>The tables of a journal, step by step from one version to the next.</summary>
internal static class SqliteSchema
{
    // "SAJ1" in ASCII: tells our files from other SQLite databases.
    private const int ApplicationId = 0x53414A31;

    /// <summary>What makes version n + 1 out of version n. Released steps are never edited; new ones are added below.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE entry (
            sequence INTEGER PRIMARY KEY,
            tenant TEXT NOT NULL,
            run TEXT NOT NULL,
            token INTEGER NOT NULL,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            payload TEXT NOT NULL,
            payload_hash TEXT NOT NULL,
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE INDEX entry_run ON entry (run, sequence);
        CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
            BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
        CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
            BEGIN SELECT RAISE(ABORT, 'journal entries are never removed'); END;
        CREATE TABLE head (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            sequence INTEGER NOT NULL,
            hash TEXT NOT NULL
        ) STRICT;
        CREATE TABLE lease (
            tenant TEXT PRIMARY KEY,
            token INTEGER NOT NULL,
            holder TEXT NOT NULL,
            machine TEXT NOT NULL,
            expires TEXT NOT NULL,
            released INTEGER NOT NULL
        ) STRICT;
        """,
    ];

    public static int CurrentVersion => Steps.Length;

    /// <summary>Brings a database to the current version.</summary>
    /// <exception cref="IOException">It is not a journal, or of a later version.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Pragma(connection, transaction, "user_version");
        var id = Pragma(connection, transaction, "application_id");
        if (id != ApplicationId && (id != 0 || version != 0 || HasTables(connection, transaction)))
        {
            throw new IOException($"The file {connection.DataSource} is a database, but not a journal. Name another file.");
        }

        if (version > CurrentVersion)
        {
            throw new IOException(
                $"The journal {connection.DataSource} has version {version}; this program knows versions up to {CurrentVersion}. Use a newer program.");
        }

        for (var step = version; step < CurrentVersion; step++)
        {
            Execute(connection, transaction, Steps[step]);
        }

        Execute(connection, transaction, "PRAGMA application_id = " + ApplicationId.ToString(CultureInfo.InvariantCulture) + ";");
        Execute(connection, transaction, "PRAGMA user_version = " + CurrentVersion.ToString(CultureInfo.InvariantCulture) + ";");
        transaction.Commit();
    }

    private static int Pragma(SqliteConnection connection, SqliteTransaction transaction, string name) =>
        Convert.ToInt32(Scalar(connection, transaction, $"PRAGMA {name};"), CultureInfo.InvariantCulture);

    private static bool HasTables(SqliteConnection connection, SqliteTransaction transaction) =>
        Convert.ToInt64(Scalar(connection, transaction, "SELECT count(*) FROM sqlite_schema;"), CultureInfo.InvariantCulture) > 0;

    private static object? Scalar(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every text is one of ours; there is nothing from outside in it.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql) =>
        Scalar(connection, transaction, sql);
}
