using SmtpAuth.Cli.Output;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Commands;

/// <summary>Makes every check of a run and none of its writes.</summary>
internal sealed class DryRun(CommandContext context)
{
    public async Task<int> CheckAsync(PlanRunner runner, RemediationPlan plan, Approval? approval, RunOptions options, CancellationToken cancellationToken)
    {
        var refusals = new List<Refusal>();
        var progress = new RunProgress(context.Error, context.Words);
        await foreach (var happened in runner.ApplyAsync(plan, approval, options, cancellationToken))
        {
            if (happened is RunEvent.PreflightRefused refused)
            {
                refusals.AddRange(refused.Refusals);
            }

            if (happened is RunEvent.PreflightPassed or RunEvent.PreflightRefused)
            {
                progress.Tell(happened);
            }
        }

        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => RunJson.WriteDryRun(json, plan, refusals));
        }
        else if (refusals.Count == 0)
        {
            context.Out.Line(0, new Span(context.Words["run.dryRun"], Tone.Good));
            PlanView.WriteSteps(context.Out, context.Words, plan);
        }

        return refusals.Count == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>Stands in for an executor: answers every question, and lets the run end where the first write would come.</summary>
    internal sealed class Executor(IStepExecutor real) : IStepExecutor
    {
        public string Name => real.Name;

        public bool CanExecute(StepAction action) => real.CanExecute(action);

        public Task<IReadOnlyList<string>> FindMissingPermissionsAsync(IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken) =>
            real.FindMissingPermissionsAsync(steps, cancellationToken);

        public Task<StepOutcome> ExecuteAsync(StepAction action, CancellationToken cancellationToken) =>
            Task.FromResult<StepOutcome>(new StepOutcome.Refused("This is a dry run: nothing is written."));
    }
}
