namespace SmtpAuth.Testing;

/// <summary>One of the services of the emulated tenant.</summary>
public enum EmulatedService
{
    /// <summary>The token endpoint.</summary>
    Token,

    /// <summary>Microsoft Graph.</summary>
    Graph,

    /// <summary>The Exchange administration.</summary>
    Exchange,

    /// <summary>SMTP submission.</summary>
    Smtp,
}
