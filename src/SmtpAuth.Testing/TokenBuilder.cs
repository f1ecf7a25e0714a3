using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing;

/// <summary>Describes an access token. As it starts: an application with every permission that reading and applying need, valid
/// for an hour.</summary>
/// <remarks>Setting roles, scopes or a user replaces what was there of that kind.</remarks>
public sealed class TokenBuilder
{
    private static readonly string[] Reads =
    [
        "Policy.Read.All", "User.Read.All", "Organization.Read.All", "Domain.Read.All", "Directory.Read.All", "AuditLog.Read.All",
        "LicenseAssignment.Read.All", "Application.Read.All", "RoleManagement.Read.Directory", "MailboxSettings.Read",
        "UserAuthenticationMethod.Read.All", "Reports.Read.All", "Policy.Read.AuthenticationMethod", "Domain-InternalFederation.Read.All",
    ];

    private readonly TokenAudience _audience;

    internal TokenBuilder(TokenAudience audience)
    {
        _audience = audience;
        Administrator();
    }

    internal IReadOnlyList<string> RoleValues { get; private set; } = [];

    internal IReadOnlyList<string> ScopeValues { get; private set; } = [];

    internal IReadOnlyList<string> DirectoryRoleIds { get; private set; } = [];

    internal string? UserIdentity { get; private set; }

    internal string ApplicationId { get; private set; } = EmulatedTenant.AdminApplicationId;

    internal string? AudienceValue { get; private set; }

    internal TimeSpan Lifetime { get; private set; } = TimeSpan.FromHours(1);

    /// <summary>Gives an application every permission: all of Graph, Exchange.ManageAsApp with Exchange Administrator, or
    /// SMTP.SendAsApp.</summary>
    /// <returns>The same builder.</returns>
    public TokenBuilder Administrator()
    {
        RoleValues = _audience switch
        {
            TokenAudience.Graph => [.. KnownIds.GraphPermissions.Keys],
            TokenAudience.Exchange => ["Exchange.ManageAsApp", "Exchange.ManageAsAppV2"],
            _ => ["SMTP.SendAsApp"],
        };
        DirectoryRoleIds = _audience == TokenAudience.Exchange ? [KnownIds.ExchangeAdministrator] : [];
        return this;
    }

    /// <summary>Gives an application reading permissions only: Graph's, or Exchange.ManageAsApp with Global Reader.</summary>
    /// <returns>The same builder.</returns>
    public TokenBuilder ReadOnly()
    {
        RoleValues = _audience == TokenAudience.Graph ? Reads : ["Exchange.ManageAsApp"];
        DirectoryRoleIds = _audience == TokenAudience.Exchange ? [KnownIds.GlobalReader] : [];
        return this;
    }

    /// <summary>Sets the application permissions (claim <c>roles</c>).</summary>
    /// <param name="values">Such as <c>Policy.Read.All</c>; none at all is allowed.</param>
    /// <returns>The same builder.</returns>
    public TokenBuilder Roles(params IReadOnlyList<string> values)
    {
        RoleValues = [.. values];
        return this;
    }

    /// <summary>Takes some application permissions away.</summary>
    /// <param name="values">The permissions.</param>
    /// <returns>The same builder.</returns>
    public TokenBuilder WithoutRoles(params IReadOnlyList<string> values)
    {
        RoleValues = [.. RoleValues.Except(values, StringComparer.Ordinal)];
        return this;
    }

    /// <summary>Sets the delegated permissions (claim <c>scp</c>) and takes the application permissions away.</summary>
    /// <param name="values">Such as <c>SMTP.Send</c>.</param>
    /// <returns>The same builder.</returns>
    public TokenBuilder Scopes(params IReadOnlyList<string> values)
    {
        ScopeValues = [.. values];
        RoleValues = [];
        return this;
    }

    /// <summary>Sets the directory roles (claim <c>wids</c>).</summary>
    /// <param name="roles">Template ids or English names; none at all is allowed.</param>
    /// <returns>The same builder.</returns>
    public TokenBuilder DirectoryRoles(params IReadOnlyList<string> roles)
    {
        DirectoryRoleIds = [.. roles.Select(KnownIds.RoleTemplateId)];
        return this;
    }

    /// <summary>Makes it a user's token, with <c>SMTP.Send</c> for submission unless <see cref="Scopes"/> says otherwise.</summary>
    /// <param name="userPrincipalName">The user.</param>
    /// <returns>The same builder.</returns>
    public TokenBuilder User(string userPrincipalName)
    {
        UserIdentity = userPrincipalName;
        if (ScopeValues.Count == 0)
        {
            Scopes(_audience switch
            {
                TokenAudience.Smtp => ["SMTP.Send"],
                TokenAudience.Exchange => ["Exchange.Manage"],
                _ => RoleValues,
            });
        }

        RoleValues = [];
        return this;
    }

    /// <summary>Sets the application the token is issued to.</summary>
    /// <param name="appId">The application (client) id.</param>
    /// <returns>The same builder.</returns>
    public TokenBuilder Application(string appId)
    {
        ApplicationId = appId;
        return this;
    }

    /// <summary>Sets the audience claim itself, to make a token for the wrong service.</summary>
    /// <param name="audience">Such as <c>https://graph.microsoft.com</c>.</param>
    /// <returns>The same builder.</returns>
    public TokenBuilder Audience(string audience)
    {
        AudienceValue = audience;
        return this;
    }

    /// <summary>Sets for how long the token is valid; negative for one that has expired.</summary>
    /// <param name="lifetime">The time from now.</param>
    /// <returns>The same builder.</returns>
    public TokenBuilder ExpiresIn(TimeSpan lifetime)
    {
        Lifetime = lifetime;
        return this;
    }
}
