namespace SmtpAuth.Diagnoses;

/// <summary>A fact worth reading next, because it tells causes apart.</summary>
/// <param name="Fact">The fact's name.</param>
/// <param name="Separates">The labels of the causes it tells apart.</param>
/// <param name="How">How to read it: a cmdlet, a request, a place to look.</param>
public sealed record NextFact(string Fact, IReadOnlyList<string> Separates, string How);
