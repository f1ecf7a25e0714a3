using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace SmtpAuth.Testing.Smtp;

/// <summary>The wire of one connection: lines in, replies out, TLS, patience, and the faults that hit it.</summary>
internal sealed class SmtpChannel : IAsyncDisposable
{
    private const int LongestCommand = 16 * 1024;

    private readonly SmtpContext _context;
    private readonly CancellationToken _stopping;
    private Stream _stream;
    private int _errors;

    public SmtpChannel(TcpClient client, SmtpContext context, SmtpTrace trace, CancellationToken stopping)
    {
        _context = context;
        _stopping = stopping;
        Trace = trace;
        _stream = client.GetStream();
        Reader = new SmtpReader(_stream);
    }

    public SmtpTrace Trace { get; }

    public SmtpReader Reader { get; private set; }

    public bool IsSecure { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Ends the connection without another word.</summary>
    public void Drop() => IsClosed = true;

    public async Task StartTlsAsync()
    {
        var secure = new SslStream(_stream, leaveInnerStreamOpen: false);
        using var patience = Patience();
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _context.Certificate,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            },
            patience.Token);

        // A new reader: what was sent in the clear behind STARTTLS does not count (RFC 3207, section 4.2).
        _stream = secure;
        Reader = new SmtpReader(secure);
        IsSecure = true;
    }

    /// <summary>Reads a command or a response; null when the connection has ended.</summary>
    public async Task<string?> ReadCommandAsync()
    {
        using var patience = Patience();
        if (await Reader.ReadLineAsync(LongestCommand, onlyCrLf: false, patience.Token) is not var (content, complete))
        {
            Drop();
            return null;
        }

        if (complete)
        {
            return Encoding.UTF8.GetString(content.Span);
        }

        await CloseAsync("421 4.7.0 Line too long, closing transmission channel" + Trace.Suffix);
        return null;
    }

    public async Task SendAsync(string reply)
    {
        using var patience = Patience();
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), patience.Token);
        await _stream.FlushAsync(patience.Token);
    }

    /// <summary>Sends a reply with the trace that Exchange puts behind most of them.</summary>
    public Task SendTracedAsync(string reply) => SendAsync(reply + Trace.Suffix);

    public async Task CloseAsync(string reply)
    {
        await SendAsync(reply);
        Drop();
    }

    /// <summary>Answers a mistake of the client's; one too many ends the connection.</summary>
    public Task ProtocolErrorAsync(string reply) => ++_errors >= _context.Behavior.MostProtocolErrors
        ? CloseAsync(SmtpReplies.TooManyErrors + Trace.Suffix)
        : SendTracedAsync(reply);

    /// <summary>Carries out the fault that hits this moment. True when it took the place of the server's own answer.</summary>
    public async Task<bool> MeetsFaultAsync(string moment) => await MeetAsync(_context.Faults.Next(EmulatedService.Smtp, moment, moment)) is not null;

    /// <summary>Carries out a fault. Returns what it said instead of the server: null for nothing, empty for a dropped connection.</summary>
    public async Task<string?> MeetAsync(Fault? fault)
    {
        switch (fault?.Kind)
        {
            case null:
                return null;
            case FaultKind.Slow:
                await Task.Delay(fault.Delay, _context.TimeProvider, _stopping);
                return null;
            case FaultKind.Reply when fault.Reply is { } reply:
                await SendAsync(reply.Contains('[', StringComparison.Ordinal) ? reply : reply + Trace.Suffix);
                IsClosed |= reply.StartsWith("421", StringComparison.Ordinal);
                return reply;
            default:
                Drop();
                return string.Empty;
        }
    }

    /// <summary>Limits how long one read or write may take.</summary>
    public CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        patience.CancelAfter(_context.Behavior.SmtpIdleTimeout);
        return patience;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
