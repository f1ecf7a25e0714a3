namespace SmtpAuth.Replies;

/// <summary>Why a reply can have come: one candidate cause.</summary>
/// <param name="Cause">One of <see cref="ReplyCauses"/>.</param>
/// <param name="Likelihood"><c>likely</c>, <c>possible</c> or <c>rare</c>.</param>
/// <param name="Why">Why this cause gives this reply.</param>
public sealed record ReplyCause(string Cause, string Likelihood, LocalizedText Why);
