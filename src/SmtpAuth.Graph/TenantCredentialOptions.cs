namespace SmtpAuth.Graph;

/// <summary>Where credentials get what they need.</summary>
public sealed class TenantCredentialOptions
{
    /// <summary>Gets or sets what reads an environment variable. Secrets come from there and from nowhere else.</summary>
    /// <value>The default reads the process's environment.</value>
    public Func<string, string?> ReadVariable { get; set; } = Environment.GetEnvironmentVariable;

    /// <summary>Gets or sets what shows a person the code to type in (device code).</summary>
    /// <value>The default writes it to standard error.</value>
    public Func<string, Task> ShowMessage { get; set; } = message => Console.Error.WriteLineAsync(message);

    /// <summary>Gets or sets the handler that carries the calls to the token service. It is not disposed of.</summary>
    /// <value><see langword="null"/> (the default) means one of our own.</value>
    public HttpMessageHandler? HttpHandler { get; set; }
}
