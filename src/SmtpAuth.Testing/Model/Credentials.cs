namespace SmtpAuth.Testing.Model;

/// <summary>One user's passwords and smart-lockout counter.</summary>
/// <remarks>Entra locks for a minute after ten different wrong passwords; the same wrong one again does not count
/// (Entra ID smart lockout, as of 2026-11).</remarks>
internal sealed class Credentials
{
    private const int MostWrong = 10;
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);
    private readonly List<string> _appPasswords = [];
    private string? _password;
    private DateTimeOffset _lockedUntil;

    /// <summary>Gets or sets the password; null means the account has none in the cloud.</summary>
    public string? Password
    {
        get
        {
            lock (_lock)
            {
                return _password;
            }
        }

        set
        {
            lock (_lock)
            {
                _password = value;
                _wrong.Clear();
            }
        }
    }

    public bool PasswordExpired { get; set; }

    public bool Locked { get; set; }

    public void AddAppPassword(string password)
    {
        lock (_lock)
        {
            _appPasswords.Add(password);
        }
    }

    /// <summary>App passwords are printed in groups; Entra ignores the blanks.</summary>
    public bool IsAppPassword(string password)
    {
        lock (_lock)
        {
            return _appPasswords.Contains(password, StringComparer.Ordinal)
                || _appPasswords.Contains(password.Replace(" ", string.Empty, StringComparison.Ordinal), StringComparer.Ordinal);
        }
    }

    public bool IsLockedAt(DateTimeOffset now)
    {
        lock (_lock)
        {
            return Locked || now < _lockedUntil;
        }
    }

    public void CountWrong(string password, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_wrong.Add(password) && _wrong.Count >= MostWrong)
            {
                _lockedUntil = now + LockTime;
                _wrong.Clear();
            }
        }
    }

    public void CountRight()
    {
        lock (_lock)
        {
            _wrong.Clear();
        }
    }
}
