using System.Text.Json.Nodes;
using SmtpAuth.Cli.Text;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Output;

/// <summary>Tells what a run does, as it does it.</summary>
internal sealed class RunProgress(Page page, Words words)
{
    private readonly Dictionary<string, PlanStep> _steps = new(StringComparer.Ordinal);
    private int _count;

    public void Tell(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.RunStarted started:
                page.Line(0, new Span(words.Format(started.Resumed ? "run.resumed" : "run.started", started.RunId), Tone.Quiet));
                _count = started.Plan.Steps.Count;
                break;
            case RunEvent.PreflightPassed passed:
                page.Item(0, new Span("✓", Tone.Good), passed.Approval is { } approval
                    ? words.Format("run.preflightApproved", approval.ApprovedBy)
                    : words["run.preflight"]);
                break;
            case RunEvent.PreflightRefused refused:
                foreach (var refusal in refused.Refusals)
                {
                    page.Item(0, new Span("✗", Tone.Bad), refusal.Message);
                }

                break;
            case RunEvent.StepStarted started:
                _steps[started.Step.Id] = started.Step;
                page.Item(0, new Span($"{_steps.Count}/{_count}", Tone.Accent), new Span(Shorten(PlanView.Summary(started.Step, words)), Tone.Strong));
                break;
            case RunEvent.StepPreviewed previewed:
                page.Item(0, new Span("·", Tone.Quiet), new Span(PlanView.Summary(previewed.Step, words), Tone.Strong));
                foreach (var line in previewed.Request.Split('\n'))
                {
                    page.Verbatim(4, line);
                }

                break;
            case RunEvent.StepAlreadySatisfied:
                Detail("✓", Tone.Good, words["run.alreadySatisfied"]);
                break;
            case RunEvent.StepIntended intended:
                Detail("·", Tone.Quiet, words.Format("run.intended", intended.Executor));
                break;
            case RunEvent.StepAccepted accepted:
                Detail("✓", Tone.Good, words[accepted.ByReading ? "run.acceptedByReading" : "run.accepted"]);
                break;
            case RunEvent.StepUncertain uncertain:
                Detail("?", Tone.Doubtful, words.Format("run.uncertain", uncertain.Reason));
                break;
            case RunEvent.ReadBack read:
                TellReadBack(read);
                break;
            case RunEvent.StepStopped stopped:
                Detail("✗", Tone.Bad, stopped.Why);
                break;
            case RunEvent.ProbeStarted:
                page.Line(0, words["run.probing"]);
                break;
            case RunEvent.ProbeResult result:
                TellProof(result.Attempt);
                break;
            default:
                break;
        }
    }

    private void TellReadBack(RunEvent.ReadBack read)
    {
        if (read.Observed)
        {
            Detail("✓", Tone.Good, words.Format("run.observed", Seen(read)));
        }
        else if (read.NextIn is { } next)
        {
            Detail("·", Tone.Quiet, words.Format("run.notYet", FactText.Of(read.Now), PlanView.Duration(next)));
        }
        else
        {
            Detail("?", Tone.Doubtful, words["run.notObserved"]);
        }
    }

    // Of an object only what the step changed is worth a line.
    private string Seen(RunEvent.ReadBack read)
    {
        if (!_steps.TryGetValue(read.StepId, out var step))
        {
            return FactText.Of(read.Now);
        }

        var name = step.Observes.Path ?? step.Target;
        return step.Before is JsonObject && step.After is JsonObject
            ? string.Join("; ", ValueChanges.Between(name, step.Before, step.After).Select(change => $"{change.Name} = {change.After}"))
            : $"{name} = {FactText.Of(read.Now)}";
    }

    private void TellProof(ProofAttempt attempt)
    {
        if (attempt.Accepted)
        {
            Detail("✓", Tone.Good, words.Format("run.proved", Printable.Line(attempt.ReplyText ?? "")));
        }
        else
        {
            Detail(attempt.NextIn is null ? "✗" : "·", attempt.NextIn is null ? Tone.Bad : Tone.Quiet, attempt.NextIn is { } next
                ? words.Format("run.refusedStill", Printable.Line(attempt.ReplyText ?? attempt.Failure ?? ""), PlanView.Duration(next))
                : Printable.Line(attempt.ReplyText ?? attempt.Failure ?? ""));
        }
    }

    private static string Shorten(string text) => text.Length <= 120 ? text : $"{text[..119]}…";

    private void Detail(string mark, Tone tone, string text) => page.Item(4, new Span(mark, tone), text);
}
