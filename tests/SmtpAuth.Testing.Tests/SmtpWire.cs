using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace SmtpAuth.Testing.Tests;

/// <summary>A bare SMTP connection: lines out, lines in.</summary>
internal sealed class SmtpWire : IAsyncDisposable
{
    private readonly EmulatedTenant _tenant;
    private readonly TcpClient _client = new();
    private Stream _stream = Stream.Null;
    private StreamReader _reader = StreamReader.Null;

    private SmtpWire(EmulatedTenant tenant) => _tenant = tenant;

    public static async Task<SmtpWire> ConnectAsync(EmulatedTenant tenant)
    {
        var wire = new SmtpWire(tenant);
        await wire._client.ConnectAsync(tenant.SmtpHost, tenant.SmtpPort);
        wire.Use(wire._client.GetStream());
        return wire;
    }

    /// <summary>Connects, greets, starts TLS and greets again.</summary>
    public static async Task<SmtpWire> ConnectSecurelyAsync(EmulatedTenant tenant)
    {
        var wire = await ConnectAsync(tenant);
        await wire.ReadAsync();
        await wire.SendAsync("EHLO [192.0.2.44]");
        await wire.SendAsync("STARTTLS");
        await wire.StartTlsAsync();
        await wire.SendAsync("EHLO [192.0.2.44]");
        return wire;
    }

    public async Task StartTlsAsync()
    {
        var secure = new SslStream(_stream, false, (_, certificate, _, _) => Submission.Trusts(_tenant, certificate));
        await secure.AuthenticateAsClientAsync("localhost");
        Use(secure);
    }

    /// <summary>Sends a line and returns the reply's lines.</summary>
    public async Task<string[]> SendAsync(string line)
    {
        await WriteAsync(line + "\r\n");
        return await ReadAsync();
    }

    public async Task WriteAsync(string text)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await _stream.FlushAsync();
    }

    /// <summary>Reads one reply; empty when the connection was closed.</summary>
    public async Task<string[]> ReadAsync()
    {
        var lines = new List<string>();
        while (await _reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.Length < 4 || line[3] != '-')
            {
                break;
            }
        }

        return [.. lines];
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private void Use(Stream stream)
    {
        _stream = stream;
        _reader = new StreamReader(stream, Encoding.UTF8, false, 1024, leaveOpen: true);
    }
}
