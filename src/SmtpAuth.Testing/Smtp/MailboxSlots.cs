namespace SmtpAuth.Testing.Smtp;

/// <summary>How many connections submit for each mailbox, and how many recipients it reached in the last 24 hours.</summary>
internal sealed class MailboxSlots(TimeProvider timeProvider)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _connections = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<(DateTimeOffset At, int Recipients)>> _sent = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a slot and returns its number, from 1.</summary>
    public int Enter(string mailbox)
    {
        lock (_lock)
        {
            return _connections[mailbox] = _connections.GetValueOrDefault(mailbox) + 1;
        }
    }

    public void Leave(string mailbox)
    {
        lock (_lock)
        {
            _connections[mailbox] = _connections.GetValueOrDefault(mailbox, 1) - 1;
        }
    }

    /// <summary>Counts recipients, unless that would exceed the day's limit.</summary>
    public bool TrySend(string mailbox, int recipients, int most)
    {
        lock (_lock)
        {
            if (!_sent.TryGetValue(mailbox, out var sent))
            {
                _sent[mailbox] = sent = new();
            }

            while (sent.TryPeek(out var oldest) && oldest.At <= timeProvider.GetUtcNow() - Day)
            {
                sent.Dequeue();
            }

            if (sent.Sum(entry => entry.Recipients) + recipients > most)
            {
                return false;
            }

            sent.Enqueue((timeProvider.GetUtcNow(), recipients));
            return true;
        }
    }
}
