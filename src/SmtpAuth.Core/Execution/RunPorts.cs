using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>What a run reaches the world through.</summary>
internal sealed record RunPorts(
    IReadOnlyList<ITenantReader> Readers,
    IReadOnlyList<IStepExecutor> Executors,
    IApprovalGate? Gate,
    ISubmissionProof? Proof,
    TimeProvider Time);
