using SmtpAuth.Diagnoses;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Replies;
using SmtpAuth.Verification;

namespace SmtpAuth.Cli.Commands;

/// <summary>What the demo showed, for <c>--json</c> and for the exit code.</summary>
internal sealed record DemoOutcome(
    SmtpReply Reply,
    Diagnosis Diagnosis,
    RemediationPlan Plan,
    RunReport Applied,
    RunReport Undone,
    IReadOnlyList<string> Differences,
    ProbeResult Afterwards)
{
    public bool IsAsItShould => Surprise is null;

    /// <summary>Gets what did not go as it should, or <see langword="null"/>.</summary>
    public string? Surprise => this switch
    {
        { Plan.Complete: false } => "the plan is not complete",
        { Applied.Outcome: not RunOutcome.Proved } => $"the plan was not proved: {Applied.Why}",
        { Undone.Outcome: not RunOutcome.Observed } => $"the run was not taken back: {Undone.Why}",
        { Differences.Count: > 0 } => string.Join("; ", Differences),
        { Afterwards.Outcome: not ProbeOutcome.Refused } => "the printer is not refused any more",
        _ => null,
    };
}
