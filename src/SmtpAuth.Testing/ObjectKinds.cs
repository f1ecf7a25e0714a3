namespace SmtpAuth.Testing;

/// <summary>The names under which the emulated tenant keeps its objects, as they appear in snapshots and the change log.</summary>
/// <remarks>Graph objects have the members of the Graph resource; Exchange objects those that the cmdlets print.</remarks>
public static class ObjectKinds
{
    /// <summary>The one security-defaults policy (Graph).</summary>
    public const string SecurityDefaults = "securityDefaults";

    /// <summary>Conditional Access policies (Graph).</summary>
    public const string ConditionalAccessPolicies = "conditionalAccessPolicies";

    /// <summary>Named locations of Conditional Access (Graph).</summary>
    public const string NamedLocations = "namedLocations";

    /// <summary>Users (Graph).</summary>
    public const string Users = "users";

    /// <summary>Per-user MFA state, one object per user (Graph, beta).</summary>
    public const string AuthenticationRequirements = "authenticationRequirements";

    /// <summary>Registered authentication methods, one object per user, in its member <c>methods</c> (Graph).</summary>
    public const string AuthenticationMethods = "authenticationMethods";

    /// <summary>Groups with their direct <c>members</c> (Graph).</summary>
    public const string Groups = "groups";

    /// <summary>Subscriptions (Graph).</summary>
    public const string SubscribedSkus = "subscribedSkus";

    /// <summary>Domains (Graph).</summary>
    public const string Domains = "domains";

    /// <summary>The one organization (Graph).</summary>
    public const string Organization = "organization";

    /// <summary>Enterprise applications (Graph).</summary>
    public const string ServicePrincipals = "servicePrincipals";

    /// <summary>App registrations (Graph).</summary>
    public const string Applications = "applications";

    /// <summary>Application permissions that were granted (Graph).</summary>
    public const string AppRoleAssignments = "appRoleAssignments";

    /// <summary>Delegated permissions that were granted (Graph).</summary>
    public const string OAuth2PermissionGrants = "oauth2PermissionGrants";

    /// <summary>Directory role assignments (Graph).</summary>
    public const string RoleAssignments = "roleAssignments";

    /// <summary>The one transport configuration (Exchange).</summary>
    public const string TransportConfig = "transportConfig";

    /// <summary>The one organization configuration (Exchange).</summary>
    public const string OrganizationConfig = "organizationConfig";

    /// <summary>Client access settings of mailboxes (Exchange).</summary>
    public const string CasMailboxes = "casMailboxes";

    /// <summary>Mailboxes (Exchange).</summary>
    public const string Mailboxes = "mailboxes";

    /// <summary>Users as Exchange sees them, with their authentication policy.</summary>
    public const string ExchangeUsers = "exchangeUsers";

    /// <summary>Mail users, High Volume Email accounts among them (Exchange).</summary>
    public const string MailUsers = "mailUsers";

    /// <summary>Authentication policies (Exchange).</summary>
    public const string AuthenticationPolicies = "authenticationPolicies";

    /// <summary>Inbound connectors (Exchange).</summary>
    public const string InboundConnectors = "inboundConnectors";

    /// <summary>Accepted domains (Exchange).</summary>
    public const string AcceptedDomains = "acceptedDomains";

    /// <summary>Service principals registered in Exchange.</summary>
    public const string ExchangeServicePrincipals = "exchangeServicePrincipals";

    /// <summary>Mailbox permissions such as FullAccess (Exchange).</summary>
    public const string MailboxPermissions = "mailboxPermissions";

    /// <summary>Recipient permissions such as SendAs (Exchange).</summary>
    public const string RecipientPermissions = "recipientPermissions";

    /// <summary>Management role assignments (Exchange).</summary>
    public const string ManagementRoleAssignments = "managementRoleAssignments";

    /// <summary>Management scopes (Exchange).</summary>
    public const string ManagementScopes = "managementScopes";
}
