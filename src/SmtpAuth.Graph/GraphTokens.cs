using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using SmtpAuth.Http;

namespace SmtpAuth.Graph;

/// <summary>Puts the token into requests to the cloud's Graph, and refuses to send any request elsewhere.</summary>
/// <remarks>The SDK's own provider leaves the token out for hosts it does not know, and says nothing.</remarks>
internal sealed class GraphTokens(TokenSource tokens, Uri graph) : IAuthenticationProvider
{
    public async Task AuthenticateRequestAsync(
        RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
    {
        if (!MicrosoftCloud.Accepts(graph, request.URI))
        {
            throw new InvalidOperationException($"A token for {graph.Authority} is not sent to {request.URI.Authority}.");
        }

        // The SDK repeats a request once with the claims that the service asked for.
        var claims = additionalAuthenticationContext is not null && additionalAuthenticationContext.TryGetValue("claims", out var asked)
            ? ClaimsChallenge.Read($"claims=\"{asked}\"")
            : null;
        var token = await tokens.GetAsync(claims, cancellationToken).ConfigureAwait(false);
        request.Headers.Remove("Authorization");
        request.Headers.Add("Authorization", $"Bearer {token}");
    }
}
