namespace SmtpAuth.Rules;

/// <summary>Where a piece of knowledge comes from, and how sure it is.</summary>
/// <param name="Url">The public address.</param>
/// <param name="Checked">The month or day of the last check, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</param>
/// <param name="Confidence">
/// <c>A</c> vendor documentation or an RFC, <c>B</c> several field reports, <c>C</c> one report or an inference,
/// <c>K</c> general knowledge that was not checked again.
/// </param>
public sealed record KnowledgeSource(string Url, string Checked, string Confidence);
