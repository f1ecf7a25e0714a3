using System.Text;
using MailKit;
using SmtpAuth.Verification;

namespace SmtpAuth.Probe;

/// <summary>Records a session line by line, without secrets, and keeps the server's replies exactly as they came.</summary>
/// <remarks>What the client sends during AUTH is masked whole, so nothing depends on recognizing a secret in it.</remarks>
internal sealed class SessionRecorder(PhaseClock clock, IReadOnlyList<string> secrets) : IProtocolLogger
{
    public const string Masked = "********";

    private const int MostLines = 500;
    private const int MostCharacters = 2000;
    private const int MostServerBytes = 1024 * 1024;

    private readonly List<string> _lines = [];
    private readonly List<string> _reply = [];
    private readonly StringBuilder _clientLine = new();
    private readonly StringBuilder _serverLine = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _serverBytes;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Gets the first line of the last command, for example <c>EHLO</c> or <c>STARTTLS</c>; empty before the first.</summary>
    public string LastCommand { get; private set; } = "";

    /// <summary>Gets the latest complete reply, its lines joined by a line feed, or <see langword="null"/> where none came.</summary>
    public string? LastReply { get; private set; }

    /// <summary>Gets a value indicating whether the server answered the last command, or greeted where there was none.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Gets or sets a value indicating whether the client sends a message now, which is recorded as one line.</summary>
    public bool IsSendingMessage { get; set; }

    public bool IsTlsRequested { get; private set; }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        IsAnswered = false;
        if (IsSendingMessage)
        {
            Add("C: (the message)");
            return;
        }

        foreach (var character in Encoding.UTF8.GetString(buffer, offset, count))
        {
            if (character != '\n')
            {
                Append(_clientLine, character);
                continue;
            }

            var line = _clientLine.ToString().TrimEnd('\r');
            _clientLine.Clear();
            EnterPhaseOf(line);
            Add("C: " + Mask(line));
        }
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        _serverBytes += count;
        if (_serverBytes > MostServerBytes)
        {
            throw new InvalidDataException($"The server sent more than {MostServerBytes} bytes, which no SMTP session needs.");
        }

        var characters = new char[count + 1];
        var length = _decoder.GetChars(buffer, offset, count, characters, 0);
        for (var index = 0; index < length; index++)
        {
            if (characters[index] != '\n')
            {
                Append(_serverLine, characters[index]);
                continue;
            }

            var line = HideSecrets(_serverLine.ToString().TrimEnd('\r'));
            _serverLine.Clear();
            Add("S: " + line);
            AddToReply(line);
        }
    }

    public void Dispose()
    {
    }

    private static void Append(StringBuilder line, char character)
    {
        if (line.Length < MostCharacters)
        {
            line.Append(character);
        }
    }

    private void Add(string line)
    {
        if (_lines.Count < MostLines)
        {
            _lines.Add(Printable(line));
        }
    }

    private static string Printable(string line) =>
        line.Any(char.IsControl) ? string.Concat(line.Select(character => char.IsControl(character) ? ' ' : character)) : line;

    private void AddToReply(string line)
    {
        _reply.Add(Printable(line));
        var continues = line.Length > 3 && line[3] == '-' && line.Take(3).All(digit => digit is >= '0' and <= '9');
        if (!continues || _reply.Count > MostLines)
        {
            LastReply = string.Join("\n", _reply);
            IsAnswered = true;
            _reply.Clear();
        }
    }

    // MailKit does EHLO, STARTTLS, the handshake and EHLO again in one call; the commands show where it is.
    private void EnterPhaseOf(string line)
    {
        if (clock.Phase == ProbePhase.Auth)
        {
            LastCommand = "AUTH";
            return;
        }

        LastCommand = line.Split([' '], 2)[0].ToUpperInvariant();
        if (LastCommand == "STARTTLS")
        {
            IsTlsRequested = true;
            clock.Enter(ProbePhase.Tls);
        }
        else if (LastCommand is "EHLO" or "HELO" && IsTlsRequested)
        {
            clock.Enter(ProbePhase.Ehlo);
        }
    }

    private string Mask(string line)
    {
        if (clock.Phase != ProbePhase.Auth)
        {
            return HideSecrets(line);
        }

        var parts = line.Split([' '], 3);
        return !string.Equals(parts[0], "AUTH", StringComparison.OrdinalIgnoreCase) ? Masked
            : parts.Length < 3 ? line
            : $"{parts[0]} {parts[1]} {Masked}";
    }

    // A server may echo what it was sent.
    private string HideSecrets(string line) => secrets.Aggregate(line, (text, secret) => text.Replace(secret, Masked));
}
