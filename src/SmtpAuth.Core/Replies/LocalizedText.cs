namespace SmtpAuth.Replies;

/// <summary>Words for people, in the languages the product speaks.</summary>
/// <param name="En">English.</param>
/// <param name="Ro">Romanian.</param>
public sealed record LocalizedText(string En, string Ro);
