namespace SmtpAuth.Testing;

/// <summary>The service a token is for.</summary>
public enum TokenAudience
{
    /// <summary>Microsoft Graph.</summary>
    Graph,

    /// <summary>The Exchange administration (<c>https://outlook.office365.com</c>).</summary>
    Exchange,

    /// <summary>SMTP submission (<c>https://outlook.office.com</c>).</summary>
    Smtp,
}
