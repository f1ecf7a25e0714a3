namespace SmtpAuth.Exchange;

/// <summary>How a connection to Exchange Online behaves.</summary>
public sealed class ExchangeOptions
{
    /// <summary>Gets or sets the handler that carries the calls; it must not follow redirects. It is not disposed of.</summary>
    /// <value><see langword="null"/> (the default) means one of our own.</value>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Gets or sets the clock.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets how long one attempt at a call may take; a long list may take the service minutes.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the time within which a call is attempted again; no attempt begins after it.</summary>
    /// <value>The default is 2 minutes; zero means one attempt.</value>
    public TimeSpan RetryBudget { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets a value indicating whether reads are sent together where the service can do that.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UseBatches { get; set; } = true;

    internal Func<double>? Jitter { get; set; }
}
