using SmtpAuth.Cli.Text;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Output;

/// <summary>A plan for the person who approves it: each step with the value before and after, its reach and its risk.</summary>
internal static class PlanView
{
    public static void Write(Page page, Words words, RemediationPlan plan)
    {
        page.Blank();
        page.Line(0, [
            plan.Complete ? new Span(words["plan.complete"], Tone.Good) : new Span(words["plan.incomplete"], Tone.Doubtful),
            new Span($"  {plan.Submission.Mailbox}", Tone.Strong),
            new Span($"  {words.Name("route", plan.Route.ToName())}"),
        ]);
        page.Line(0, new Span(words.Format("plan.validUntil", JsonValues.Time(plan.Expires)), Tone.Quiet));

        WriteSteps(page, words, plan);
        WriteWithheld(page, words, plan);
        WriteAlternatives(page, words, plan.Alternatives);
    }

    public static void WriteSteps(Page page, Words words, RemediationPlan plan)
    {
        page.Heading(plan.Steps.Count == 0 ? words["plan.noSteps"] : words["plan.steps"]);
        var number = 0;
        foreach (var step in plan.Steps)
        {
            page.Item(2, new Span($"{++number}.", Tone.Strong), new Span(Summary(step, words), Tone.Strong));
            WriteChange(page, 5, step);
            foreach (var line in step.PowerShell.Split('\n'))
            {
                page.Verbatim(5, line);
            }

            page.Line(5, new Span(
                $"{words[$"scope.{ScopeName(step.Scope)}"]} · {words.Format("plan.cost", step.SecurityCost)} · "
                + $"{words[step.Undo is null ? "plan.irreversible" : "plan.reversible"]} · "
                + words.Format("plan.propagation", Duration(step.PropagationTypical), Duration(step.PropagationMaximum)),
                Tone.Quiet));
            if (step.Risk is { } risk)
            {
                page.Line(5, new Span(words.Format("plan.riskAccepted", words.Name("risk", risk)), Tone.Doubtful));
            }
        }
    }

    /// <summary>Writes the value before and after; of an object only the members that differ.</summary>
    public static void WriteChange(Page page, int indent, PlanStep step)
    {
        foreach (var (name, before, after) in ValueChanges.Between(step.Observes.Path ?? step.Target, step.Before, step.After))
        {
            page.Line(indent, [
                new Span($"{name}: "),
                new Span(before, Tone.Bad),
                new Span(" → ", Tone.Quiet),
                new Span(after, Tone.Good),
            ]);
        }
    }

    public static string Summary(PlanStep step, Words words) =>
        step.Summary.TryGetValue(words.Language, out var text) ? text
        : step.Summary.TryGetValue("en", out var english) ? english
        : $"{step.Operation} {step.Target}";

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalHours: >= 1 } => $"{duration.TotalHours:0.#} h",
        { TotalMinutes: >= 1 } => $"{duration.TotalMinutes:0.#} min",
        _ => $"{duration.TotalSeconds:0} s",
    };

    public static void WriteWithheld(Page page, Words words, RemediationPlan plan)
    {
        if (plan.Withheld.Count == 0)
        {
            return;
        }

        page.Heading(words["plan.withheld"]);
        foreach (var withheld in plan.Withheld)
        {
            page.Item(2, new Span("!", Tone.Doubtful), withheld.Why);
            if (withheld.Risk is { } risk)
            {
                page.Line(4, new Span(words.Format("plan.toAccept", risk), Tone.Quiet));
            }
        }
    }

    public static void WriteAlternatives(Page page, Words words, IReadOnlyCollection<RouteAlternative> alternatives)
    {
        if (alternatives.Count == 0)
        {
            return;
        }

        page.Heading(words["plan.alternatives"]);
        foreach (var alternative in alternatives)
        {
            var until = alternative.Until is { } end ? $"  {words.Format("plan.until", end.UtcDateTime.ToString("yyyy-MM-dd"))}" : "";
            page.Item(2, alternative.Complete ? new Span("✓", Tone.Good) : new Span("-", Tone.Quiet), [
                new Span(words.Name("route", alternative.Route.ToName()), Tone.Strong),
                new Span($"  {alternative.Why}"),
                new Span(until, Tone.Doubtful),
            ]);
        }
    }

    private static string ScopeName(StepScope scope) => scope switch
    {
        StepScope.Client => "client",
        StepScope.Mailbox => "mailbox",
        _ => "organization",
    };
}
