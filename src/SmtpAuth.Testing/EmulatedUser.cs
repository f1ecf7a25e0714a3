using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing;

/// <summary>A handle on one user of the emulated tenant, with its mailbox settings. Reads and writes the live state.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class EmulatedUser
{
    private readonly EmulatedState _state;

    internal EmulatedUser(EmulatedState state, string id, string userPrincipalName) =>
        (_state, Id, UserPrincipalName) = (state, id, userPrincipalName);

    /// <summary>Gets the Entra object id.</summary>
    public string Id { get; }

    /// <summary>Gets the user principal name.</summary>
    public string UserPrincipalName { get; }

    /// <summary>Gets or sets the mailbox's override of the organization's SMTP AUTH switch.</summary>
    /// <value><see langword="null"/> means inherit. Setting it for a user without a mailbox does nothing.</value>
    public bool? SmtpClientAuthenticationDisabled
    {
        get => _state.Find(ObjectKinds.CasMailboxes, Id).Flag("SmtpClientAuthenticationDisabled");
        set => _state.Change(ObjectKinds.CasMailboxes, Id, mailbox => mailbox["SmtpClientAuthenticationDisabled"] = value);
    }

    /// <summary>Gets or sets a value indicating whether the account may sign in.</summary>
    public bool AccountEnabled
    {
        get => _state.Find(ObjectKinds.Users, Id).Flag("accountEnabled") ?? false;
        set => _state.Change(ObjectKinds.Users, Id, user => user["accountEnabled"] = value);
    }

    /// <summary>Gets or sets the per-user MFA state: <c>disabled</c>, <c>enabled</c> or <c>enforced</c>.</summary>
    public string PerUserMfa
    {
        get => _state.Find(ObjectKinds.AuthenticationRequirements, Id).Text("perUserMfaState") ?? "disabled";
        set => _state.Put(ObjectKinds.AuthenticationRequirements, Id, new JsonObject { ["perUserMfaState"] = value });
    }

    /// <summary>Gets or sets the name of the user's own authentication policy.</summary>
    /// <value><see langword="null"/> means the organization's default policy applies, if there is one.</value>
    public string? AuthenticationPolicy
    {
        get => _state.Find(ObjectKinds.ExchangeUsers, Id).Text("AuthenticationPolicy");
        set => _state.Change(ObjectKinds.ExchangeUsers, Id, user => user["AuthenticationPolicy"] = value);
    }

    /// <summary>Sets the password.</summary>
    /// <param name="password">The password, or <see langword="null"/> for an account without one in the cloud.</param>
    public void SetPassword(string? password) => _state.Credentials.Of(Id).Password = password;
}
