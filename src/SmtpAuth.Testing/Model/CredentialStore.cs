using System.Collections.Concurrent;

namespace SmtpAuth.Testing.Model;

/// <summary>What only Entra knows about a user: passwords and how often a wrong one was tried. Never part of a snapshot.</summary>
internal sealed class CredentialStore
{
    private readonly ConcurrentDictionary<string, Credentials> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _clientSecrets = new(StringComparer.OrdinalIgnoreCase);

    public Credentials Of(string userId) => _users.GetOrAdd(userId, _ => new Credentials());

    public string? ClientSecret(string appId) => _clientSecrets.GetValueOrDefault(appId);

    public void SetClientSecret(string appId, string secret) => _clientSecrets[appId] = secret;
}
