using Azure.Core;
using Azure.Identity;
using SmtpAuth.Http;

namespace SmtpAuth.Graph;

/// <summary>Gives access tokens that somebody else has got already.</summary>
/// <remarks>Immutable and thread-safe. A token cannot be renewed here: when it ends, the service refuses it.</remarks>
public sealed class ReadyTokenCredential : TokenCredential
{
    /// <summary>The environment variable for the Graph token.</summary>
    public const string GraphVariable = "SMTPAUTH_GRAPH_TOKEN";

    /// <summary>The environment variable for the Exchange token.</summary>
    public const string ExchangeVariable = "SMTPAUTH_EXCHANGE_TOKEN";

    private static readonly TimeSpan AssumedLifetime = TimeSpan.FromHours(1);

    private readonly MicrosoftCloud _cloud;
    private readonly Secret? _graph;
    private readonly Secret? _exchange;

    /// <summary>Initializes a new instance of the <see cref="ReadyTokenCredential"/> class.</summary>
    /// <param name="cloud">The cloud, whose scopes tell the two tokens apart.</param>
    /// <param name="graph">The token for Microsoft Graph, or <see langword="null"/> for none. White space around it does not count.</param>
    /// <param name="exchange">The token for Exchange Online, or <see langword="null"/> for none. White space around it does not count.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cloud"/> is <see langword="null"/>.</exception>
    public ReadyTokenCredential(MicrosoftCloud cloud, Secret? graph, Secret? exchange)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        _cloud = cloud;
        _graph = graph;
        _exchange = exchange;
    }

    /// <summary>Takes the tokens from the environment.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="readVariable">Reads a variable, or <see langword="null"/> for the process's environment.</param>
    /// <returns>The credential. A token that is missing is missed when it is asked for.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cloud"/> is <see langword="null"/>.</exception>
    public static ReadyTokenCredential FromEnvironment(MicrosoftCloud cloud, Func<string, string?>? readVariable = null)
    {
        readVariable ??= Environment.GetEnvironmentVariable;
        return new(cloud, Read(GraphVariable), Read(ExchangeVariable));

        Secret? Read(string name) => readVariable(name) is { } value && value.Trim().Length > 0 ? new Secret(value) : null;
    }

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var isExchange = requestContext.Scopes.Contains(_cloud.ExchangeScope, StringComparer.OrdinalIgnoreCase);
        if (!isExchange && !requestContext.Scopes.Contains(_cloud.GraphScope, StringComparer.OrdinalIgnoreCase))
        {
            throw new CredentialUnavailableException("There are ready tokens for Microsoft Graph and Exchange Online only.");
        }

        if ((isExchange ? _exchange : _graph) is not { } secret)
        {
            var (service, variable) = isExchange ? ("Exchange Online", ExchangeVariable) : ("Microsoft Graph", GraphVariable);
            throw new CredentialUnavailableException($"There is no access token for {service}. Put one into the environment variable {variable}.");
        }

        var token = secret.Reveal().Trim();
        return new(token, TokenClaims.Read(token)?.Expires ?? DateTimeOffset.UtcNow + AssumedLifetime);
    }

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
