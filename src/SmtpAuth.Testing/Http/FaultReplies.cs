using System.Globalization;
using System.Text;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Http;

/// <summary>The parts of faults that look the same from every service.</summary>
internal static class FaultReplies
{
    public static HttpReply WithRetryAfter(this HttpReply reply, Fault fault, DateTimeOffset now) => fault.RetryAfter is not { } time
        ? reply
        : reply.With("Retry-After", fault.RetryAfterAsDate
            ? Times.Http(now + time)
            : ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture));

    public static HttpReply GatewayTimeout() => new(
        504,
        Encoding.UTF8.GetBytes(
            "<html><head><title>504 Gateway Time-out</title></head><body><h1>504 Gateway Time-out</h1></body></html>"),
        "text/html");

    public static HttpReply ClaimsChallenge(HttpReply reply, string authority, string clientId, DateTimeOffset now)
    {
        var claims = $"{{\"access_token\":{{\"nbf\":{{\"essential\":true,\"value\":\"{now.ToUnixTimeSeconds()}\"}}}}}}";
        return reply.With(
            "WWW-Authenticate",
            $"Bearer realm=\"\", authorization_uri=\"{authority}/common/oauth2/authorize\", client_id=\"{clientId}\", " +
            $"error=\"insufficient_claims\", claims=\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims))}\"");
    }
}
