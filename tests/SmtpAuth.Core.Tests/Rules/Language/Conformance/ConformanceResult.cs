namespace SmtpAuth.Core.Tests.Rules.Language.Conformance;

/// <summary>What became of one conformance test: passed, failed or skipped, and why.</summary>
public sealed record ConformanceResult(string Section, string Name, string Outcome, string Reason);
