namespace SmtpAuth.Execution;

/// <summary>A run as its journal tells it.</summary>
internal sealed class RunHistory
{
    private RunHistory(string tenant, JournalRecord.RunStarted started, IReadOnlyList<StepTrack> tracks)
    {
        Tenant = tenant;
        Started = started;
        Tracks = tracks;
    }

    public string Tenant { get; }

    public JournalRecord.RunStarted Started { get; }

    /// <summary>Gets the steps in the order of the run.</summary>
    public IReadOnlyList<StepTrack> Tracks { get; }

    public Approval? Approval { get; private set; }

    public RunOutcome? Outcome { get; private set; }

    public int ProofAttempts { get; private set; }

    /// <summary>Tells a run from its entries, or <see langword="null"/> where there is none.</summary>
    public static RunHistory? Replay(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0)
        {
            return null;
        }

        if (entries[0].ReadRecord() is not JournalRecord.RunStarted started)
        {
            throw new FormatException(
                $"The journal of run {entries[0].RunId} begins with '{entries[0].Kind}'; expected run-started. Verify the journal.");
        }

        var order = PlanOrder.Sort(started.Plan.Steps) ?? started.Plan.Steps;
        var history = new RunHistory(entries[0].Tenant, started, [.. order.Select(step => new StepTrack(step))]);
        foreach (var entry in entries.Skip(1))
        {
            history.Add(entry.ReadRecord());
        }

        return history;
    }

    private void Add(JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.PreflightPassed passed:
                Approval = passed.Approval;
                break;
            case JournalRecord.RunResumed:
                Outcome = null;
                break;
            case JournalRecord.StepSkipped skipped:
                var satisfied = Track(skipped.StepId);
                satisfied.State = StepState.AlreadySatisfied;
                satisfied.KeepCreated(skipped.Now, Tracks);
                break;
            case JournalRecord.StepIntended intended:
                var intent = Track(intended.StepId);
                intent.State = StepState.Uncertain;
                intent.Attempts = intended.Attempt;
                intent.Previous = intended.Previous;
                intent.Written = true;
                break;
            case JournalRecord.StepSettled settled:
                var track = Track(settled.StepId);
                track.Created = settled.Created ?? track.Created;
                track.Settle(settled.Settlement);
                break;
            case JournalRecord.StepReadBack readBack:
                var seen = Track(readBack.StepId);
                seen.State = readBack.Observed ? StepState.Observed : seen.State;
                seen.Observed = readBack.Now;
                seen.KeepCreated(readBack.Observed ? readBack.Now : null, Tracks);
                break;
            case JournalRecord.ProofTried:
                ProofAttempts++;
                break;
            case JournalRecord.RunFinished finished:
                Outcome = finished.Outcome;
                break;
            default:
                break;
        }
    }

    private StepTrack Track(string stepId) => Tracks.FirstOrDefault(track => track.Step.Id == stepId)
        ?? throw new FormatException($"The journal speaks of step '{stepId}', which its plan does not contain. Verify the journal.");
}
