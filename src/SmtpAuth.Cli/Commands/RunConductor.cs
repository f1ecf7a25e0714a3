using SmtpAuth.Cli.Output;
using SmtpAuth.Execution;

namespace SmtpAuth.Cli.Commands;

/// <summary>Follows a run: tells its progress on standard error, its end on standard output, and finds the exit code.</summary>
internal sealed class RunConductor(CommandContext context)
{
    private readonly List<Refusal> _refusals = [];
    private bool _stoppedForPermissionOrDrift;

    public async Task<int> FollowAsync(IAsyncEnumerable<RunEvent> events, string? journalPath)
    {
        var progress = new RunProgress(context.Error, context.Words);
        RunReport? report = null;
        await foreach (var happened in events)
        {
            progress.Tell(happened);
            switch (happened)
            {
                case RunEvent.PreflightRefused refused:
                    _refusals.AddRange(refused.Refusals);
                    break;
                case RunEvent.StepStopped stopped:
                    _stoppedForPermissionOrDrift = stopped.MissingPermission || stopped.Difference is not null;
                    break;
                case RunEvent.RunFinished finished:
                    report = finished.Report;
                    break;
                default:
                    break;
            }
        }

        Write(report!, journalPath);
        return ExitCodeOf(report!);
    }

    private int ExitCodeOf(RunReport report)
    {
        if (report.Cancelled)
        {
            return ExitCode.Cancelled;
        }

        if (report.Refused)
        {
            return ExitCode.Refused;
        }

        if (report.Preview)
        {
            return ExitCode.Done;
        }

        if (report.Outcome == RunOutcome.Stopped)
        {
            var wrote = report.Steps.Any(step => step.State is StepState.Accepted or StepState.Observed or StepState.Uncertain);
            return _stoppedForPermissionOrDrift && !wrote ? ExitCode.Refused : ExitCode.Failed;
        }

        return report.Proof is { Accepted: false } ? ExitCode.Failed : ExitCode.Done;
    }

    private void Write(RunReport report, string? journalPath)
    {
        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => RunJson.Write(json, report, _refusals));
        }
        else
        {
            RunView.Write(context.Out, context.Words, report, journalPath);
        }
    }
}
