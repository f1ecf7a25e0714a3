namespace SmtpAuth.Execution;

/// <summary>Waiting by the clock that was handed in.</summary>
internal static class TimeProviderExtensions
{
    public static async Task WaitAsync(this TimeProvider time, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = time.CreateTimer(_ => done.TrySetResult(true), null, duration, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        await done.Task.ConfigureAwait(false);
    }
}
