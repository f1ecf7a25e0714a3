namespace SmtpAuth.Tenancy;

/// <summary>Stands in a fact's value, at any depth of its lists and maps, for a part that could not be read.</summary>
/// <param name="Fact">The name of what is missing, such as <c>graph/groupMembers-…</c> or a fact's name.</param>
/// <param name="Reason">Why, in one sentence for a person.</param>
public sealed record Unread(string Fact, string Reason);
