using MailKit;
using MailKit.Net.Smtp;

namespace SmtpAuth.Probe;

/// <summary>MailKit's client with its single commands open, because a probe stops between them.</summary>
internal sealed class ProbeClient(IProtocolLogger logger) : SmtpClient(logger)
{
    /// <summary>Sends one command, or a message with its final dot, and reads the reply.</summary>
    /// <returns>The reply code.</returns>
    public async Task<int> CommandAsync(string command, CancellationToken cancellationToken) =>
        (int)(await SendCommandAsync(command, cancellationToken).ConfigureAwait(false)).StatusCode;
}
