namespace SmtpAuth.Tenancy;

/// <summary>The names of the answers a tenant can give, as in a recorded state folder (without <c>.json</c>).</summary>
public static class AnswerNames
{
    /// <summary>Graph: the security defaults policy.</summary>
    public const string SecurityDefaults = "graph/securityDefaults";

    /// <summary>Graph: the Conditional Access policies.</summary>
    public const string ConditionalAccessPolicies = "graph/conditionalAccessPolicies";

    /// <summary>Graph: the named locations of Conditional Access.</summary>
    public const string NamedLocations = "graph/namedLocations";

    /// <summary>Graph: the user who owns the mailbox.</summary>
    public const string User = "graph/user";

    /// <summary>Graph (beta): the user's authentication requirements, which hold the per-user MFA state.</summary>
    public const string UserAuthenticationRequirements = "graph/userAuthenticationRequirements";

    /// <summary>Graph: the tenant's subscriptions.</summary>
    public const string SubscribedSkus = "graph/subscribedSkus";

    /// <summary>Graph: the tenant's domains.</summary>
    public const string Domains = "graph/domains";

    /// <summary>Graph: the organization.</summary>
    public const string Organization = "graph/organization";

    /// <summary>Graph: the sign-ins of the user.</summary>
    public const string SignIns = "graph/signIns";

    /// <summary>Graph: the groups and directory roles the user is in, directly or through others.</summary>
    public const string UserMemberOf = "graph/userMemberOf";

    /// <summary>Exchange: the organization's transport configuration.</summary>
    public const string TransportConfig = "exchange/Get-TransportConfig";

    /// <summary>Exchange: the organization's configuration.</summary>
    public const string OrganizationConfig = "exchange/Get-OrganizationConfig";

    /// <summary>Exchange: the client access settings of the mailbox.</summary>
    public const string CasMailbox = "exchange/Get-CASMailbox";

    /// <summary>Exchange: the user object of the mailbox.</summary>
    public const string ExchangeUser = "exchange/Get-User";

    /// <summary>Exchange: the mailbox.</summary>
    public const string Mailbox = "exchange/Get-Mailbox";

    /// <summary>Exchange: the authentication policies.</summary>
    public const string AuthenticationPolicy = "exchange/Get-AuthenticationPolicy";

    /// <summary>Exchange: the inbound connectors.</summary>
    public const string InboundConnector = "exchange/Get-InboundConnector";

    /// <summary>Exchange: the accepted domains.</summary>
    public const string AcceptedDomain = "exchange/Get-AcceptedDomain";

    /// <summary>Exchange: the service principals known to Exchange.</summary>
    public const string ServicePrincipal = "exchange/Get-ServicePrincipal";

    /// <summary>Exchange: the permissions on the mailbox.</summary>
    public const string MailboxPermission = "exchange/Get-MailboxPermission";

    /// <summary>Exchange: who may send as the sender address.</summary>
    public const string RecipientPermission = "exchange/Get-RecipientPermission";

    /// <summary>Exchange: the management role assignments of the application.</summary>
    public const string ManagementRoleAssignment = "exchange/Get-ManagementRoleAssignment";

    /// <summary>Gets every name, those of group members apart.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SecurityDefaults, ConditionalAccessPolicies, NamedLocations, User, UserAuthenticationRequirements, SubscribedSkus, Domains,
        Organization, SignIns, UserMemberOf, TransportConfig, OrganizationConfig, CasMailbox, ExchangeUser, Mailbox,
        AuthenticationPolicy, InboundConnector, AcceptedDomain, ServicePrincipal, MailboxPermission, RecipientPermission,
        ManagementRoleAssignment,
    ];

    /// <summary>Returns the name of the answer that lists the members of a group.</summary>
    /// <param name="groupId">The group's object id, compared in lower case.</param>
    /// <returns>The name, such as <c>graph/groupMembers-0000…</c>.</returns>
    public static string GroupMembers(string groupId) =>
        $"graph/groupMembers-{(groupId ?? throw new ArgumentNullException(nameof(groupId))).ToLowerInvariant()}";
}
