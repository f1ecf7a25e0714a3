using System.Net.Sockets;
using System.Security.Authentication;

namespace SmtpAuth.Http;

/// <summary>Says what happened to a call that got no answer.</summary>
internal static class Lost
{
    private static readonly SocketError[] NothingSent =
    [
        SocketError.ConnectionRefused, SocketError.HostNotFound, SocketError.HostUnreachable, SocketError.NetworkUnreachable,
        SocketError.NoData, SocketError.TryAgain,
    ];

    /// <summary>Decides whether an exception of an HTTP call means a lost answer, and nothing else.</summary>
    public static bool Is(Exception error, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && error is HttpRequestException or IOException or InvalidDataException or SocketException or TaskCanceledException;

    /// <summary>Makes the result of a call that got no answer.</summary>
    public static CallResult Result(Exception error, Uri endpoint)
    {
        var host = endpoint.Authority;
        var causes = Causes(error).ToList();
        if (causes.OfType<AuthenticationException>().FirstOrDefault() is not null)
        {
            return CallResult.Unanswered(
                $"The certificate of {host} was refused: {OneLine.Innermost(error)} Check the address and the clock of this machine; "
                + "a TLS-inspecting proxy has to be trusted by the system, a loopback stand-in by trustCertificateSha256 in the cloud file.",
                isNothingSent: true);
        }

        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            var isNothingSent = NothingSent.Contains(socket.SocketErrorCode);
            return CallResult.Unanswered(
                isNothingSent
                    ? $"{host} could not be reached ({socket.SocketErrorCode}). Check the network and the address."
                    : $"The connection to {host} broke before the answer came ({socket.SocketErrorCode}).",
                isNothingSent);
        }

        return CallResult.Unanswered($"The connection to {host} broke before the answer came: {OneLine.Innermost(error)}", isNothingSent: false);
    }

    /// <summary>Decides whether another attempt may go better. A refused certificate and an unknown name will not.</summary>
    public static bool IsWorthRepeating(this CallResult result) => !result.IsNothingSent;

    private static IEnumerable<Exception> Causes(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }
}
