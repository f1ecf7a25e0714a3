using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth approve</c>: writes an approval that is good for this very plan and no other.</summary>
internal sealed class ApproveCommand : Verb
{
    private readonly Argument<string> _plan = new("PLAN")
    {
        Description = "The plan, as plan --out wrote it.",
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "Who approves.",
        HelpName = "NAME",
        Required = true,
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "File to write the approval to, for apply --approval.",
        HelpName = "FILE",
        Required = true,
    };

    public ApproveCommand(CommandStreams streams, GlobalOptions global)
        : base("approve", "Shows a plan and writes an approval of it, for someone else to apply.", streams, global)
    {
        Add(_plan);
        Add(_by);
        Add(_out);
    }

    public override IReadOnlyList<string> Examples => ["smtpauth approve plan.json --by 'Ana Pop' --out approval.json"];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var plan = await PlanFiles.ReadPlanAsync(context.Value(_plan)!, cancellationToken);
        var approval = ApprovalJson.Write(
            new Approval(PlanHash.Compute(plan), context.Value(_by)!, TimeProvider.System.GetUtcNow(), plan.Expires));
        await PlanFiles.WriteAsync(context.Value(_out)!, approval, cancellationToken);

        if (context.Json)
        {
            context.Streams.Out.WriteLine(approval);
        }
        else
        {
            PlanView.Write(context.Out, context.Words, plan);
            context.Out.Blank();
            context.Out.Line(0, context.Words.Format("approve.written", context.Value(_by), context.Value(_out)));
        }

        return ExitCode.Done;
    }
}
