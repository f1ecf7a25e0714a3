using SmtpAuth.Verification;

namespace SmtpAuth.Probe;

/// <summary>Tries a real client submission with MailKit, as far as the server's answer to AUTH or further where it is told to.</summary>
/// <remarks>
/// <para>One attempt a call, over STARTTLS: AUTH LOGIN for <see cref="Route.Basic"/>, XOAUTH2 for the OAuth routes, and never
/// another mechanism instead. With a recipient, MAIL FROM and RCPT TO follow and then RSET; a message is sent only where
/// <see cref="ProbeRequest.SendMessage"/> says so.</para>
/// <para>Whether a certificate was revoked is not looked up, because devices do not do so either and closed networks cannot.</para>
/// <para>Thread-safe: nothing is kept between attempts.</para>
/// </remarks>
public sealed class MailKitSubmissionProbe : ISubmissionProbe
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The route is not one of client submission, an address cannot stand in an SMTP
    /// command, or a message is to be sent to nobody.</exception>
    public async Task<ProbeResult> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        cancellationToken.ThrowIfCancellationRequested();

        using var attempt = new SubmissionAttempt(request, cancellationToken);
        return await attempt.RunAsync().ConfigureAwait(false);
    }

    private static void Check(ProbeRequest request)
    {
        if (request.Submission.Route is not (Route.Basic or Route.OAuthDelegated or Route.OAuthApp))
        {
            throw new ArgumentException(
                $"The route {request.Submission.Route} does not submit with SMTP AUTH. Expected Basic, OAuthDelegated or OAuthApp.", nameof(request));
        }

        if (request.SendMessage && request.Recipient is null)
        {
            throw new ArgumentException("A message is to be sent, but there is no recipient. Name one.", nameof(request));
        }

        foreach (var address in new[] { request.Submission.Mailbox, request.Submission.From, request.Recipient }.OfType<string>())
        {
            if (address.Length is 0 or > 320 || address.Any(character => char.IsControl(character) || character is '<' or '>' or ' '))
            {
                throw new ArgumentException(
                    "An address is empty, too long, or has a space, a control character or an angle bracket in it. Expected user@domain.",
                    nameof(request));
            }
        }

        if (Uri.CheckHostName(request.Host) == UriHostNameType.Unknown || request.Port is < 1 or > 65535)
        {
            throw new ArgumentException("Expected a host name or address and a port from 1 to 65535.", nameof(request));
        }

        if (request.PhaseTimeout <= TimeSpan.Zero || request.PhaseTimeout > TimeSpan.FromHours(1))
        {
            throw new ArgumentException("The time for a phase must be above zero and at most an hour.", nameof(request));
        }
    }
}
