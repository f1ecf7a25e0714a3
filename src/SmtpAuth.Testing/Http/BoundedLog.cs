namespace SmtpAuth.Testing.Http;

/// <summary>A log that forgets its oldest entries rather than grow without end.</summary>
internal sealed class BoundedLog<T>(int most)
{
    private readonly Lock _lock = new();
    private readonly Queue<T> _entries = new();

    public void Add(T entry)
    {
        lock (_lock)
        {
            if (_entries.Count >= most)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry);
        }
    }

    public IReadOnlyList<T> All()
    {
        lock (_lock)
        {
            return [.. _entries];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }
}
