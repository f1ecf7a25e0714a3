namespace SmtpAuth.Testing.GraphApi;

/// <summary>So many requests in so much time, by the tenant's clock.</summary>
internal sealed class SlidingLimit(int most, TimeSpan window, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _taken = new();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            while (_taken.TryPeek(out var oldest) && oldest <= now - window)
            {
                _taken.Dequeue();
            }

            if (_taken.Count >= most)
            {
                return false;
            }

            _taken.Enqueue(now);
            return true;
        }
    }
}
