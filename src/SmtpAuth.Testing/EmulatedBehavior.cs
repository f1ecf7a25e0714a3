namespace SmtpAuth.Testing;

/// <summary>How the emulated services behave beside their settings: delays, limits, spellings. May be changed while the
/// tenant runs.</summary>
public sealed class EmulatedBehavior
{
    /// <summary>Gets the delays between a change and its effect on submissions.</summary>
    public PropagationDelays Delays { get; } = new();

    /// <summary>Gets or sets for how long an Exchange read still shows the values from before a write.</summary>
    /// <value>The default is zero. In the field 60 to 90 seconds.</value>
    public TimeSpan StaleExchangeReads { get; set; }

    /// <summary>Gets or sets for how long a Graph read still shows the values from before a write.</summary>
    /// <value>The default is zero.</value>
    public TimeSpan StaleGraphReads { get; set; }

    /// <summary>Gets or sets the moment from which Basic authentication is refused with 550 5.7.30.</summary>
    /// <value>The default is <see langword="null"/>: never.</value>
    /// <seealso href="https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission"/>
    public DateTimeOffset? BasicAuthenticationRetiredFrom { get; set; }

    /// <summary>Gets or sets a value indicating whether clients count as having negotiated TLS 1.0 or 1.1.</summary>
    /// <value>The default is <see langword="false"/>. Current TLS libraries no longer speak those versions, so they are assumed
    /// instead of negotiated; the server then answers 421 4.7.66.</value>
    public bool AssumeLegacyTls { get; set; }

    /// <summary>Gets or sets the address from which clients are seen, whatever loopback address they use.</summary>
    /// <value>The default is <c>203.0.113.10</c>.</value>
    public string ClientIpAddress { get; set; } = "203.0.113.10";

    /// <summary>Gets or sets the country from which clients are seen, two letters.</summary>
    /// <value>The default is <c>NL</c>.</value>
    public string ClientCountry { get; set; } = "NL";

    /// <summary>Gets or sets the sign-in risk that Entra sees: <c>none</c>, <c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    /// <value>The default is <c>none</c>.</value>
    public string SignInRisk { get; set; } = "none";

    /// <summary>Gets or sets a value indicating whether a refused token gets <c>334</c> with base64 JSON before the 535.</summary>
    /// <value>The default is <see langword="false"/>: Exchange Online answers 535 at once. Other servers send the challenge.</value>
    public bool ChallengeRefusedTokens { get; set; }

    /// <summary>Gets or sets how many protocol errors one SMTP connection may make before 421.</summary>
    /// <value>The default is 5.</value>
    public int MostProtocolErrors { get; set; } = 5;

    /// <summary>Gets or sets how many refused AUTH commands one SMTP connection may make before 421.</summary>
    /// <value>The default is 3.</value>
    public int MostRefusedLogons { get; set; } = 3;

    /// <summary>Gets or sets how many connections may submit for one mailbox at the same time.</summary>
    /// <value>The default is 3; further ones are refused at the end of DATA with 432 4.3.2.</value>
    public int MostConnectionsPerMailbox { get; set; } = 3;

    /// <summary>Gets or sets how many recipients one message may have.</summary>
    /// <value>The default is 500.</value>
    public int MostRecipients { get; set; } = 500;

    /// <summary>Gets or sets how many recipients one mailbox may reach in 24 hours.</summary>
    /// <value>The default is 10000.</value>
    public int MostRecipientsPerDay { get; set; } = 10_000;

    /// <summary>Gets or sets how long an SMTP connection may stay silent before it is closed, in real time.</summary>
    /// <value>The default is five minutes.</value>
    public TimeSpan SmtpIdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets a value indicating whether Graph keeps its published limits: Conditional Access one request a
    /// second without Retry-After, sign-ins five in ten seconds.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <seealso href="https://learn.microsoft.com/graph/throttling-limits"/>
    public bool EnforceGraphLimits { get; set; }

    /// <summary>Gets or sets a value indicating whether every Graph list starts with an empty page that only links to the next.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool GraphStartsWithEmptyPage { get; set; }

    /// <summary>Gets or sets the cmdlets that nobody may run, as custom role groups can have it.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<string> ExchangeDeniedCmdlets { get; set; } = [];

    /// <summary>Gets or sets where Exchange cuts every list, with a warning, whatever ResultSize says.</summary>
    /// <value>The default is <see langword="null"/>: nowhere.</value>
    public int? ExchangeListLimit { get; set; }

    /// <summary>Gets or sets a value indicating whether Exchange writes booleans as texts, <c>"True"</c> and <c>"False"</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ExchangeBooleansAsText { get; set; }

    /// <summary>Gets or sets a value indicating whether Exchange leaves out members whose value is null.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ExchangeOmitsNull { get; set; }

    /// <summary>Gets or sets a value indicating whether an unknown Exchange object is answered with 404 instead of 400.</summary>
    /// <value>The default is <see langword="false"/>. Both occur.</value>
    public bool ExchangeNotFoundIs404 { get; set; }

    /// <summary>Gets or sets a value indicating whether Set- cmdlets answer 204 without a body instead of 200.</summary>
    /// <value>The default is <see langword="false"/>. Both occur.</value>
    public bool ExchangeWritesAnswer204 { get; set; }
}
