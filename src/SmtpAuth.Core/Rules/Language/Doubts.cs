namespace SmtpAuth.Rules.Language;

// Warnings: what compiles and is probably not what its author meant.
internal static class Doubts
{
    public static void Collect(Node root, string source, List<CelDiagnostic> diagnostics)
    {
    }
}
