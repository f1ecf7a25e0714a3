using SmtpAuth.Verification;

namespace SmtpAuth.Probe;

/// <summary>Knows which phase a session is in and ends one that takes too long.</summary>
internal sealed class PhaseClock : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;

    public PhaseClock(TimeSpan limit, CancellationToken caller)
    {
        _limit = limit;
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        Enter(ProbePhase.Resolve);
    }

    public ProbePhase Phase { get; private set; }

    public CancellationToken Token => _source.Token;

    /// <summary>Gets a value indicating whether it was the clock, and not the caller, who ended the session.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Enter(ProbePhase phase)
    {
        Phase = phase;
        _source.CancelAfter(_limit);
    }

    public void Dispose() => _source.Dispose();
}
