using SmtpAuth.Cli.Output;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Commands;

/// <summary>Shows a step as clicks in the portal, and waits for Enter.</summary>
internal sealed class PortalPrompt(CommandContext context) : IStepPrompt
{
    public async Task<bool> AskAsync(PlanStep step, CancellationToken cancellationToken)
    {
        var texts = step.Portal.TryGetValue(context.Language, out var own) ? own : step.Portal.GetValueOrDefault("en", []);
        var number = 0;
        foreach (var text in texts)
        {
            context.Error.Item(4, new Span($"{++number}.", Tone.Quiet), text);
        }

        PlanView.WriteChange(context.Error, 4, step);
        context.Error.Line(4, new Span(context.Words["run.manualWait"], Tone.Strong));

        // The end of standard input means that nobody is there to do it.
        return await context.Streams.In.ReadLineAsync(cancellationToken) is { } answer
            && !answer.StartsWith("n", StringComparison.OrdinalIgnoreCase);
    }
}
