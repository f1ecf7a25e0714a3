using SmtpAuth.Verification;

namespace SmtpAuth.Probe;

/// <summary>Knows which phase a session is in and ends one that takes too long.</summary>
internal sealed class PhaseClock : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;

    public PhaseClock(TimeSpan limit, CancellationToken caller)
    {
        Limit = limit;
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        Enter(ProbePhase.Resolve);
    }

    /// <summary>Gets how long each phase may take.</summary>
    public TimeSpan Limit { get; }

    public ProbePhase Phase { get; private set; }

    public CancellationToken Token => _source.Token;

    /// <summary>Gets a value indicating whether it was the clock, and not the caller, who ended the session.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Enter(ProbePhase phase)
    {
        Phase = phase;
        _source.CancelAfter(Limit);
    }

    public void Dispose() => _source.Dispose();
}
