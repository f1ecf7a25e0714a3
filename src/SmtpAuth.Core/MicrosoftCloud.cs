namespace SmtpAuth;

/// <summary>The endpoints of one Microsoft cloud, or of whatever stands in for one.</summary>
/// <remarks>
/// <para>A token goes to an endpoint of the cloud and to hosts below it, and to nobody else: ask
/// <see cref="Accepts(Uri, Uri)"/> before it is sent.</para>
/// <para>Immutable and thread-safe. The addresses of the built-in clouds are as of 2026-11.</para>
/// </remarks>
/// <seealso href="https://learn.microsoft.com/graph/deployments"/>
public sealed partial record MicrosoftCloud
{
    /// <summary>Gets the name: that of a built-in cloud, or of the file it was read from.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the address of Microsoft Entra's token service, without a tenant.</summary>
    public required Uri Authority { get; init; }

    /// <summary>Gets the address of Microsoft Graph, without a version.</summary>
    public required Uri Graph { get; init; }

    /// <summary>Gets the address of Exchange Online's administration.</summary>
    public required Uri Exchange { get; init; }

    /// <summary>Gets the host for client submission.</summary>
    public required string SmtpHost { get; init; }

    /// <summary>Gets the TCP port for client submission.</summary>
    /// <value>The default is 587.</value>
    public int SmtpPort { get; init; } = 587;

    /// <summary>Gets the SHA-256 fingerprint, 64 hexadecimal digits, of the submission host's certificate, to be trusted besides the system's.</summary>
    /// <value><see langword="null"/> (the default) means that only the system's trust counts.</value>
    public string? SmtpTrustCertificateSha256 { get; init; }

    /// <summary>
    /// Gets the SHA-256 fingerprint, 64 hexadecimal digits, of a certificate to be trusted for <see cref="Authority"/>,
    /// <see cref="Graph"/> and <see cref="Exchange"/> where they are on a loopback address.
    /// </summary>
    /// <value><see langword="null"/> (the default) means the one of <see cref="SmtpTrustCertificateSha256"/>, if any.</value>
    public string? TrustCertificateSha256 { get; init; }

    /// <summary>Gets the scope to ask Graph tokens for.</summary>
    /// <value>For a loopback address that of the worldwide cloud, because no token service knows a loopback address.</value>
    public string GraphScope => Scope(Graph.IsLoopback ? Global.Graph : Graph);

    /// <summary>Gets the scope to ask Exchange tokens for; app-only tokens for SMTP have the same.</summary>
    /// <value>For a loopback address that of the worldwide cloud, because no token service knows a loopback address.</value>
    public string ExchangeScope => Scope(Exchange.IsLoopback ? Global.Exchange : Exchange);

    /// <summary>Decides whether an address belongs to an endpoint, so that a token for the endpoint may be sent there.</summary>
    /// <param name="endpoint">One of this cloud's endpoints.</param>
    /// <param name="address">Where something is about to be sent.</param>
    /// <returns>
    /// <see langword="true"/> for the endpoint's own host and, over https, for hosts whose name ends with it, both at the
    /// endpoint's port. All names of this machine (loopback) are one host.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static bool Accepts(Uri endpoint, Uri address)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Port != endpoint.Port || address.UserInfo.Length > 0
            || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == endpoint.Scheme && endpoint.IsLoopback)))
        {
            return false;
        }

        return (endpoint.IsLoopback && address.IsLoopback)
            || string.Equals(address.IdnHost, endpoint.IdnHost, StringComparison.OrdinalIgnoreCase)
            || (endpoint.HostNameType == UriHostNameType.Dns
                && address.IdnHost.EndsWith("." + endpoint.IdnHost, StringComparison.OrdinalIgnoreCase));
    }

    private static string Scope(Uri resource) => resource.GetLeftPart(UriPartial.Authority) + "/.default";
}
