using System.Net;
using System.Net.Sockets;
using SmtpAuth.Verification;

namespace SmtpAuth.Probe;

/// <summary>Resolves a name and connects, telling "no such name", "refused" and "no answer" apart.</summary>
internal static class ServerConnection
{
    /// <summary>Connects to the first address that answers.</summary>
    /// <exception cref="SocketException">The name does not resolve or no address took the connection.</exception>
    /// <exception cref="OperationCanceledException">Cancelled or out of time.</exception>
    public static async Task<Socket> OpenAsync(string host, int port, PhaseClock clock)
    {
        var addresses = await WithinAsync(Dns.GetHostAddressesAsync(host), clock.Token).ConfigureAwait(false);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        clock.Enter(ProbePhase.Connect);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await ConnectAsync(address, port, clock.Token).ConfigureAwait(false);
            }
            catch (SocketException error)
            {
                last = error;
            }
        }

        throw last!;
    }

    private static async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Closing the socket is the one way to end a connection attempt on every platform.
            using (cancellationToken.Register(socket.Dispose))
            {
                await socket.ConnectAsync(new IPEndPoint(address, port)).ConfigureAwait(false);
            }

            return socket;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new OperationCanceledException(cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<T> WithinAsync<T>(Task<T> task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            if (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false) != task)
            {
                // The look-up cannot be stopped; its failure, if any, is nobody's concern any more.
                _ = task.ContinueWith(done => done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                throw new OperationCanceledException(cancellationToken);
            }
        }

        return await task.ConfigureAwait(false);
    }
}
