using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Execution;
using SmtpAuth.Planning;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth apply</c>: carries out a plan, step by step, and proves it where a secret is at hand.</summary>
internal sealed class ApplyCommand : Verb
{
    private readonly RunOptionSet _run = new();

    private readonly Argument<string> _plan = new("PLAN")
    {
        Description = "The plan, as plan --out wrote it.",
    };

    private readonly Option<string?> _approveBy = new("--approve-by")
    {
        Description = "You have read the plan and approve it under this name.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _approval = new("--approval")
    {
        Description = "File with someone's approval, as approve --out wrote it.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Make every check and write nothing.",
    };

    private readonly Option<string> _executor = new("--executor")
    {
        Description = "Who makes the changes: graph,exchange (the services), script (print PowerShell), or manual (print portal steps).",
        HelpName = "graph,exchange|script|manual",
        DefaultValueFactory = _ => "graph,exchange",
    };

    public ApplyCommand(CommandStreams streams, GlobalOptions global)
        : base("apply", "Applies a plan step by step: checks first, then each change recorded, made and read back, then a proof.", streams, global)
    {
        Add(_plan);
        Add(_approveBy);
        Add(_approval);
        Add(_dryRun);
        Add(_executor);
        _run.AddTo(this, withSecret: true, journalRequired: false);
        Validators.Add(result =>
        {
            if (result.GetValue(_approveBy) is not null && result.GetValue(_approval) is not null)
            {
                result.AddError("Expected --approve-by or --approval, and found both.");
            }
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smtpauth apply plan.json --tenant contoso.example --dry-run",
        "smtpauth apply plan.json --tenant contoso.example --approve-by 'Ana Pop' --password-env PRINTER_PASSWORD --wait 15m",
        "smtpauth apply plan.json --tenant contoso.example --executor script",
    ];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var plan = await PlanFiles.ReadPlanAsync(context.Value(_plan)!, cancellationToken);
        var approval = await ReadApprovalAsync(context, plan, cancellationToken);

        var executor = context.Value(_executor)!;
        if (executor == "script")
        {
            context.Streams.Out.WriteLine(PowerShellScript.Render(plan, context.Language));
            return ExitCode.Done;
        }

        var options = _run.Read(context);
        using var connection = Connection.Open(context, _run.Connection);
        IReadOnlyList<IStepExecutor> executors = executor == "manual"
            ? [new ManualExecutor(new PortalPrompt(context), everyStep: true)]
            : connection.Executors(executor);
        if (context.Value(_dryRun))
        {
            var preview = new PlanRunner(connection.Readers, executors, new InMemoryRunJournal());
            return await new RunConductor(context).FollowAsync(preview.PreviewAsync(plan, approval, options, cancellationToken), journalPath: null);
        }

        var proof = connection.ProofFor(plan, _run.Secret.Read(context, plan.Route));
        using var journal = await JournalFile.OpenAsync(context, context.Value(_run.Journal), cancellationToken);
        var runner = new PlanRunner(connection.Readers, executors, journal.Runs, gate: null, proof);
        return await new RunConductor(context).FollowAsync(runner.ApplyAsync(plan, approval, options, cancellationToken), journal.Path);
    }

    private async Task<Approval?> ReadApprovalAsync(CommandContext context, RemediationPlan plan, CancellationToken cancellationToken)
    {
        if (context.Value(_approval) is { } file)
        {
            return await PlanFiles.ReadApprovalAsync(file, cancellationToken);
        }

        return context.Value(_approveBy) is { } name
            ? new Approval(PlanHash.Compute(plan), name, TimeProvider.System.GetUtcNow(), plan.Expires)
            : null;
    }
}
