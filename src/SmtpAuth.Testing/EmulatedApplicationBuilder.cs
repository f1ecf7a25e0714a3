using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing;

/// <summary>Builds an app registration and its enterprise application. As it starts: no permissions, no roles, no secret.</summary>
public sealed class EmulatedApplicationBuilder
{
    private readonly string _appId;
    private readonly List<string> _graphPermissions = [];
    private readonly List<string> _exchangePermissions = [];
    private readonly List<string> _roles = [];
    private readonly List<string> _fullAccess = [];
    private string _displayName = "Contoso Mailer";
    private string? _objectId;
    private string? _secret;
    private string? _registeredObjectId;

    internal EmulatedApplicationBuilder(string appId) => _appId = appId;

    /// <summary>Sets the display name.</summary>
    /// <param name="displayName">The display name.</param>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder DisplayName(string displayName)
    {
        _displayName = displayName;
        return this;
    }

    /// <summary>Sets the object id of the enterprise application.</summary>
    /// <param name="objectId">A GUID. Without this call it is derived from the application id.</param>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder ServicePrincipalId(string objectId)
    {
        _objectId = objectId;
        return this;
    }

    /// <summary>Sets the client secret that the token endpoint asks for.</summary>
    /// <param name="secret">The secret. Without one, any client assertion is taken.</param>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder ClientSecret(string secret)
    {
        _secret = secret;
        return this;
    }

    /// <summary>Grants application permissions of Microsoft Graph.</summary>
    /// <param name="permissions">Such as <c>Policy.Read.All</c>.</param>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder GraphPermissions(params IReadOnlyList<string> permissions)
    {
        _graphPermissions.AddRange(permissions);
        return this;
    }

    /// <summary>Grants application permissions of Office 365 Exchange Online.</summary>
    /// <param name="permissions">Such as <c>Exchange.ManageAsApp</c> or <c>SMTP.SendAsApp</c>.</param>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder ExchangePermissions(params IReadOnlyList<string> permissions)
    {
        _exchangePermissions.AddRange(permissions);
        return this;
    }

    /// <summary>Assigns directory roles to the enterprise application.</summary>
    /// <param name="roles">Template ids or English names.</param>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder DirectoryRoles(params IReadOnlyList<string> roles)
    {
        _roles.AddRange(roles.Select(KnownIds.RoleTemplateId));
        return this;
    }

    /// <summary>Registers the application in Exchange (<c>New-ServicePrincipal</c>).</summary>
    /// <param name="objectId">The object id it is registered with; without it the right one. The id of the app registration is
    /// the usual mistake.</param>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder RegisteredInExchange(string? objectId = null)
    {
        _registeredObjectId = objectId ?? string.Empty;
        return this;
    }

    /// <summary>Gives the application full access to a mailbox.</summary>
    /// <param name="address">The mailbox's address.</param>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder MayOpen(string address)
    {
        _fullAccess.Add(address);
        return this;
    }

    /// <summary>Grants everything that reading, planning and applying need.</summary>
    /// <returns>The same builder.</returns>
    public EmulatedApplicationBuilder Administrator() => GraphPermissions([.. KnownIds.GraphPermissions.Keys])
        .ExchangePermissions("Exchange.ManageAsApp", "Exchange.ManageAsAppV2")
        .DirectoryRoles(KnownIds.ExchangeAdministrator);

    internal void AddTo(EmulatedTenantBuilder tenant)
    {
        var state = tenant.State;
        var objectId = _objectId ?? StableGuid.From("servicePrincipal", _appId);
        state.Put(ObjectKinds.Applications, _appId, DefaultObjects.Application(_appId, _displayName));
        state.Put(ObjectKinds.ServicePrincipals, objectId, DefaultObjects.ServicePrincipal(objectId, _appId, _displayName));
        Grant(state, objectId, KnownIds.GraphAppId, KnownIds.GraphPermissions, _graphPermissions);
        Grant(state, objectId, KnownIds.ExchangeAppId, KnownIds.ExchangeAppRoles, _exchangePermissions);
        _roles.ForEach(role => tenant.AssignRole(objectId, role));
        if (_registeredObjectId is not null)
        {
            var registered = _registeredObjectId.Length == 0 ? objectId : _registeredObjectId;
            state.Put(
                ObjectKinds.ExchangeServicePrincipals,
                registered,
                DefaultObjects.ExchangeServicePrincipal(_appId, registered, _displayName));
        }

        _fullAccess.ForEach(mailbox => tenant.GrantFullAccess(objectId, mailbox));
        if (_secret is not null)
        {
            state.Credentials.SetClientSecret(_appId, _secret);
        }
    }

    private void Grant(
        EmulatedState state, string objectId, string resourceAppId, IReadOnlyDictionary<string, string> known, List<string> permissions)
    {
        var resource = state.All(ObjectKinds.ServicePrincipals).First(principal => principal.Text("appId") == resourceAppId);
        foreach (var permission in permissions)
        {
            var roleId = known.TryGetValue(permission, out var id) ? id : StableGuid.From("appRole", permission);
            var assignmentId = StableGuid.From("appRoleAssignment", objectId + roleId);
            state.Put(
                ObjectKinds.AppRoleAssignments,
                assignmentId,
                DefaultObjects.AppRoleAssignment(
                    assignmentId, objectId, _displayName, resource.Text("id")!, resource.Text("displayName")!, roleId));
        }
    }
}
