namespace SmtpAuth.Acceptance.Chaos;

/// <summary>
/// A clock on which a wait is over at once, and its time has passed. What would wait for an hour or more is no wait but a
/// limit, which is never reached here.
/// </summary>
internal sealed class ChaosTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private readonly ChaosTime? _shared;
    private long _elapsed;
    private long _set;

    public ChaosTime()
    {
    }

    /// <summary>Initializes another clock on which the same time passes, but which can be set by itself.</summary>
    public ChaosTime(ChaosTime shared) => _shared = shared;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _shared?.GetTimestamp() ?? Interlocked.Read(ref _elapsed);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp() + Interlocked.Read(ref _set));

    /// <summary>Sets the clock forward or back; time that passed is measured all the same.</summary>
    public void Jump(TimeSpan difference) => Interlocked.Add(ref _set, difference.Ticks);

    public void Advance(TimeSpan duration)
    {
        if (_shared is not null)
        {
            _shared.Advance(duration);
        }
        else
        {
            Interlocked.Add(ref _elapsed, duration.Ticks);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime < Limit)
        {
            Advance(dueTime);
            callback(state);
        }

        return new Done();
    }

    private sealed class Done : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
