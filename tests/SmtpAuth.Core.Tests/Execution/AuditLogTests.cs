namespace SmtpAuth.Execution;

public class AuditLogTests
{
    private readonly SkippingTime _time = new();

    [Fact]
    public async Task An_untouched_journal_is_intact_and_passes_through_every_head_it_ever_had()
    {
        var entries = await EntriesAsync();

        foreach (var entry in entries)
        {
            (await VerifyAsync(entries, new(entry.Sequence, entry.Hash))).Intact.Should().BeTrue();
        }

        (await VerifyAsync(entries, AuditHead.Empty)).Intact.Should().BeTrue();
        (await VerifyAsync([], null)).Should().Be(new AuditVerification(true, AuditHead.Empty, null, null));
    }

    public static TheoryData<string, Func<JournalEntry, JournalEntry>> Edits => new()
    {
        { "payload", entry => entry with { Payload = entry.Payload + " " } },
        { "payload and its hash", entry => entry with { Payload = "{}", PayloadHash = Planning.PlanHash.Sha256("{}"u8.ToArray()) } },
        { "time", entry => entry with { At = entry.At.AddTicks(1) } },
        { "kind", entry => entry with { Kind = entry.Kind + "s" } },
        { "run", entry => entry with { RunId = "r9" } },
        { "tenant", entry => entry with { Tenant = "domain:fabrikam.example" } },
        { "token", entry => entry with { Token = entry.Token + 1 } },
        { "hash", entry => entry with { Hash = new string('a', 64) } },
        { "previous hash", entry => entry with { PreviousHash = new string('b', 64) } },
        { "sequence", entry => entry with { Sequence = entry.Sequence + 1 } },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Any_edit_of_any_entry_is_found_where_it_was_made(string what, Func<JournalEntry, JournalEntry> edit)
    {
        var entries = await EntriesAsync();
        for (var index = 0; index < entries.Count; index++)
        {
            List<JournalEntry> edited = [.. entries];
            edited[index] = edit(edited[index]);

            var verification = await VerifyAsync(edited, null);

            verification.Intact.Should().BeFalse("{0} of entry {1} was edited", what, index + 1);
            verification.Head.Sequence.Should().Be(index);
        }
    }

    [Fact]
    public async Task A_deletion_in_the_middle_and_a_change_of_order_are_found()
    {
        var entries = await EntriesAsync();
        for (var index = 0; index < entries.Count - 1; index++)
        {
            (await VerifyAsync([.. entries.Where((_, at) => at != index)], null)).Intact.Should().BeFalse();
            List<JournalEntry> swapped = [.. entries];
            (swapped[index], swapped[index + 1]) = (swapped[index + 1], swapped[index]);
            (await VerifyAsync(swapped, null)).Intact.Should().BeFalse();
        }
    }

    [Fact]
    public async Task Entries_cut_off_at_the_end_show_against_a_head_kept_elsewhere()
    {
        var entries = await EntriesAsync();
        var head = new AuditHead(entries[^1].Sequence, entries[^1].Hash);

        var verification = await VerifyAsync([.. entries.SkipLast(1)], head);

        verification.Intact.Should().BeFalse();
        verification.Fault.Should().Be($"The journal ends at entry {entries.Count - 1}; by the head that was kept it had at least {entries.Count}.");
    }

    [Fact]
    public async Task A_chain_rewritten_as_a_whole_shows_against_a_head_kept_elsewhere()
    {
        var entries = await EntriesAsync();
        var head = new AuditHead(entries[^1].Sequence, entries[^1].Hash);
        var rewritten = new List<JournalEntry>();
        var last = AuditHead.Empty;
        foreach (var entry in entries)
        {
            var resealed = AuditLog.Seal(
                last, new(entry.Tenant, entry.Token, "x", default), "another run", entry.ReadRecord());
            rewritten.Add(resealed);
            last = new(resealed.Sequence, resealed.Hash);
        }

        (await VerifyAsync(rewritten, null)).Intact.Should().BeTrue();
        (await VerifyAsync(rewritten, head)).Fault.Should().Contain("the chain was rewritten");
    }

    [Fact]
    public async Task Every_kind_of_record_reads_back_as_it_was_written()
    {
        var entries = await EntriesAsync();

        foreach (var entry in entries)
        {
            JournalRecordJson.Write(entry.ReadRecord()).Should().Be((entry.Kind, entry.Payload));
        }

        entries.Select(entry => entry.Kind).Distinct().Order().Should().Equal(
            "preflight-passed", "preflight-refused", "proof-tried", "run-finished", "run-resumed", "run-started",
            "step-intended", "step-read-back", "step-settled", "step-skipped");
    }

    [Theory]
    [InlineData("nonsense", "{}")]
    [InlineData("run-finished", "{}")]
    [InlineData("run-finished", "{\"outcome\":\"great\",\"why\":null}")]
    [InlineData("step-settled", "{\"step\":\"s1\",\"settlement\":\"accepted\",\"reason\":null,\"created\":[]}")]
    [InlineData("run-started", "not json")]
    public void A_damaged_record_is_a_format_error(string kind, string payload)
    {
        var reading = () => JournalRecordJson.Read(kind, SkippingTime.Start, payload);

        reading.Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("1:abc", false)]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("1:000000000000000000000000000000000000000000000000000000000000000G", false)]
    [InlineData("0:0000000000000000000000000000000000000000000000000000000000000000", true)]
    public void A_head_is_one_word(string? text, bool expected)
    {
        AuditHead.TryParse(text, out var head).Should().Be(expected);
        head?.ToString().Should().Be(text);
    }

    private async Task<List<JournalEntry>> EntriesAsync()
    {
        var journal = new InMemoryRunJournal(_time);
        var tenant = new SmallTenant();
        var runner = new PlanRunner([tenant], [tenant], journal, proof: new Proof(), time: _time);
        tenant.Faults.Enqueue(Fault.LostAfterWrite);
        var plan = SomePlan.With(SomePlan.CreatePolicy(), SomePlan.SecurityDefaultsOff());
        await runner.ApplyAsync(plan, null, new() { RunId = "r0" }).ReportAsync();
        await runner.ApplyAsync(plan, plan.Approve(), new() { RunId = "r1", RequestedBy = "Ana Pop" }).ReportAsync();
        await runner.ResumeAsync("r1").ReportAsync();
        await runner.ApplyAsync(plan, plan.Approve(), new() { RunId = "r2" }).ReportAsync();
        await runner.UndoAsync("r1").ReportAsync();
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAllAsync(default))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static Task<AuditVerification> VerifyAsync(IReadOnlyList<JournalEntry> entries, AuditHead? head) =>
        AuditLog.VerifyAsync(entries.ToAsyncEnumerable(), head, default);

    private sealed class Proof : ISubmissionProof
    {
        public async IAsyncEnumerable<ProofAttempt> ProveAsync(
            Planning.RemediationPlan plan, TimeSpan wait, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return new(1, false, "535 5.7.139 Authentication unsuccessful", null, false, TimeSpan.FromSeconds(5));
            yield return new(2, true, "235 2.7.0 Authentication successful", null, false, null);
        }
    }
}
