namespace SmtpAuth.Replies;

/// <summary>Phrases that show who answered.</summary>
/// <param name="Provider">One of <see cref="ReplyProviders"/>.</param>
/// <param name="Strength">How they show it.</param>
/// <param name="Phrases">The phrases, lower case; any one is enough.</param>
public sealed record ProviderEvidence(string Provider, ProviderEvidenceStrength Strength, IReadOnlyList<string> Phrases);
