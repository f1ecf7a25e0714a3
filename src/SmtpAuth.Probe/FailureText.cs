using System.Net.Sockets;
using MailKit.Security;
using SmtpAuth.Verification;

namespace SmtpAuth.Probe;

/// <summary>Says why a server gave no answer: what was found, what was expected, what to do.</summary>
internal static class FailureText
{
    public static string Of(
        Exception error, ProbeRequest request, PhaseClock clock, SessionRecorder recorder, CertificateCheck certificate)
    {
        var server = $"{request.Host}:{request.Port}";
        if (clock.IsOver)
        {
            return TimeOut(request, clock.Phase, server);
        }

        if (clock.Phase == ProbePhase.Tls && certificate.Objection is { } objection)
        {
            return objection;
        }

        return error switch
        {
            SocketException socket => Socket(socket, request.Host, clock.Phase, server),
            SslHandshakeException when clock.Phase == ProbePhase.Tls =>
                $"The TLS handshake with {server} failed: {OneLine.Innermost(error)} Exchange Online expects TLS 1.2 or later; look for a device on the way that breaks TLS.",
            NotSupportedException when !recorder.IsTlsRequested =>
                $"{server} does not offer STARTTLS, so nothing secret was sent. Expected it on port 587: check host and port, and devices that strip STARTTLS.",
            _ when recorder.LastCommand.Length == 0 && recorder.LastReply is { } greeting =>
                $"{server} greeted with '{OneLine.Of(greeting)}', which is no SMTP greeting. Expected one that begins with 220: check host and port.",
            InvalidDataException => $"{error.Message} Check the host.",
            _ => $"The connection to {server} ended {During(clock.Phase)}: {OneLine.Innermost(error)} Try again; if it stays so, look for a firewall or proxy on the way.",
        };
    }

    private static string Socket(SocketException error, string host, ProbePhase phase, string server) => error.SocketErrorCode switch
    {
        _ when phase == ProbePhase.Resolve =>
            $"The name {host} could not be resolved ({error.SocketErrorCode}). Check its spelling and the DNS server; the worldwide host is smtp.office365.com.",
        SocketError.ConnectionRefused =>
            $"{server} refused the connection: nothing listens there, or a firewall turns it away. Expected a submission server on port 587.",
        SocketError.TimedOut => $"{server} did not take a connection. Open outgoing TCP to that port, or ask the provider whether it blocks it.",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
            $"There is no way to {server} from this network ({error.SocketErrorCode}). Check the route and the firewall.",
        _ => $"The connection to {server} failed ({error.SocketErrorCode}). Check the network between here and the server.",
    };

    private static string TimeOut(ProbeRequest request, ProbePhase phase, string server)
    {
        var seconds = $"{request.PhaseTimeout.TotalSeconds:0.###} s";
        return phase switch
        {
            ProbePhase.Resolve => $"The name {request.Host} was not resolved within {seconds}. Check the DNS server.",
            ProbePhase.Connect when request.Port == 465 =>
                $"{server} did not greet within {seconds}. Port 465 expects TLS at once, which Exchange Online does not offer: use port 587.",
            ProbePhase.Connect =>
                $"{server} did not take a connection and greet within {seconds}. Open outgoing TCP to that port, or ask the provider whether it blocks it.",
            _ => $"{server} did not answer within {seconds} {During(phase)}. Try again; if it stays so, look for a firewall or proxy on the way.",
        };
    }

    private static string During(ProbePhase phase) => phase switch
    {
        ProbePhase.Resolve => "during name resolution",
        ProbePhase.Connect => "before or during the greeting",
        ProbePhase.Tls => "during STARTTLS",
        ProbePhase.Ehlo => "during EHLO",
        ProbePhase.Auth => "during AUTH",
        ProbePhase.MailFrom => "during MAIL FROM",
        ProbePhase.RcptTo => "during RCPT TO",
        _ => "during DATA",
    };
}
