using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Smtp;

/// <summary>One connection to the submission service, from the banner to its end.</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private const int LongestCommand = 16 * 1024;
    private const int LongestDataLine = 32 * 1024;
    private const long LargestMessage = 157_286_400;

    private readonly SmtpContext _context;
    private readonly SmtpTrace _trace;
    private readonly CancellationToken _stopping;
    private readonly List<string> _recipients = [];
    private Stream _stream;
    private SmtpReader _reader;
    private bool _greeted;
    private bool _secure;
    private bool _closed;
    private int _errors;
    private int _refusedLogons;
    private string? _refusal;
    private JsonObject? _user;
    private string _authenticated = string.Empty;
    private string _mechanism = string.Empty;
    private int _slot;
    private string? _sender;
    private MessageBuffer? _chunks;

    public SmtpSession(TcpClient client, SmtpContext context, SmtpTrace trace, CancellationToken stopping)
    {
        _context = context;
        _trace = trace;
        _stopping = stopping;
        _stream = client.GetStream();
        _reader = new SmtpReader(_stream);
    }

    private EmulatedBehavior Behavior => _context.Behavior;

    private string Mailbox => _user.Text("userPrincipalName") ?? string.Empty;

    public async Task RunAsync()
    {
        if (await MeetsFaultAsync("CONNECT", _trace.Suffix))
        {
            return;
        }

        await SendAsync(_trace.Banner);
        while (!_closed)
        {
            if (await ReadCommandAsync() is not { } line)
            {
                return;
            }

            var command = SmtpCommand.Parse(line);
            if (command.Verb != "AUTH" && await MeetsFaultAsync(command.Verb, _trace.Suffix))
            {
                continue;
            }

            await AnswerAsync(command);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_user is not null)
        {
            _context.Slots.Leave(Mailbox);
        }

        await _stream.DisposeAsync();
    }

    private Task AnswerAsync(SmtpCommand command) => command.Verb switch
    {
        "EHLO" => HelloAsync(command.Argument, extended: true),
        "HELO" => HelloAsync(command.Argument, extended: false),
        "STARTTLS" => StartTlsAsync(),
        "AUTH" => AuthAsync(command.Argument),
        "MAIL" => MailAsync(command),
        "RCPT" => RcptAsync(command),
        "DATA" => DataAsync(),
        "BDAT" => BdatAsync(command.Argument),
        "RSET" => ResetAsync(),
        "NOOP" => SendAsync("250 2.0.0 OK"),
        "HELP" => SendAsync("214 2.0.0 This server supports the following commands: HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT"),
        "VRFY" => SendAsync("252 2.1.5 Cannot VRFY user"),
        "QUIT" => CloseAsync("221 2.0.0 Service closing transmission channel"),
        _ => ProtocolErrorAsync(SmtpReplies.Unrecognized),
    };

    private async Task HelloAsync(string name, bool extended)
    {
        if (!SmtpCommand.IsDomain(name))
        {
            await ProtocolErrorAsync(SmtpReplies.InvalidDomain);
            return;
        }

        if (_secure && RefusesLegacyTls())
        {
            await CloseAsync(SmtpReplies.LegacyTls);
            return;
        }

        _greeted = true;
        Forget();
        var hello = $"{_trace.FrontEnd} Hello [{Behavior.ClientIpAddress}]";
        if (!extended)
        {
            await SendAsync("250 " + hello);
            return;
        }

        await SendAsync(string.Join("\r\n",
        [
            "250-" + hello,
            $"250-SIZE {LargestMessage}",
            "250-PIPELINING",
            "250-DSN",
            "250-ENHANCEDSTATUSCODES",
            _secure ? "250-AUTH LOGIN XOAUTH2" : "250-STARTTLS",
            "250-8BITMIME",
            "250-BINARYMIME",
            "250-CHUNKING",
            "250 SMTPUTF8",
        ]));
    }

    // Only the legacy host speaks old TLS, and only where the organization opted in; here that opt-in opens the one host there is.
    private bool RefusesLegacyTls() => Behavior.AssumeLegacyTls
        && _context.State.Single(ObjectKinds.TransportConfig).Flag("AllowLegacyTLSClients") != true;

    private async Task StartTlsAsync()
    {
        if (!_greeted || _secure)
        {
            await ProtocolErrorAsync(_secure ? SmtpReplies.Unrecognized : SmtpReplies.HelloFirst);
            return;
        }

        await SendAsync("220 2.0.0 SMTP server ready");
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
        _reader = new SmtpReader(secure);
        _secure = true;
        _greeted = false;
        Forget();
    }

    private async Task AuthAsync(string argument)
    {
        if (!_greeted)
        {
            await ProtocolErrorAsync(SmtpReplies.HelloFirst);
            return;
        }

        if (_user is not null)
        {
            await ProtocolErrorAsync(SmtpReplies.AuthTwice);
            return;
        }

        if (_refusedLogons >= Behavior.MostRefusedLogons)
        {
            await CloseAsync(SmtpReplies.TooManyErrors + _trace.Suffix);
            return;
        }

        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var mechanism = words.Length > 0 && _secure ? words[0].ToUpperInvariant() : string.Empty;
        var initial = words.Length > 1 ? words[1] : null;
        var decision = mechanism switch
        {
            "LOGIN" => await LoginAsync(initial),
            "XOAUTH2" => await OAuthAsync(initial),
            _ => SubmissionDecision.Refused(SmtpReplies.UnknownMechanism),
        };
        if (decision is null)
        {
            return;
        }

        var fault = _context.Faults.Next(EmulatedService.Smtp, "AUTH", "AUTH " + mechanism);
        if (await MeetsAsync(fault, decision.Reply is null ? _trace.Suffix : string.Empty))
        {
            if (fault?.Reply is { } forced && !forced.StartsWith('2'))
            {
                _refusal = forced;
            }

            return;
        }

        await ConcludeAsync(decision, mechanism);
    }

    private async Task ConcludeAsync(SubmissionDecision decision, string mechanism)
    {
        if (decision.Reply is { } refusal)
        {
            if (refusal == SmtpReplies.UnknownMechanism)
            {
                await ProtocolErrorAsync(refusal);
                return;
            }

            _refusedLogons++;
            _refusal = refusal;
            await SendAsync(refusal + _trace.Suffix);
            return;
        }

        _user = decision.User;
        _authenticated = decision.Authenticated;
        _mechanism = mechanism;
        _slot = _context.Slots.Enter(Mailbox);
        await SendAsync(SmtpReplies.Successful);
    }

    private async Task<SubmissionDecision?> LoginAsync(string? initial)
    {
        if (await ResponseAsync(initial, "334 VXNlcm5hbWU6") is not { } user
            || await ResponseAsync(null, "334 UGFzc3dvcmQ6") is not { } password)
        {
            return null;
        }

        return _context.Basic.Decide(user, password);
    }

    private async Task<SubmissionDecision?> OAuthAsync(string? initial)
    {
        var response = initial;
        if (response is null)
        {
            await SendAsync("334 ");
            response = await ReadCommandAsync();
        }

        if (response is null or "*")
        {
            await ProtocolErrorAsync(SmtpReplies.Cancelled);
            return null;
        }

        var decision = _context.OAuth.Decide(response);
        if (decision.Reply == SmtpReplies.Unsuccessful && Behavior.ChallengeRefusedTokens)
        {
            var challenge = Encoding.ASCII.GetBytes("""{"status":"401","schemes":"bearer","scope":"https://outlook.office.com/SMTP.Send"}""");
            await SendAsync("334 " + Convert.ToBase64String(challenge));
            await ReadCommandAsync();
        }

        return decision;
    }

    /// <summary>Takes the initial response or asks for one, and decodes it. Null after a reply was sent or the client left.</summary>
    private async Task<string?> ResponseAsync(string? initial, string prompt)
    {
        var line = initial;
        if (line is null)
        {
            await SendAsync(prompt);
            line = await ReadCommandAsync();
        }

        if (line is null)
        {
            return null;
        }

        var decoded = new byte[line.Length];
        if (line == "*" || !Convert.TryFromBase64String(line == "=" ? string.Empty : line, decoded, out var length))
        {
            await ProtocolErrorAsync(line == "*" ? SmtpReplies.Cancelled : SmtpReplies.InvalidArguments);
            return null;
        }

        return Encoding.UTF8.GetString(decoded, 0, length);
    }

    private async Task MailAsync(SmtpCommand command)
    {
        if (!_greeted)
        {
            await ProtocolErrorAsync(SmtpReplies.HelloFirst);
        }
        else if (!_secure)
        {
            await SendAsync(SmtpReplies.TlsRequired + _trace.Suffix);
        }
        else if (_user is null)
        {
            var wrapped = _refusal is null ? string.Empty : $" Error: {_refusal}";
            await SendAsync(SmtpReplies.NotAuthenticated + wrapped + _trace.Suffix);
        }
        else if (_sender is not null)
        {
            await ProtocolErrorAsync(SmtpReplies.MailTwice);
        }
        else if (command.Path("FROM") is not { } path)
        {
            await ProtocolErrorAsync(SmtpReplies.InvalidArguments);
        }
        else if (path.Address.Length > 0 && !SmtpCommand.IsAddress(path.Address))
        {
            await ProtocolErrorAsync(SmtpReplies.InvalidAddress);
        }
        else if (path.Size > LargestMessage)
        {
            await SendAsync(SmtpReplies.TooLarge + _trace.Suffix);
        }
        else
        {
            _sender = path.Address;
            await SendAsync("250 2.1.0 Sender OK");
        }
    }

    private async Task RcptAsync(SmtpCommand command)
    {
        if (_sender is null)
        {
            await ProtocolErrorAsync(SmtpReplies.MailFirst);
        }
        else if (command.Path("TO") is not { } path)
        {
            await ProtocolErrorAsync(SmtpReplies.InvalidArguments);
        }
        else if (!SmtpCommand.IsAddress(path.Address))
        {
            await ProtocolErrorAsync(SmtpReplies.InvalidAddress);
        }
        else if (_recipients.Count >= Behavior.MostRecipients)
        {
            await SendAsync(SmtpReplies.TooManyRecipients + _trace.Suffix);
        }
        else if (_context.Exchange.IsHighVolumeEmail(_user.Text("id")!) && !IsAccepted(path.Address))
        {
            await SendAsync(SmtpReplies.HveExternal + _trace.Suffix);
        }
        else
        {
            _recipients.Add(path.Address);
            await SendAsync("250 2.1.5 Recipient OK");
        }
    }

    private bool IsAccepted(string address) => _context.State.All(ObjectKinds.AcceptedDomains)
        .Any(domain => EmulatedState.Same(domain.Text("DomainName"), address[(address.LastIndexOf('@') + 1)..]));

    private async Task DataAsync()
    {
        if (_sender is null || _recipients.Count == 0 || _chunks is not null)
        {
            await ProtocolErrorAsync(_sender is null ? SmtpReplies.MailFirst : SmtpReplies.RcptFirst);
            return;
        }

        await SendAsync("354 Start mail input; end with <CRLF>.<CRLF>");
        var message = new MessageBuffer();
        for (var atStart = true; ;)
        {
            using var patience = Patience();
            if (await _reader.ReadLineAsync(LongestDataLine, onlyCrLf: true, patience.Token) is not var (content, complete))
            {
                _closed = true;
                return;
            }

            if (atStart && complete && content.Span is [(byte)'.'])
            {
                break;
            }

            message.Add(atStart && content.Span is [(byte)'.', ..] ? content.Span[1..] : content.Span);
            if (complete)
            {
                message.Add("\r\n"u8);
            }

            atStart = complete;
        }

        await EndAsync(message);
    }

    private async Task BdatAsync(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 1 or > 2 || !long.TryParse(words[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var left)
            || (words.Length == 2 && !string.Equals(words[1], "LAST", StringComparison.OrdinalIgnoreCase)))
        {
            await ProtocolErrorAsync(SmtpReplies.InvalidArguments);
            return;
        }

        // The bytes follow whatever we think of the command (RFC 3030, section 2).
        var message = _chunks ?? new MessageBuffer();
        var size = left;
        while (left > 0)
        {
            using var patience = Patience();
            var block = await _reader.ReadBlockAsync(left, patience.Token);
            if (block.IsEmpty)
            {
                _closed = true;
                return;
            }

            message.Add(block.Span);
            left -= block.Length;
        }

        if (_sender is null || _recipients.Count == 0)
        {
            await ProtocolErrorAsync(_sender is null ? SmtpReplies.MailFirst : SmtpReplies.RcptFirst);
        }
        else if (words.Length == 2)
        {
            await EndAsync(message);
        }
        else
        {
            _chunks = message;
            await SendAsync($"250 2.6.0 CHUNK received OK, {size} octets");
        }
    }

    private async Task EndAsync(MessageBuffer message)
    {
        if (!await MeetsFaultAsync("END-OF-DATA", _trace.Suffix))
        {
            await SendAsync(Submit(message));
        }

        Forget();
    }

    private string Submit(MessageBuffer message)
    {
        var text = message.Text();
        var from = MessageBuffer.AddressIn(MessageBuffer.Header(text, "From"));
        if (message.Size > LargestMessage)
        {
            return SmtpReplies.TooLarge + _trace.Suffix;
        }

        if (!_context.Exchange.IsLicensed(_user!))
        {
            return SmtpReplies.InvalidLicense + _trace.Suffix;
        }

        foreach (var sender in (string?[])[_sender, from])
        {
            if (!string.IsNullOrEmpty(sender) && !_context.Exchange.MaySendAs(_user!, _authenticated, sender))
            {
                return SmtpReplies.SendAsDenied(Mailbox, sender);
            }
        }

        if (_slot > Behavior.MostConnectionsPerMailbox)
        {
            return SmtpReplies.TooManyConnections;
        }

        if (!_context.Slots.TrySend(Mailbox, _recipients.Count, Behavior.MostRecipientsPerDay))
        {
            return SmtpReplies.DayLimit + _trace.Suffix;
        }

        var id = Guid.NewGuid().ToString("D");
        var messageId = MessageBuffer.Header(text, "Message-ID");
        _context.Accepted.Add(new AcceptedMessage(
            id, Mailbox, _mechanism, _sender ?? string.Empty, [.. _recipients], messageId, MessageBuffer.Header(text, "Subject"),
            message.Size, text, Behavior.ClientIpAddress, _context.TimeProvider.GetUtcNow()));
        return SmtpReplies.Accepted(messageId is { Length: <= 200 } ? messageId : $"<{id}@{_trace.FrontEnd}>");
    }

    private async Task ResetAsync()
    {
        Forget();
        await SendAsync("250 2.0.0 Resetting");
    }

    private void Forget()
    {
        _sender = null;
        _chunks = null;
        _recipients.Clear();
    }

    private async Task ProtocolErrorAsync(string reply)
    {
        if (++_errors >= Behavior.MostProtocolErrors)
        {
            await CloseAsync(SmtpReplies.TooManyErrors + _trace.Suffix);
            return;
        }

        await SendAsync(reply + _trace.Suffix);
    }

    private async Task CloseAsync(string reply)
    {
        await SendAsync(reply);
        _closed = true;
    }

    private Task<bool> MeetsFaultAsync(string verb, string suffix) => MeetsAsync(_context.Faults.Next(EmulatedService.Smtp, verb, verb), suffix);

    /// <summary>Carries a fault out. True when it took the place of the server's own answer.</summary>
    private async Task<bool> MeetsAsync(Fault? fault, string suffix)
    {
        switch (fault?.Kind)
        {
            case null:
                return false;
            case FaultKind.Slow:
                await Task.Delay(fault.Delay, _context.TimeProvider, _stopping);
                return false;
            case FaultKind.Reply when fault.Reply is { } reply:
                await SendAsync(reply.Contains('[', StringComparison.Ordinal) ? reply : reply + suffix);
                _closed = reply.StartsWith("421", StringComparison.Ordinal);
                return true;
            default:
                _closed = true;
                return true;
        }
    }

    private async Task<string?> ReadCommandAsync()
    {
        using var patience = Patience();
        if (await _reader.ReadLineAsync(LongestCommand, onlyCrLf: false, patience.Token) is not var (content, complete))
        {
            return null;
        }

        if (complete)
        {
            return Encoding.UTF8.GetString(content.Span);
        }

        await CloseAsync("421 4.7.0 Line too long, closing transmission channel" + _trace.Suffix);
        return null;
    }

    private CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        patience.CancelAfter(Behavior.SmtpIdleTimeout);
        return patience;
    }

    private async Task SendAsync(string reply)
    {
        using var patience = Patience();
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), patience.Token);
        await _stream.FlushAsync(patience.Token);
    }
}
