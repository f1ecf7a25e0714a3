namespace SmtpAuth.Execution;

/// <summary>A clock on which every wait is over at once, and the time has passed.</summary>
internal sealed class SkippingTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new();
    private TimeSpan _elapsed;
    private TimeSpan _set;

    public TimeSpan Elapsed => _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + _elapsed + _set;

    public override long GetTimestamp() => _elapsed.Ticks;

    public void Advance(TimeSpan duration)
    {
        lock (_gate)
        {
            _elapsed += duration;
        }
    }

    /// <summary>Sets the clock forward or back; time that passed is measured all the same.</summary>
    public void Jump(TimeSpan difference) => _set += difference;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Advance(dueTime);
        callback(state);
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
