using SmtpAuth.Cli.Text;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Output;

/// <summary>A plan as a PowerShell script, and as steps in the admin portals.</summary>
internal static class PlanScript
{
    public static void WritePowerShell(TextWriter output, Words words, RemediationPlan plan)
    {
        output.WriteLine($"# {Printable.Line(words.Format("script.title", plan.Submission.Mailbox, PlanHash.Compute(plan)))}");
        output.WriteLine("$ErrorActionPreference = 'Stop'");
        foreach (var step in plan.Steps)
        {
            output.WriteLine();
            output.WriteLine($"# {step.Id}: {Printable.Line(PlanView.Summary(step, words))}");
            output.WriteLine($"# {Printable.Line($"{step.Observes.Path ?? step.Target}: {FactText.Of(step.Before)} → {FactText.Of(step.After)}")}");
            output.WriteLine(step.PowerShell);
        }
    }

    public static void WritePortalSteps(Page page, Words words, PlanStep step)
    {
        var texts = step.Portal.TryGetValue(words.Language, out var own) ? own : step.Portal.GetValueOrDefault("en", []);
        var number = 0;
        foreach (var text in texts)
        {
            page.Item(4, new Span($"{++number}.", Tone.Quiet), text);
        }
    }
}
