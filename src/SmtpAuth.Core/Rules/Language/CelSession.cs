namespace SmtpAuth.Rules.Language;

/// <summary>The outcomes of many conditions for one case whose facts change.</summary>
/// <remarks>Not thread-safe. It follows one frame; the frame is not shared with another session.</remarks>
public sealed class CelSession
{
    private readonly CelFrame _frame;
    private readonly RuleRun _run;
    private bool _isFirst = true;

    internal CelSession(CelProgramSet set, CelFrame frame)
    {
        _frame = frame;
        _run = new RuleRun(set.Plan, set.Environment.Limits);
    }

    /// <summary>Gets the outcome of each condition as of the last <see cref="Evaluate"/>.</summary>
    public ReadOnlySpan<CelOutcome> Outcomes => _run.Outcomes;

    /// <summary>Gets the positions of the conditions whose outcome is not <see cref="CelOutcome.False"/>, in no order.</summary>
    public ReadOnlySpan<int> NotFalse => _run.Decided;

    /// <summary>Evaluates again what depends on facts that were set since the last time; the first time, everything.</summary>
    public void Evaluate()
    {
        ulong changed = 0;
        for (var i = 0; i < _frame.Changed.Length; i++)
        {
            changed |= _frame.Changed[i] ? 1UL << (i & 63) : 0;
            _frame.Changed[i] = false;
        }

        _run.Run(_frame, _isFirst ? ulong.MaxValue : changed);
        _isFirst = false;
    }
}
