using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Smtp;

/// <summary>One connection to the submission service, from the banner to its end.</summary>
internal sealed class SmtpSession(SmtpChannel channel, SmtpContext context) : IAsyncDisposable
{
    private readonly SmtpLogon _logon = new(channel, context);
    private readonly MessageIntake _intake = new(channel);
    private readonly SmtpEnvelope _envelope = new();
    private bool _greeted;
    private int _refusedLogons;
    private string? _refusal;
    private Submitter? _submitter;

    private EmulatedBehavior Behavior => context.Behavior;

    public async Task RunAsync()
    {
        if (await channel.MeetsFaultAsync("CONNECT"))
        {
            return;
        }

        await channel.SendAsync(channel.Trace.Banner);
        while (!channel.IsClosed && await channel.ReadCommandAsync() is { } line)
        {
            var command = SmtpCommand.Parse(line);

            // A fault of AUTH replaces the decision, not the dialogue.
            if (command.Verb == "AUTH" || !await channel.MeetsFaultAsync(command.Verb))
            {
                await AnswerAsync(command);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_submitter is not null)
        {
            context.Slots.Leave(_submitter.Mailbox);
        }

        await channel.DisposeAsync();
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
        "NOOP" => channel.SendAsync("250 2.0.0 OK"),
        "HELP" => channel.SendAsync("214 2.0.0 See RFC 6409"),
        "VRFY" => channel.SendAsync("252 2.1.5 Cannot VRFY user"),
        "QUIT" => channel.CloseAsync("221 2.0.0 Service closing transmission channel"),
        _ => channel.ProtocolErrorAsync(SmtpReplies.Unrecognized),
    };

    private async Task HelloAsync(string name, bool extended)
    {
        if (!SmtpCommand.IsDomain(name))
        {
            await channel.ProtocolErrorAsync(SmtpReplies.InvalidDomain);
            return;
        }

        if (channel.IsSecure && RefusesLegacyTls())
        {
            await channel.CloseAsync(SmtpReplies.LegacyTls);
            return;
        }

        _greeted = true;
        _envelope.Forget();
        var hello = $"{channel.Trace.FrontEnd} Hello [{Behavior.ClientIpAddress}]";
        await channel.SendAsync(!extended ? "250 " + hello : string.Join("\r\n",
        [
            "250-" + hello,
            $"250-SIZE {Submitter.LargestMessage}",
            "250-PIPELINING",
            "250-DSN",
            "250-ENHANCEDSTATUSCODES",
            channel.IsSecure ? "250-AUTH LOGIN XOAUTH2" : "250-STARTTLS",
            "250-8BITMIME",
            "250-BINARYMIME",
            "250-CHUNKING",
            "250 SMTPUTF8",
        ]));
    }

    // Only the legacy host speaks old TLS, and only where the organization opted in; here that opt-in opens the one host there is.
    private bool RefusesLegacyTls() => Behavior.AssumeLegacyTls
        && context.State.Single(ObjectKinds.TransportConfig).Flag("AllowLegacyTLSClients") != true;

    private async Task StartTlsAsync()
    {
        if (!_greeted || channel.IsSecure)
        {
            await channel.ProtocolErrorAsync(channel.IsSecure ? SmtpReplies.Unrecognized : SmtpReplies.HelloFirst);
            return;
        }

        await channel.SendAsync("220 2.0.0 SMTP server ready");
        await channel.StartTlsAsync();
        _greeted = false;
        _envelope.Forget();
    }

    private async Task AuthAsync(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var mechanism = words.Length > 0 && channel.IsSecure ? words[0].ToUpperInvariant() : string.Empty;
        if (!_greeted)
        {
            await channel.ProtocolErrorAsync(SmtpReplies.HelloFirst);
        }
        else if (_submitter is not null)
        {
            await channel.ProtocolErrorAsync(SmtpReplies.AuthTwice);
        }
        else if (_refusedLogons >= Behavior.MostRefusedLogons)
        {
            await channel.CloseAsync(SmtpReplies.TooManyErrors + channel.Trace.Suffix);
        }
        else if (mechanism is not ("LOGIN" or "XOAUTH2"))
        {
            await channel.ProtocolErrorAsync(SmtpReplies.UnknownMechanism);
        }
        else if (await _logon.RunAsync(mechanism, words.Length > 1 ? words[1] : null) is { } decision)
        {
            await ConcludeAsync(decision, mechanism);
        }
    }

    private async Task ConcludeAsync(SubmissionDecision decision, string mechanism)
    {
        if (await channel.MeetAsync(context.Faults.Next(EmulatedService.Smtp, "AUTH", "AUTH " + mechanism)) is { } forced)
        {
            _refusal = forced.StartsWith('2') ? null : forced;
        }
        else if (decision is { Reply: null, User: { } user })
        {
            var slot = context.Slots.Enter(user.Text("userPrincipalName")!);
            _submitter = new Submitter(context, user, decision.Authenticated, mechanism, slot);
            await channel.SendAsync(SmtpReplies.Successful);
        }
        else
        {
            _refusedLogons++;
            _refusal = decision.Reply;
            await channel.SendTracedAsync(decision.Reply ?? SmtpReplies.Unsuccessful);
        }
    }

    private async Task MailAsync(SmtpCommand command)
    {
        if (!_greeted)
        {
            await channel.ProtocolErrorAsync(SmtpReplies.HelloFirst);
        }
        else if (!channel.IsSecure)
        {
            await channel.SendTracedAsync(SmtpReplies.TlsRequired);
        }
        else if (_submitter is null)
        {
            await channel.SendTracedAsync(SmtpReplies.NotAuthenticated + (_refusal is null ? string.Empty : $" Error: {_refusal}"));
        }
        else if (_envelope.Sender is not null)
        {
            await channel.ProtocolErrorAsync(SmtpReplies.MailTwice);
        }
        else if (command.Path("FROM") is not { } path)
        {
            await channel.ProtocolErrorAsync(SmtpReplies.InvalidArguments);
        }
        else if (path.Address.Length > 0 && !SmtpCommand.IsAddress(path.Address))
        {
            await channel.ProtocolErrorAsync(SmtpReplies.InvalidAddress);
        }
        else if (path.Size > Submitter.LargestMessage)
        {
            await channel.SendTracedAsync(SmtpReplies.TooLarge);
        }
        else
        {
            _envelope.Sender = path.Address;
            await channel.SendAsync("250 2.1.0 Sender OK");
        }
    }

    private async Task RcptAsync(SmtpCommand command)
    {
        if (_envelope.Sender is null || _submitter is null)
        {
            await channel.ProtocolErrorAsync(SmtpReplies.MailFirst);
        }
        else if (command.Path("TO") is not { } path)
        {
            await channel.ProtocolErrorAsync(SmtpReplies.InvalidArguments);
        }
        else if (!SmtpCommand.IsAddress(path.Address))
        {
            await channel.ProtocolErrorAsync(SmtpReplies.InvalidAddress);
        }
        else if (_envelope.Recipients.Count >= Behavior.MostRecipients)
        {
            await channel.SendTracedAsync(SmtpReplies.TooManyRecipients);
        }
        else if (!_submitter.MayReach(path.Address))
        {
            await channel.SendTracedAsync(SmtpReplies.HveExternal);
        }
        else
        {
            _envelope.Recipients.Add(path.Address);
            await channel.SendAsync("250 2.1.5 Recipient OK");
        }
    }

    private async Task DataAsync()
    {
        if ((OutOfOrder() ?? (_envelope.Chunks is null ? null : SmtpReplies.ChunksBegun)) is { } reply)
        {
            await channel.ProtocolErrorAsync(reply);
            return;
        }

        await channel.SendAsync("354 Start mail input; end with <CRLF>.<CRLF>");
        if (await _intake.ReadLinesAsync() is { } message)
        {
            await EndAsync(message);
        }
    }

    private async Task BdatAsync(string argument)
    {
        if (MessageIntake.ParseChunk(argument) is not var (size, isLast))
        {
            await channel.ProtocolErrorAsync(SmtpReplies.InvalidArguments);
            return;
        }

        // The bytes follow whatever we think of the command (RFC 3030, section 2).
        var message = _envelope.Chunks ?? new MessageBuffer();
        if (!await _intake.ReadChunkAsync(message, size))
        {
            return;
        }

        if (OutOfOrder() is { } reply)
        {
            await channel.ProtocolErrorAsync(reply);
        }
        else if (isLast)
        {
            await EndAsync(message);
        }
        else
        {
            _envelope.Chunks = message;
            await channel.SendAsync($"250 2.6.0 CHUNK received OK, {size} octets");
        }
    }

    private string? OutOfOrder() => _envelope.Sender is null ? SmtpReplies.MailFirst
        : _envelope.Recipients.Count == 0 ? SmtpReplies.RcptFirst
        : null;

    private async Task EndAsync(MessageBuffer message)
    {
        var fault = context.Faults.Next(EmulatedService.Smtp, "END-OF-DATA", "END-OF-DATA");
        if (fault?.Kind == FaultKind.DropAfter)
        {
            _submitter!.Submit(_envelope, message, channel.Trace);
        }

        if (await channel.MeetAsync(fault) is null)
        {
            await channel.SendAsync(_submitter!.Submit(_envelope, message, channel.Trace));
        }

        _envelope.Forget();
    }

    private async Task ResetAsync()
    {
        _envelope.Forget();
        await channel.SendAsync("250 2.0.0 Resetting");
    }
}
