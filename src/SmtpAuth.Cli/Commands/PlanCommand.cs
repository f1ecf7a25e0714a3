using System.CommandLine;
using SmtpAuth.Cli.Options;
using SmtpAuth.Cli.Output;
using SmtpAuth.Diagnoses;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli.Commands;

/// <summary><c>smtpauth plan</c>: proposes the least harmful way to let one sender through.</summary>
internal sealed class PlanCommand : Verb
{
    private static readonly string[] Risks =
    [
        "security-defaults-off", "per-user-mfa-off", "conditional-access-exclusion", "organization-smtp-auth-on",
        "organization-basic-auth-on",
    ];

    private readonly SubmissionOptions _submission = new();
    private readonly ErrorOption _error = new();
    private readonly TenantOptions _tenant = new();

    private readonly Option<string?> _route = new Option<string?>("--route")
    {
        Description = "The route to plan for; the default is the one the sender uses.",
        HelpName = "ROUTE",
    }.AcceptOnlyFromAmong([.. Routes.All.Select(route => route.ToName())]);

    private readonly Option<string[]> _acceptRisk = new("--accept-risk")
    {
        Description = $"Risks you accept, by name, comma-separated or repeated: {string.Join(", ", Risks)}.",
        HelpName = "RISK",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "File to write the plan to, for review, approve and apply.",
        HelpName = "FILE",
    };

    public PlanCommand(CommandStreams streams, GlobalOptions global)
        : base("plan", "Proposes the least harmful steps that open every closed gate, with values before and after. Changes nothing.", streams, global)
    {
        _submission.AddTo(this);
        _error.AddTo(this);
        _tenant.AddTo(this);
        _acceptRisk.Validators.Add(result =>
        {
            foreach (var risk in Split(result.Tokens.Select(token => token.Value)).Except(Risks))
            {
                result.AddError($"--accept-risk: '{risk}' is not a risk. Expected {string.Join(", ", Risks)}.");
            }
        });
        Add(_route);
        Add(_acceptRisk);
        Add(_out);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smtpauth plan --mailbox printer@contoso.example --state recorded/ --out plan.json",
        "smtpauth plan --mailbox printer@contoso.example --tenant contoso.example --accept-risk per-user-mfa-off",
        "smtpauth plan --mailbox app@contoso.example --route oauth-app --app-id 1f2e… --tenant contoso.example --json",
    ];

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var submission = _submission.Read(context);
        var reply = await _error.ReadAsync(context, cancellationToken);
        var answers = await _tenant.ReadAsync(context, submission, Routes.All, cancellationToken);
        var state = TenantState.From(answers, submission, context.AsOf);
        var diagnosis = context.Knowledge.Diagnoser(context.Language).Diagnose(reply, state);
        var plan = context.Knowledge.Planner.Plan(diagnosis, state, answers, new PlannerOptions
        {
            TargetRoute = Routes.TryParse(context.Value(_route), out var route) ? route : null,
            AcceptedRisks = [.. Split(context.Value(_acceptRisk) ?? [])],
            Language = context.Language,
        });

        if (context.Value(_out) is { } file)
        {
            await PlanFiles.WriteAsync(file, PlanJson.Write(plan), cancellationToken);
            context.Error.Line(0, new Span(context.Words.Format("plan.written", file), Tone.Quiet));
        }

        if (context.Json)
        {
            JsonDocumentWriter.Write(context.Streams.Out, json => PlanJson.WriteTo(json, plan));
        }
        else
        {
            PlanView.Write(context.Out, context.Words, plan);
        }

        return plan.Complete ? ExitCode.Done : diagnosis.Verdict == Verdict.Unknown ? ExitCode.Unknown : ExitCode.Negative;
    }

    private static IEnumerable<string> Split(IEnumerable<string> values) =>
        values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct();
}
