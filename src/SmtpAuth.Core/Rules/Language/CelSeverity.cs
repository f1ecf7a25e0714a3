namespace SmtpAuth.Rules.Language;

/// <summary>How grave a <see cref="CelDiagnostic"/> is.</summary>
public enum CelSeverity
{
    /// <summary>The expression compiles, and is probably not what its author meant.</summary>
    Warning,

    /// <summary>The expression does not compile.</summary>
    Error,
}
