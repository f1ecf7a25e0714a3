namespace SmtpAuth.Rules.Language;

// Why a pattern is none; caught where the pattern is compiled, never leaves the language.
internal sealed class PatternException(string message) : Exception(message);
