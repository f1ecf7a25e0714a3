namespace SmtpAuth.Http;

/// <summary>Keeps a shortest time between two calls of one kind.</summary>
internal sealed class RequestPacing(TimeSpan interval, TimeProvider time)
{
    private readonly object _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits for the caller's turn. Turns are given in the order of the calls.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var turn = now > _next ? now : _next;
            _next = turn + interval;
            wait = turn - now;
        }

        if (wait > TimeSpan.Zero)
        {
#if NET
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
#else
            await time.Delay(wait, cancellationToken).ConfigureAwait(false);
#endif
        }
    }
}
