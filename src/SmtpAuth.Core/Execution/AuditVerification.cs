namespace SmtpAuth.Execution;

/// <summary>Whether a journal's chain holds.</summary>
/// <param name="Intact">Whether nothing is wrong with it.</param>
/// <param name="Head">Where the intact part ends.</param>
/// <param name="FaultAt">The number of the first entry that is wrong or missing; <see langword="null"/> when none is.</param>
/// <param name="Fault">What is wrong, one sentence; <see langword="null"/> when nothing is.</param>
public sealed record AuditVerification(bool Intact, AuditHead Head, long? FaultAt, string? Fault);
