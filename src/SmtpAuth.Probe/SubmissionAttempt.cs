using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpAuth.Verification;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace SmtpAuth.Probe;

/// <summary>One attempt at a submission: one connection, one AUTH.</summary>
internal sealed class SubmissionAttempt : IDisposable
{
    private const int ShortestSecretToHide = 6;

    private readonly ProbeRequest _request;
    private readonly CancellationToken _cancellationToken;
    private readonly PhaseClock _clock;
    private readonly SessionRecorder _recorder;
    private readonly CertificateCheck _certificate;
    private readonly ProbeClient _client;
    private string[] _mechanisms = [];
    private string? _tlsVersion;
    private Socket? _socket;

    public SubmissionAttempt(ProbeRequest request, CancellationToken cancellationToken)
    {
        _request = request;
        _cancellationToken = cancellationToken;
        _clock = new PhaseClock(request.PhaseTimeout, cancellationToken);
        _recorder = new SessionRecorder(_clock, Secrets(request));
        _certificate = new CertificateCheck(request.Host, request.TrustedCertificateSha256);
        _client = new ProbeClient(_recorder)
        {
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = _certificate.IsTrusted,
            Timeout = (int)Math.Max(1, request.PhaseTimeout.TotalMilliseconds),
        };
    }

    private bool IsBasic => _request.Submission.Route == Route.Basic;

    private string Mechanism => IsBasic ? "LOGIN" : "XOAUTH2";

    public async Task<ProbeResult> RunAsync()
    {
        try
        {
            var result = await SubmitAsync().ConfigureAwait(false);
            await SayGoodbyeAsync().ConfigureAwait(false);
            return result with { Transcript = [.. _recorder.Lines] };
        }
        catch (Exception error) when (_cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The probe was cancelled.", error, _cancellationToken);
        }
        catch (Exception error)
        {
            // The one broad catch around an attempt: what the world did wrong is the result.
            return Explain(error);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _socket?.Dispose();
        _recorder.Dispose();
        _clock.Dispose();
    }

    private async Task<ProbeResult> SubmitAsync()
    {
        _socket = await ServerConnection.OpenAsync(_request.Host, _request.Port, _clock).ConfigureAwait(false);

        // The machine's name is nobody's business, and not every name is a valid one for EHLO.
        _client.LocalDomain = new IPAddress(((IPEndPoint)_socket.LocalEndPoint!).Address.GetAddressBytes()).ToString();
        await _client.ConnectAsync(_socket, _request.Host, _request.Port, SecureSocketOptions.StartTls, _clock.Token).ConfigureAwait(false);
        _clock.Enter(ProbePhase.Ehlo);
        _tlsVersion = TlsVersion(_client.SslProtocol);
        _mechanisms = [.. _client.AuthenticationMechanisms.OrderBy(name => name, StringComparer.Ordinal)];
        if (!_mechanisms.Contains(Mechanism))
        {
            var offered = _mechanisms.Length == 0 ? "no mechanism at all" : string.Join(", ", _mechanisms);
            return NoAnswer($"The server offers {offered} for AUTH after TLS, not {Mechanism}. Exchange Online offers LOGIN and XOAUTH2: check the host.");
        }

        _clock.Enter(ProbePhase.Auth);
        SaslMechanism mechanism = IsBasic
            ? new SaslMechanismLogin(_request.Submission.Mailbox, _request.Credential.Reveal())
            : new SaslMechanismOAuth2(_request.Submission.Mailbox, _request.Credential.Reveal());
        await _client.AuthenticateAsync(mechanism, _clock.Token).ConfigureAwait(false);
        return _request.Recipient is null ? Replied(ProbeOutcome.Accepted) : await TransferAsync(_request.Recipient).ConfigureAwait(false);
    }

    private async Task<ProbeResult> TransferAsync(string recipient)
    {
        var from = _request.Submission.From ?? _request.Submission.Mailbox;
        if (!await AcceptsAsync(ProbePhase.MailFrom, $"MAIL FROM:<{from}>", 250).ConfigureAwait(false)
            || !await AcceptsAsync(ProbePhase.RcptTo, $"RCPT TO:<{recipient}>", 250).ConfigureAwait(false))
        {
            return Replied(ProbeOutcome.Refused);
        }

        if (!_request.SendMessage)
        {
            var accepted = Replied(ProbeOutcome.Accepted);
            await _client.CommandAsync("RSET", _clock.Token).ConfigureAwait(false);
            return accepted;
        }

        if (!await AcceptsAsync(ProbePhase.Data, "DATA", 354).ConfigureAwait(false))
        {
            return Replied(ProbeOutcome.Refused);
        }

        _recorder.IsSendingMessage = true;
        var isAccepted = await AcceptsAsync(ProbePhase.Data, Message(from, recipient), 250).ConfigureAwait(false);
        _recorder.IsSendingMessage = false;
        return Replied(isAccepted ? ProbeOutcome.Accepted : ProbeOutcome.Refused);
    }

    private async Task<bool> AcceptsAsync(ProbePhase phase, string command, int expected)
    {
        _clock.Enter(phase);
        return await _client.CommandAsync(command, _clock.Token).ConfigureAwait(false) == expected;
    }

    private static string Message(string from, string recipient)
    {
        using var message = new MimeMessage
        {
            Subject = "SMTP AUTH probe",
            Body = new TextPart("plain") { Text = "This message shows that a submission passes.\r\n" },
        };
        message.From.Add(new MailboxAddress("", from));
        message.To.Add(new MailboxAddress("", recipient));
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var stream = new MemoryStream();
        message.WriteTo(format, stream);
        var text = Encoding.UTF8.GetString(stream.ToArray()).Replace("\r\n.", "\r\n..");
        return (text.EndsWith("\r\n", StringComparison.Ordinal) ? text : text + "\r\n") + ".";
    }

    // The result is known by then, so a server that does not take leave changes nothing.
    private async Task SayGoodbyeAsync()
    {
        try
        {
            await _client.DisconnectAsync(true, _clock.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or ProtocolException or OperationCanceledException
            or ObjectDisposedException or ServiceNotConnectedException)
        {
            _cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private ProbeResult Explain(Exception error)
    {
        // What the server said decides, whatever exception MailKit made of it.
        if (_recorder.IsAnswered && _recorder.LastReply is { } reply && reply.Length > 0 && reply[0] is '4' or '5'
            && error is AuthenticationException or SmtpCommandException or ProtocolException or IOException or ServiceNotConnectedException)
        {
            return Replied(ProbeOutcome.Refused);
        }

        return NoAnswer(FailureText.Of(error, _request, _clock, _recorder, _certificate));
    }

    private ProbeResult Replied(ProbeOutcome outcome) => Result(outcome) with { ReplyText = _recorder.LastReply };

    private ProbeResult NoAnswer(string failure) => Result(ProbeOutcome.NoAnswer) with { Failure = failure };

    private ProbeResult Result(ProbeOutcome outcome) => new()
    {
        Outcome = outcome,
        Phase = _clock.Phase,
        Transcript = [.. _recorder.Lines],
        TlsVersion = _tlsVersion ?? (_client.IsConnected && _client.IsSecure ? TlsVersion(_client.SslProtocol) : null),
        CertificateSha256 = _certificate.Sha256,
        Mechanisms = _mechanisms,
    };

    private static string? TlsVersion(SslProtocols protocol) => (int)protocol switch
    {
        12288 => "TLS 1.3",
        3072 => "TLS 1.2",
        768 => "TLS 1.1",
        192 => "TLS 1.0",
        0 => null,
        _ => protocol.ToString(),
    };

    private static List<string> Secrets(ProbeRequest request)
    {
        var secret = request.Credential.Reveal();
        var user = request.Submission.Mailbox;
        var blob = $"user={user}\u0001auth=Bearer {secret}\u0001\u0001";
        return
        [
            .. new[] { Base64(blob), Base64(secret), Base64($"\0{user}\0{secret}"), secret }
                .Where(text => text.Length >= ShortestSecretToHide),
        ];

        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }
}
