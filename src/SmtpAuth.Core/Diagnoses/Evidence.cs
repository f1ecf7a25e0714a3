namespace SmtpAuth.Diagnoses;

/// <summary>One known fact that a verdict rests on.</summary>
/// <param name="Fact">The fact's name.</param>
/// <param name="Value">Its value, of one of the types that <see cref="Tenancy.Fact.Value"/> lists.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="ReadAt">When it was read, in UTC, or <see langword="null"/> where that is not known.</param>
public sealed record Evidence(string Fact, object? Value, string Source, DateTimeOffset? ReadAt);
