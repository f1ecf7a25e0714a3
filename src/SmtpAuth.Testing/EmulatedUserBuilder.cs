using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing;

/// <summary>Builds one user. As it starts: enabled, licensed, with a mailbox that inherits the organization's SMTP AUTH switch,
/// per-user MFA disabled, no authentication policy of its own, no password.</summary>
public sealed class EmulatedUserBuilder
{
    private readonly string _userPrincipalName;
    private readonly List<string> _aliases = [];
    private readonly List<string> _appPasswords = [];
    private readonly List<string> _groups = [];
    private readonly List<string> _roles = [];
    private readonly List<string> _sendAs = [];
    private readonly List<string> _fullAccess = [];
    private string? _id;
    private string? _password;
    private string? _mail;
    private string _displayName;
    private string _perUserMfa = "disabled";
    private string? _authenticationPolicy;
    private string _mailboxType = "UserMailbox";
    private string _userType = "Member";
    private bool? _smtpClientAuthenticationDisabled;
    private bool _enabled = true;
    private bool _licensed = true;
    private bool _synchronized;
    private bool _locked;
    private bool _passwordExpired;
    private bool _hasMethod;
    private bool _restricted;

    internal EmulatedUserBuilder(string userPrincipalName)
    {
        _userPrincipalName = userPrincipalName;
        _displayName = userPrincipalName.Split('@')[0];
    }

    /// <summary>Sets the password that Basic authentication is checked against.</summary>
    /// <param name="password">The password, or <see langword="null"/> for an account without one in the cloud.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder Password(string? password)
    {
        _password = password;
        return this;
    }

    /// <summary>Adds an app password. It counts only while per-user MFA is enabled or enforced.</summary>
    /// <param name="password">The app password, without blanks.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder AppPassword(string password)
    {
        _appPasswords.Add(password);
        return this;
    }

    /// <summary>Sets the mailbox's override of the organization's SMTP AUTH switch.</summary>
    /// <param name="disabled"><see langword="null"/> means inherit.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder SmtpClientAuthenticationDisabled(bool? disabled)
    {
        _smtpClientAuthenticationDisabled = disabled;
        return this;
    }

    /// <summary>Sets the per-user MFA state.</summary>
    /// <param name="state"><c>disabled</c>, <c>enabled</c> or <c>enforced</c>.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder PerUserMfa(string state)
    {
        _perUserMfa = state;
        return this;
    }

    /// <summary>Says whether the account may sign in.</summary>
    /// <param name="enabled"><see langword="false"/> for a blocked account.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder AccountEnabled(bool enabled)
    {
        _enabled = enabled;
        return this;
    }

    /// <summary>Assigns an authentication policy.</summary>
    /// <param name="name">The policy's name, or <see langword="null"/> for none.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder AuthenticationPolicy(string? name)
    {
        _authenticationPolicy = name;
        return this;
    }

    /// <summary>Sets the display name.</summary>
    /// <param name="displayName">The display name.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder DisplayName(string displayName)
    {
        _displayName = displayName;
        return this;
    }

    /// <summary>Sets the Entra object id.</summary>
    /// <param name="id">A GUID. Without this call it is derived from the user principal name.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder ObjectId(string id)
    {
        _id = id;
        return this;
    }

    /// <summary>Sets a primary address that differs from the user principal name.</summary>
    /// <param name="address">An SMTP address.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder PrimarySmtpAddress(string address)
    {
        _mail = address;
        return this;
    }

    /// <summary>Adds a secondary address.</summary>
    /// <param name="address">An SMTP address.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder Alias(string address)
    {
        _aliases.Add(address);
        return this;
    }

    /// <summary>Takes the licence away; the mailbox stays.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder Unlicensed()
    {
        _licensed = false;
        return this;
    }

    /// <summary>Makes it a user without a mailbox in Exchange Online.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder WithoutMailbox()
    {
        _mailboxType = string.Empty;
        _licensed = false;
        return this;
    }

    /// <summary>Makes it a shared mailbox: sign-in blocked, no licence, no password.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder SharedMailbox()
    {
        _mailboxType = "SharedMailbox";
        _enabled = false;
        _licensed = false;
        return this;
    }

    /// <summary>Makes it a High Volume Email account: a mail user that ignores the organization's SMTP AUTH switch and may send
    /// to accepted domains only.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder HighVolumeEmail()
    {
        _mailboxType = "MailUser";
        _licensed = false;
        return this;
    }

    /// <summary>Makes it a user synchronized from an on-premises directory.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder OnPremisesSynchronized()
    {
        _synchronized = true;
        return this;
    }

    /// <summary>Makes it a guest.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder Guest()
    {
        _userType = "Guest";
        return this;
    }

    /// <summary>Marks the password as expired.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder PasswordExpired()
    {
        _passwordExpired = true;
        return this;
    }

    /// <summary>Locks the account, as smart lockout does after many wrong passwords.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder Locked()
    {
        _locked = true;
        return this;
    }

    /// <summary>Restricts the sender, as Exchange does with accounts that sent spam: 550 5.1.8 for every message.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder RestrictedSender()
    {
        _restricted = true;
        return this;
    }

    /// <summary>Registers an authenticator, so that per-user MFA set to <c>enabled</c> becomes <c>enforced</c>.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder RegisteredAuthenticator()
    {
        _hasMethod = true;
        return this;
    }

    /// <summary>Puts the user into a group, which is created when the tenant has none of that name.</summary>
    /// <param name="group">The group's name.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder MemberOf(string group)
    {
        _groups.Add(group);
        return this;
    }

    /// <summary>Gives the user a directory role.</summary>
    /// <param name="role">The role's template id or English name.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder DirectoryRole(string role)
    {
        _roles.Add(KnownIds.RoleTemplateId(role));
        return this;
    }

    /// <summary>Lets the user send as another mailbox.</summary>
    /// <param name="address">The other mailbox's address.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder MaySendAs(string address)
    {
        _sendAs.Add(address);
        return this;
    }

    /// <summary>Gives the user full access to another mailbox.</summary>
    /// <param name="address">The other mailbox's address.</param>
    /// <returns>The same builder.</returns>
    public EmulatedUserBuilder MayOpen(string address)
    {
        _fullAccess.Add(address);
        return this;
    }

    internal void AddTo(EmulatedTenantBuilder tenant)
    {
        var id = _id ?? StableGuid.From("user", _userPrincipalName);
        var address = _mail ?? _userPrincipalName;
        var state = tenant.State;
        var profile = new MailboxProfile(
            id, _userPrincipalName, address, _displayName, _aliases, _mailboxType, _enabled, _licensed, _synchronized, _userType,
            _authenticationPolicy, _smtpClientAuthenticationDisabled);
        state.Put(ObjectKinds.Users, id, profile.User());
        state.Put(ObjectKinds.AuthenticationRequirements, id, new JsonObject { ["perUserMfaState"] = _perUserMfa });
        state.Put(ObjectKinds.AuthenticationMethods, id, new JsonObject { ["methods"] = profile.Methods(_hasMethod) });
        state.Put(ObjectKinds.ExchangeUsers, id, profile.ExchangeUser());
        switch (_mailboxType)
        {
            case "":
                break;
            case "MailUser":
                state.Put(ObjectKinds.MailUsers, id, profile.MailUser());
                break;
            default:
                state.Put(ObjectKinds.CasMailboxes, id, profile.CasMailbox());
                state.Put(ObjectKinds.Mailboxes, id, profile.Mailbox());
                break;
        }

        if (_restricted)
        {
            state.Change(ObjectKinds.Mailboxes, id, mailbox => mailbox["#restricted"] = true);
        }

        var credentials = state.Credentials.Of(id);
        credentials.Password = _password;
        credentials.PasswordExpired = _passwordExpired;
        credentials.Locked = _locked;
        _appPasswords.ForEach(credentials.AddAppPassword);

        tenant.AddDomainOf(_userPrincipalName);
        tenant.AddDomainOf(address);
        _groups.ForEach(group => tenant.AddToGroup(group, id));
        _roles.ForEach(role => tenant.AssignRole(id, role));
        _sendAs.ForEach(other => tenant.GrantSendAs(_userPrincipalName, other));
        _fullAccess.ForEach(other => tenant.GrantFullAccess(_userPrincipalName, other));
    }
}
