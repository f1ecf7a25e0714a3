using SmtpAuth.Cli.Text;
using SmtpAuth.Execution;

namespace SmtpAuth.Cli.Output;

/// <summary>The end of a run for a person: the outcome, what became of each step, and how to take it back.</summary>
internal static class RunView
{
    public static void Write(Page page, Words words, RunReport report, string? journalPath)
    {
        if (report is { Preview: true, Refused: false })
        {
            page.Line(0, new Span(words["run.dryRun"], Tone.Good));
            return;
        }

        WriteOutcome(page, words, report);
        foreach (var step in report.Steps)
        {
            var (mark, tone) = Mark(step.State);
            page.Item(2, new Span(mark, tone), [
                new Span($"{step.Operation}  "),
                new Span(step.Target, Tone.Strong),
                new Span($"  {words[$"state.{RunJson.StateName(step.State)}"]}", tone),
                new Span(step.Why is { } why ? $"  {why}" : "", Tone.Quiet),
            ]);
        }

        var changed = report.Steps.Any(step => step.State is StepState.Accepted or StepState.Observed or StepState.Uncertain);
        if (journalPath is not null && changed && report.UndoOf is null)
        {
            page.Blank();
            page.Verbatim(0, words.Format("run.undoHint", journalPath, report.RunId));
        }
    }

    public static void WriteOutcome(Page page, Words words, RunReport report)
    {
        page.Blank();
        var text = report is { UndoOf: not null, Outcome: RunOutcome.Observed or RunOutcome.Proved }
            ? words.Format("run.undone", report.UndoOf)
            : words[$"run.outcome.{RunJson.OutcomeName(report.Outcome)}"];
        page.Line(0, [
            new Span(text, report.Outcome switch
            {
                RunOutcome.Proved or RunOutcome.Observed => Tone.Good,
                RunOutcome.Applied => Tone.Doubtful,
                _ => Tone.Bad,
            }),
            new Span(report.Outcome == RunOutcome.Stopped && report.Why is { } why ? $"  {why}" : ""),
        ]);
    }

    private static (string Mark, Tone Tone) Mark(StepState state) => state switch
    {
        StepState.Observed or StepState.AlreadySatisfied => ("✓", Tone.Good),
        StepState.Accepted or StepState.Uncertain => ("?", Tone.Doubtful),
        StepState.Stopped => ("✗", Tone.Bad),
        _ => ("-", Tone.Quiet),
    };
}
