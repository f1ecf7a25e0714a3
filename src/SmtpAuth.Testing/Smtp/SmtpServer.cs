using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SmtpAuth.Testing.Smtp;

/// <summary>The submission service on a loopback port.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private const int MostConnections = 500;

    private readonly TcpListener _listener;
    private readonly SmtpContext _context;
    private readonly int _seed;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<int, Task> _sessions = new();
    private readonly Task _accepting;
    private int _connections;

    public SmtpServer(int port, SmtpContext context, int seed)
    {
        _context = context;
        _seed = seed;
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException refused)
        {
            throw new IOException($"Port {port} on the loopback address cannot be opened for SMTP: {refused.Message}", refused);
        }

        _accepting = AcceptAsync();
    }

    public string Host => ((IPEndPoint)_listener.LocalEndpoint).Address.ToString();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions.Values);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                continue;
            }

            if (_sessions.Count >= MostConnections)
            {
                client.Dispose();
                continue;
            }

            var number = Interlocked.Increment(ref _connections);
            var session = ServeAsync(client, number);
            _sessions[number] = session;
            if (session.IsCompleted)
            {
                // It ended before it was listed, so it could not strike itself off.
                _sessions.TryRemove(number, out _);
            }
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        // Give the accept loop its thread back before anything is read.
        await Task.Yield();
        try
        {
            client.NoDelay = true;
            var trace = new SmtpTrace(number, _seed, _context.TimeProvider);
            await using var session = new SmtpSession(new SmtpChannel(client, _context, trace, _stopping.Token), _context);
            await session.RunAsync();
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, was silent for too long, or did not want our certificate: there is nobody left to tell.
        }
        finally
        {
            client.Dispose();
            _sessions.TryRemove(number, out _);
        }
    }
}
