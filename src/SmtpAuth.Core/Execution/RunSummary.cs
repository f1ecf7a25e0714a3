namespace SmtpAuth.Execution;

/// <summary>One run of a journal, in short.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tenant">The key of its tenant.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="Mailbox">The mailbox its plan is for.</param>
/// <param name="UndoOf">The run it takes back, or <see langword="null"/> where it takes back none.</param>
/// <param name="Outcome">How far it got; <see langword="null"/> means that it did not end: it goes on, or it was interrupted.</param>
public sealed record RunSummary(
    string RunId, string Tenant, DateTimeOffset StartedAt, string Mailbox, string? UndoOf, RunOutcome? Outcome)
{
    internal static async Task<IReadOnlyList<RunSummary>> ListAsync(IRunJournal journal, CancellationToken cancellationToken)
    {
        var runs = new List<RunSummary>();
        await foreach (var entry in journal.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            switch (entry.Kind)
            {
                case "run-started":
                    var (mailbox, undoOf) = JournalRecordJson.ReadStart(entry.Payload);
                    runs.Add(new(entry.RunId, entry.Tenant, entry.At, mailbox, undoOf, null));
                    break;
                case "run-resumed":
                    Replace(entry.RunId, null);
                    break;
                case "run-finished":
                    Replace(entry.RunId, ((JournalRecord.RunFinished)entry.ReadRecord()).Outcome);
                    break;
                default:
                    break;
            }
        }

        return runs;

        void Replace(string runId, RunOutcome? outcome)
        {
            var index = runs.FindIndex(run => run.RunId == runId);
            if (index >= 0)
            {
                runs[index] = runs[index] with { Outcome = outcome };
            }
        }
    }
}
