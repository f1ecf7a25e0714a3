namespace SmtpAuth.Diagnoses;

/// <summary>A real disagreement between what the server said and what the tenant's state says.</summary>
/// <param name="Gate">The gate it is about.</param>
/// <param name="Why">What disagrees, and what usually explains it, in a sentence or two for a person.</param>
public sealed record Contradiction(Gate Gate, string Why);
