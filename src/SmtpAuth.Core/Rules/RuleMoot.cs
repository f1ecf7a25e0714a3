using SmtpAuth.Replies;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Rules;

/// <summary>When it does not matter that a rule's condition is unknown, and why.</summary>
/// <param name="When">The condition, compiled.</param>
/// <param name="Why">Why not knowing does not matter then, one sentence for a person.</param>
public sealed record RuleMoot(CelProgram When, LocalizedText Why);
