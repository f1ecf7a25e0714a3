using SmtpAuth.Replies;

namespace SmtpAuth.Rules;

/// <summary>A risk that a person has to accept by name before a plan may contain the step that brings it.</summary>
/// <param name="Name">The name, such as <c>security-defaults-off</c>.</param>
/// <param name="Text">What is lost.</param>
public sealed record RiskDefinition(string Name, LocalizedText Text);
