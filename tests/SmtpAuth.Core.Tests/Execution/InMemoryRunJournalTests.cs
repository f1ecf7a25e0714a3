namespace SmtpAuth.Execution;

public class InMemoryRunJournalTests
{
    private readonly SkippingTime _time = new();
    private readonly InMemoryRunJournal _journal;

    public InMemoryRunJournalTests() => _journal = new(_time);

    [Fact]
    public async Task A_tenant_has_one_writer_until_it_gives_up_or_its_time_is_over()
    {
        var first = await AcquireAsync();

        (await _journal.AcquireAsync("t", "two", TimeSpan.FromMinutes(1), default)).Should().Be(new LeaseAnswer.Held("one", first.Expires));
        _time.Advance(TimeSpan.FromMinutes(1));
        (await AcquireAsync()).Token.Should().Be(first.Token + 1);
    }

    [Fact]
    public async Task A_renewed_lease_lasts_longer_and_a_released_one_ends()
    {
        var lease = await AcquireAsync();
        _time.Advance(TimeSpan.FromSeconds(50));
        lease = await _journal.RenewAsync(lease, TimeSpan.FromMinutes(1), default);
        _time.Advance(TimeSpan.FromSeconds(50));
        (await _journal.AcquireAsync("t", "two", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Held>();

        await _journal.ReleaseAsync(lease, default);

        (await _journal.AcquireAsync("t", "two", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Granted>();
    }

    [Fact]
    public async Task Who_lost_the_lease_can_neither_append_nor_renew_nor_release()
    {
        var old = await AcquireAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        var current = await AcquireAsync();

        await ((Func<Task>)(() => _journal.AppendAsync(old, "r", new JournalRecord.RunResumed(null) { At = _time.GetUtcNow() }, default)))
            .Should().ThrowAsync<LeaseLostException>();
        await ((Func<Task>)(() => _journal.RenewAsync(old, TimeSpan.FromMinutes(1), default))).Should().ThrowAsync<LeaseLostException>();
        await _journal.ReleaseAsync(old, default);
        (await _journal.RenewAsync(current, TimeSpan.FromMinutes(1), default)).Token.Should().Be(current.Token);
        (await _journal.ReadHeadAsync(default)).Should().Be(AuditHead.Empty);
    }

    [Fact]
    public async Task A_long_call_keeps_the_lease_that_a_run_writes_under()
    {
        // A real wait of the runner: the call ends only after the lease would have run out twice.
        var tenant = new SmallTenant();
        var started = _time.GetUtcNow();
        tenant.InFlight = async _ =>
        {
            while (_time.GetUtcNow() - started < TimeSpan.FromMinutes(2))
            {
                await Task.Yield();
            }

            (await _journal.AcquireAsync("domain:contoso.example", "rival", TimeSpan.FromMinutes(1), default)).Should().BeOfType<LeaseAnswer.Held>();
        };

        var report = await new PlanRunner([tenant], [tenant], _journal, time: _time).ApplyAsync(SomePlan.With(SomePlan.MailboxSwitch()), null).ReportAsync();

        report.Outcome.Should().Be(RunOutcome.Observed, report.Why);
    }

    private async Task<RunLease> AcquireAsync() =>
        ((LeaseAnswer.Granted)await _journal.AcquireAsync("t", "one", TimeSpan.FromMinutes(1), default)).Lease;
}
