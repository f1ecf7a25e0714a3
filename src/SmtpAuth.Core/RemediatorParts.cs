using SmtpAuth.Diagnoses;
using SmtpAuth.Execution;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth;

/// <summary>What a <see cref="Remediator"/> is made of.</summary>
internal sealed record RemediatorParts(
    IReadOnlyList<ITenantReader> Readers,
    IReadOnlyList<IStepExecutor> Executors,
    Diagnoser Diagnoser,
    Planner Planner,
    string Language,
    IRunJournal Journal,
    IApprovalGate? Gate,
    ISubmissionProof? Proof,
    TimeProvider Time);
