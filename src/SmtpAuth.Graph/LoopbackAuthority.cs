using SmtpAuth.Http;

namespace SmtpAuth.Graph;

/// <summary>Lets a token service on a loopback address be reached over http, which Azure.Identity refuses by itself.</summary>
internal static class LoopbackAuthority
{
    /// <summary>Returns the address with https.</summary>
    public static Uri Secure(Uri authority) => authority.Scheme == Uri.UriSchemeHttps
        ? authority
        : new UriBuilder(authority) { Scheme = Uri.UriSchemeHttps, Port = authority.Port }.Uri;

    /// <summary>Makes the handler that takes it back to http on the way.</summary>
    public static HttpMessageHandler Handler(MicrosoftCloud cloud, HttpMessageHandler? given)
    {
        var handler = given ?? ServiceHandler.Create(cloud);
        return cloud.Authority.Scheme == Uri.UriSchemeHttps ? handler : new PlainHandler(cloud.Authority) { InnerHandler = handler };
    }

    private sealed class PlainHandler(Uri authority) : DelegatingHandler
    {
#if NET
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            base.Send(Rewrite(request), cancellationToken);

#endif
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            base.SendAsync(Rewrite(request), cancellationToken);

        private HttpRequestMessage Rewrite(HttpRequestMessage request)
        {
            if (request.RequestUri is { } address && address.Authority == authority.Authority)
            {
                request.RequestUri = new UriBuilder(address) { Scheme = authority.Scheme, Port = authority.Port }.Uri;
            }

            return request;
        }
    }
}
