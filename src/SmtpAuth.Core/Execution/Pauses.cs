namespace SmtpAuth.Execution;

/// <summary>The pauses of one polling loop: doubling up to a limit, ending at a deadline.</summary>
internal sealed class Pauses(TimeProvider time, TimeSpan first, TimeSpan longest, TimeSpan total)
{
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next = first;

    /// <summary>Gives the next pause, or <see langword="null"/> once the time is over. The last one ends at the deadline.</summary>
    public TimeSpan? Next()
    {
        // By elapsed time, so that a clock that is set does not matter.
        var left = total - time.GetElapsedTime(_start);
        if (left <= TimeSpan.Zero)
        {
            return null;
        }

        var pause = _next < left ? _next : left;
        _next = _next < longest - _next ? _next + _next : longest;
        return pause;
    }
}
