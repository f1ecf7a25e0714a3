namespace SmtpAuth.Rules.Language;

// Carries one diagnostic from the depth of the parser to its door; never leaves the language.
internal sealed class SyntaxException(CelDiagnostic diagnostic) : Exception(diagnostic.Message)
{
    public CelDiagnostic Diagnostic { get; } = diagnostic;
}
