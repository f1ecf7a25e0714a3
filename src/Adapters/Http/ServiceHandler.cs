using System.Net;

namespace SmtpAuth.Http;

/// <summary>Makes the handler that carries calls to a cloud.</summary>
internal static class ServiceHandler
{
    /// <summary>
    /// Makes it: no redirects, because they lose the body and could carry a token away; no cookies; and on a loopback address
    /// the certificate that the cloud names is trusted besides the system's.
    /// </summary>
    public static HttpClientHandler Create(MicrosoftCloud cloud)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };
        if ((cloud.TrustCertificateSha256 ?? cloud.SmtpTrustCertificateSha256) is { } trusted)
        {
            handler.ServerCertificateCustomValidationCallback = (request, certificate, _, errors) =>
                errors == System.Net.Security.SslPolicyErrors.None
                || (certificate is not null && request.RequestUri is { IsLoopback: true } && Fingerprint.Equal(Fingerprint.Of(certificate), trusted));
        }

        return handler;
    }
}
