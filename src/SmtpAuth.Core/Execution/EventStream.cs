using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace SmtpAuth.Execution;

/// <summary>Turns a run that reports by calling into a sequence of events.</summary>
/// <remarks>
/// The run goes on at its own pace. Whoever leaves the sequence early cancels the run and waits until the write in flight
/// is on record.
/// </remarks>
internal static class EventStream
{
    public static async IAsyncEnumerable<RunEvent> ReadAsync(
        Func<Action<RunEvent>, CancellationToken, Task> run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var available = new SemaphoreSlim(0);
        var events = new ConcurrentQueue<RunEvent>();
        var running = RunToEndAsync(run, events, available, stop.Token);
        try
        {
            while (true)
            {
                // Not cancelled: the run itself ends soon after a cancellation, and its last events matter.
                await available.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                if (!events.TryDequeue(out var next))
                {
                    break;
                }

                yield return next;
            }

            await running.ConfigureAwait(false);
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAny(running).ConfigureAwait(false);
        }
    }

    private static async Task RunToEndAsync(
        Func<Action<RunEvent>, CancellationToken, Task> run,
        ConcurrentQueue<RunEvent> events,
        SemaphoreSlim available,
        CancellationToken cancellationToken)
    {
        try
        {
            await run(Add, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            available.Release();
        }

        void Add(RunEvent next)
        {
            events.Enqueue(next);
            available.Release();
        }
    }
}
