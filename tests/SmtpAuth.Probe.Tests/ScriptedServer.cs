using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SmtpAuth.Probe;

/// <summary>A server for one connection that says what it is told to, however odd.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = Certificate();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ScriptedServer(Func<Session, Task> script)
    {
        _listener.Start();
        _running = RunAsync(script);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string CertificateSha256 => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _certificate.Dispose();
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task RunAsync(Func<Session, Task> script)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            using var session = new Session(client.GetStream(), _certificate, _stop.Token);
            await script(session);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
        {
            // The client has gone, or the test is over.
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=proxy.fabrikam.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    internal sealed class Session(Stream plain, X509Certificate2 certificate, CancellationToken stop) : IDisposable
    {
        private Stream _stream = plain;

        public async Task SayAsync(params string[] lines) =>
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n"))), stop);

        public async Task<string> HearAsync()
        {
            var line = new List<byte>();
            var buffer = new byte[1];
            while (await _stream.ReadAsync(buffer, stop) == 1 && buffer[0] != '\n')
            {
                line.Add(buffer[0]);
            }

            return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
        }

        public async Task StartTlsAsync()
        {
            var tls = new SslStream(_stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
            _stream = tls;
        }

        /// <summary>Plays a session up to EHLO after TLS.</summary>
        public async Task GreetAsync(string capability)
        {
            await SayAsync("220 mail.fabrikam.example ESMTP");
            await HearAsync();
            await SayAsync("250-mail.fabrikam.example", "250 STARTTLS");
            await HearAsync();
            await SayAsync("220 2.0.0 go");
            await StartTlsAsync();
            await HearAsync();
            await SayAsync("250-mail.fabrikam.example", "250 " + capability);
        }

        public Task SilenceAsync() => Task.Delay(Timeout.Infinite, stop);

        public void Dispose() => _stream.Dispose();
    }
}
