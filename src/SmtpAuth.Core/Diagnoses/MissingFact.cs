namespace SmtpAuth.Diagnoses;

/// <summary>One fact that could decide and is not known.</summary>
/// <param name="Fact">The fact's name.</param>
/// <param name="Reason">Why it is not known, one sentence for a person.</param>
/// <param name="How">How to get it: a cmdlet, a request, a place to look.</param>
public sealed record MissingFact(string Fact, string Reason, string How);
