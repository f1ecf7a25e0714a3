namespace SmtpAuth.Execution;

/// <summary>One reason why a run was refused before it wrote anything.</summary>
/// <param name="Kind">The kind of reason.</param>
/// <param name="StepId">The step it is about, or <see langword="null"/> where it is about the whole plan.</param>
/// <param name="Message">One sentence for a person: what was found, expected, and what to do.</param>
/// <param name="Difference">The difference, where <paramref name="Kind"/> is <see cref="RefusalKind.Drift"/>; otherwise <see langword="null"/>.</param>
public sealed record Refusal(RefusalKind Kind, string? StepId, string Message, ThreeWayDifference? Difference = null);
