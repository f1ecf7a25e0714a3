using System.Globalization;
using Azure.Core;

namespace SmtpAuth.Http;

/// <summary>Gets access tokens for one service and keeps the last one, because not every credential does.</summary>
internal sealed class TokenSource(TokenCredential credential, string scope, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private AccessToken? _last;

    /// <summary>Gets a token.</summary>
    /// <param name="claims">Claims that the service asks for, as JSON; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="TokenException">There is none; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask<string> GetAsync(string? claims, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (claims is null && _last is { } last && last.ExpiresOn - Margin > time.GetUtcNow())
            {
                return last.Token;
            }

            var context = new TokenRequestContext([scope], parentRequestId: null, claims: claims, tenantId: null, isCaeEnabled: true);
            var token = await credential.GetTokenAsync(context, cancellationToken).ConfigureAwait(false);
            if (!IsSendable(token.Token))
            {
                throw new TokenException("The credential gave a text that cannot be an access token. Expected letters, digits and -._~+/= only.");
            }

            _last = token;
            return token.Token;
        }
        catch (Exception error) when (error is not TokenException && !cancellationToken.IsCancellationRequested)
        {
            // Azure.Identity throws what its many sources throw; each of them means that there is no token.
            throw new TokenException(TokenFailure.Explain(error));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Makes the claims that ask for a token issued from now on, so that no cache answers.</summary>
    public string FreshClaims() =>
        "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\""
        + time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "\"}}}";

    public void Dispose() => _gate.Dispose();

    // What is refused here would otherwise be quoted in the exception of the header it does not fit into.
    private static bool IsSendable(string? token) => !string.IsNullOrEmpty(token)
        && token!.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
            or '-' or '.' or '_' or '~' or '+' or '/' or '=');
}
