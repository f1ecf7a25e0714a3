using CsCheck;
using Microsoft.Data.Sqlite;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Journal.Sqlite;

public sealed class SqliteRunJournalTests : IDisposable
{
    private const string Tenant = "domain:contoso.example";

    private readonly ScratchFolder _folder = new();
    private readonly SkippingTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_appended_is_there_after_the_file_was_closed_and_opened_again()
    {
        List<JournalEntry> before;
        using (var journal = await OpenAsync())
        {
            await ApplyAsync(journal, "r1");
            before = await ToListAsync(journal);
        }

        using var again = await OpenAsync();
        (await ToListAsync(again)).Should().Equal(before).And.HaveCountGreaterThan(5);
        (await again.ReadRunAsync("r1", default)).Should().Equal(before);
        (await again.ReadHeadAsync(default)).Should().Be(new AuditHead(before[^1].Sequence, before[^1].Hash));
    }

    [Fact]
    public async Task Two_journals_on_one_file_cannot_both_write_to_a_tenant()
    {
        using var one = await OpenAsync();
        using var two = await OpenAsync();
        var first = (LeaseAnswer.Granted)await one.AcquireAsync(Tenant, "one", TimeSpan.FromMinutes(1), default);

        (await two.AcquireAsync(Tenant, "two", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Held>().Which.Holder.Should().Be("one");
        (await one.AcquireAsync(Tenant, "again", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Held>();
        (await two.AcquireAsync("domain:fabrikam.example", "two", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Granted>();

        await one.ReleaseAsync(first.Lease, default);
        var second = (await two.AcquireAsync(Tenant, "two", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Granted>().Subject;
        second.Lease.Token.Should().Be(first.Lease.Token + 1);
        var late = () => one.AppendAsync(first.Lease, "r1", new JournalRecord.RunResumed(null) { At = _time.GetUtcNow() }, default);
        await late.Should().ThrowAsync<LeaseLostException>();
        (await ToListAsync(one)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_lease_whose_process_is_gone_is_taken_over_at_once_with_a_new_token()
    {
        RunLease old;
        using (var gone = await OpenAsync())
        {
            old = ((LeaseAnswer.Granted)await gone.AcquireAsync(Tenant, "gone", TimeSpan.FromHours(1), default)).Lease;
        }

        using var journal = await OpenAsync();
        var taken = (await journal.AcquireAsync(Tenant, "next", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Granted>().Subject;
        taken.Lease.Token.Should().Be(old.Token + 1);
        var late = () => journal.RenewAsync(old, TimeSpan.FromHours(1), default);
        await late.Should().ThrowAsync<LeaseLostException>();
    }

    [Fact]
    public async Task A_lease_of_another_machine_ends_with_its_time_only()
    {
        using (var gone = await OpenAsync())
        {
            await gone.AcquireAsync(Tenant, "gone", TimeSpan.FromHours(1), default);
        }

        Sql("UPDATE lease SET machine = 'elsewhere'");
        using var journal = await OpenAsync();

        (await journal.AcquireAsync(Tenant, "next", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Held>();
        _time.Advance(TimeSpan.FromHours(1));
        (await journal.AcquireAsync(Tenant, "next", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Granted>();
    }

    [Fact]
    public async Task Entries_cannot_be_changed_or_removed_through_SQL()
    {
        using var journal = await OpenAsync();
        await ApplyAsync(journal, "r1");

        ((Action)(() => Sql("UPDATE entry SET payload = '{}'"))).Should().Throw<SqliteException>().WithMessage("*never changed*");
        ((Action)(() => Sql("DELETE FROM entry"))).Should().Throw<SqliteException>().WithMessage("*never removed*");
    }

    [Theory]
    [InlineData("UPDATE entry SET payload = replace(payload, 'false', 'true') WHERE kind = 'step-read-back'")]
    [InlineData("UPDATE entry SET at = '2026-11-25T12:00:01.0000000Z' WHERE sequence = 2")]
    [InlineData("UPDATE entry SET at = 'yesterday' WHERE sequence = 2")]
    [InlineData("DELETE FROM entry WHERE sequence = 3")]
    [InlineData("DELETE FROM entry WHERE sequence = (SELECT max(sequence) FROM entry)")]
    [InlineData("UPDATE entry SET sequence = sequence + 100 WHERE sequence = 4")]
    public async Task Who_goes_around_the_triggers_is_found_by_the_chain(string sql)
    {
        using var journal = await OpenAsync();
        await ApplyAsync(journal, "r1");
        Sql("DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed;" + sql);

        var verification = await AuditLog.VerifyAsync(journal.ReadAllAsync(default), await journal.ReadHeadAsync(default), default);

        verification.Intact.Should().BeFalse();
    }

    [Theory]
    [InlineData("this is a text file, not a database, and long enough to be looked at by anyone who wants to")]
    [InlineData("SQLite format 3")]
    public async Task A_file_that_is_no_journal_is_refused_in_one_line(string content)
    {
        await File.WriteAllTextAsync(_folder["journal.db"], content);

        var opening = OpenAsync;

        (await opening.Should().ThrowAsync<IOException>()).Which.Message.Should().NotContain("\n");
    }

    [Theory]
    [InlineData("CREATE TABLE something (x)", "*not a journal*")]
    [InlineData("PRAGMA application_id = 1396787761; PRAGMA user_version = 99", "*version 99*newer program*")]
    public async Task Another_database_and_a_later_version_are_refused(string sql, string message)
    {
        Sql(sql);

        var opening = OpenAsync;

        await opening.Should().ThrowAsync<IOException>().WithMessage(message);
    }

    [Fact]
    public async Task A_journal_that_must_exist_is_not_created()
    {
        var opening = () => SqliteRunJournal.OpenAsync(_folder["none.db"], create: false);

        await opening.Should().ThrowAsync<FileNotFoundException>().WithMessage("There is no journal at *");
        File.Exists(_folder["none.db"]).Should().BeFalse();
    }

    [Fact]
    public async Task A_full_disk_stops_the_run_before_the_write_that_could_not_be_put_on_record()
    {
        using var journal = await OpenAsync();
        var tenant = new SmallTenant();
        var appends = 0;
        var runner = new PlanRunner([tenant], [tenant], new PassingJournal(journal, Fill), time: _time);

        var applying = () => runner.ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null, new() { RunId = "r1" }).ToListAsync();

        await applying.Should().ThrowAsync<IOException>();
        tenant.Writes.Should().BeEmpty();
        using var after = await OpenAsync();
        (await AuditLog.VerifyAsync(after.ReadAllAsync(default), await after.ReadHeadAsync(default), default)).Intact.Should().BeTrue();

        void Fill()
        {
            // Lease twice, run-started twice, preflight-passed twice; then the intent.
            if (++appends == 7)
            {
                throw new IOException("No space left on device");
            }
        }
    }

    [Fact]
    public async Task Whatever_part_of_the_log_a_power_loss_leaves_the_journal_opens_with_an_intact_beginning()
    {
        using var journal = await OpenAsync();
        await ApplyAsync(journal, "r1");
        var all = await ToListAsync(journal);
        var database = await File.ReadAllBytesAsync(_folder["journal.db"]);
        var log = ReadShared(_folder["journal.db-wal"]);

        Gen.Int[0, log.Length].Sample(
            length =>
            {
                using var folder = new ScratchFolder();
                File.WriteAllBytes(folder["journal.db"], database);
                File.WriteAllBytes(folder["journal.db-wal"], log[..length]);
                using var recovered = SqliteRunJournal.OpenAsync(folder["journal.db"]).GetAwaiter().GetResult();
                var entries = ToListAsync(recovered).GetAwaiter().GetResult();
                var head = recovered.ReadHeadAsync(default).GetAwaiter().GetResult();

                entries.Should().Equal(all.Take(entries.Count));
                AuditLog.VerifyAsync(entries.ToAsyncEnumerable(), head, default).GetAwaiter().GetResult().Intact.Should().BeTrue();
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public async Task A_run_is_undone_from_its_file_alone()
    {
        var tenant = new SmallTenant();
        var before = tenant.Snapshot;
        using (var journal = await OpenAsync())
        {
            await ApplyAsync(journal, "r1", tenant);
        }

        using var again = await OpenAsync();
        var report = await new PlanRunner([tenant], [tenant], again, time: _time).UndoAsync("r1").ReportAsync();

        report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
        tenant.Snapshot.Should().Be(before);
    }

    private Task<SqliteRunJournal> OpenAsync() => SqliteRunJournal.OpenAsync(_folder["journal.db"], time: _time);

    private async Task ApplyAsync(SqliteRunJournal journal, string runId, SmallTenant? tenant = null)
    {
        tenant ??= new();
        var runner = new PlanRunner([tenant], [tenant], journal, time: _time);
        var report = await runner.ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch(), SomePlan.CreatePolicy()), null, new() { RunId = runId }).ReportAsync();
        report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
    }

    private static async Task<List<JournalEntry>> ToListAsync(SqliteRunJournal journal)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAllAsync(default))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder["journal.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this file's.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
