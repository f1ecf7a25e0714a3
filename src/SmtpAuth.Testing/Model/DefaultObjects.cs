using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Model;

/// <summary>Objects as the services give them in a fresh tenant, and templates for new ones.</summary>
internal static class DefaultObjects
{
    public const string Forest = "EURPR01A001";

    public const string InitialDomain = "contoso.onmicrosoft.com";

    private const string Since = "2026-03-11T08:15:22Z";

    private static readonly string[] BasicProtocols =
    [
        "ActiveSync", "Autodiscover", "Imap", "Mapi", "OfflineAddressBook", "OutlookService", "Pop", "Powershell",
        "ReportingWebServices", "Rest", "Rpc", "Smtp", "WebServices",
    ];

    public static IReadOnlyList<string> BasicSwitches { get; } = [.. BasicProtocols.Select(protocol => "AllowBasicAuth" + protocol)];

    public static void AddTo(EmulatedState state)
    {
        state.Put(ObjectKinds.SecurityDefaults, KnownIds.SecurityDefaults, new JsonObject
        {
            ["id"] = KnownIds.SecurityDefaults,
            ["displayName"] = "Security Defaults",
            ["description"] = "Security defaults is a set of basic identity security mechanisms recommended by Microsoft.",
            ["isEnabled"] = false,
        });
        state.Put(ObjectKinds.Organization, "organization", new JsonObject
        {
            ["id"] = EmulatedTenantBuilder.DefaultTenantId,
            ["displayName"] = "Contoso Ltd",
            ["tenantType"] = "AAD",
            ["createdDateTime"] = "2019-09-30T11:06:52Z",
            ["countryLetterCode"] = "NL",
            ["onPremisesSyncEnabled"] = null,
            ["onPremisesLastSyncDateTime"] = null,
            ["verifiedDomains"] = new JsonArray(),
            ["assignedPlans"] = new JsonArray(),
        });
        state.Put(ObjectKinds.TransportConfig, "Transport Settings", TransportConfig());
        state.Put(ObjectKinds.OrganizationConfig, InitialDomain, new JsonObject
        {
            ["Name"] = InitialDomain,
            ["DisplayName"] = "Contoso Ltd",
            ["Guid"] = StableGuid.From("organization", InitialDomain),
            ["DefaultAuthenticationPolicy"] = null,
            ["OAuth2ClientProfileEnabled"] = true,
            ["RejectDirectSend"] = false,
            ["SendFromAliasEnabled"] = false,
            ["AuditDisabled"] = false,
            ["HybridConfigurationStatus"] = "Unknown",
            ["IsDehydrated"] = false,
            ["WhenCreatedUTC"] = "2019-09-30T11:10:00Z",
        });
        state.Put(ObjectKinds.Domains, InitialDomain, Domain(InitialDomain, DomainFederation.Managed, isDefault: false));
        state.Put(ObjectKinds.AcceptedDomains, InitialDomain, AcceptedDomain(InitialDomain, DomainFederation.Managed, isDefault: false));
        AddMicrosoftApplications(state);
    }

    public static JsonObject Domain(string name, DomainFederation federation, bool isDefault) => new()
    {
        ["id"] = name,
        ["authenticationType"] = federation == DomainFederation.Managed ? "Managed" : "Federated",
        ["availabilityStatus"] = null,
        ["isAdminManaged"] = true,
        ["isDefault"] = isDefault,
        ["isInitial"] = name == InitialDomain,
        ["isRoot"] = true,
        ["isVerified"] = true,
        ["supportedServices"] = Json.Array("Email", "OfficeCommunicationsOnline"),
        ["manufacturer"] = null,
        ["model"] = null,
        ["passwordNotificationWindowInDays"] = 14,
        ["passwordValidityPeriodInDays"] = 2147483647,
        ["state"] = null,
        ["#federation"] = federation.ToString(),
    };

    public static JsonObject AcceptedDomain(string name, DomainFederation federation, bool isDefault) => new()
    {
        ["DomainName"] = name,
        ["Name"] = name,
        ["Identity"] = name,
        ["DomainType"] = "Authoritative",
        ["MatchSubDomains"] = false,
        ["Default"] = isDefault,
        ["InitialDomain"] = name == InitialDomain,
        ["AuthenticationType"] = federation == DomainFederation.Managed ? "Managed" : "Federated",
        ["SendingFromDomainDisabled"] = false,
        ["SendingToDomainDisabled"] = false,
        ["OutboundOnly"] = false,
        ["PendingRemoval"] = false,
        ["SmtpDaneStatus"] = "Disabled",
        ["IsValid"] = true,
    };

    public static JsonObject Group(string id, string name) => new()
    {
        ["id"] = id,
        ["displayName"] = name,
        ["mailEnabled"] = false,
        ["securityEnabled"] = true,
        ["groupTypes"] = new JsonArray(),
        ["members"] = new JsonArray(),
    };

    public static JsonObject NamedLocation(string name, bool trusted, IReadOnlyList<string> ranges, DateTimeOffset now) => new()
    {
        ["@odata.type"] = "#microsoft.graph.ipNamedLocation",
        ["id"] = StableGuid.From("location", name),
        ["displayName"] = name,
        ["createdDateTime"] = Times.Precise(now),
        ["modifiedDateTime"] = null,
        ["isTrusted"] = trusted,
        ["ipRanges"] = new JsonArray([.. ranges.Select(range => (JsonNode?)new JsonObject
        {
            ["@odata.type"] = range.Contains(':', StringComparison.Ordinal)
                ? "#microsoft.graph.iPv6CidrRange"
                : "#microsoft.graph.iPv4CidrRange",
            ["cidrAddress"] = range,
        })]),
    };

    public static JsonObject AuthenticationPolicy(string name, DateTimeOffset now)
    {
        var policy = new JsonObject
        {
            ["Name"] = name,
            ["Identity"] = name,
            ["Guid"] = StableGuid.From("authenticationPolicy", name),
            ["DistinguishedName"] =
                $"CN={name},CN=Auth Policies,CN=Configuration,CN={InitialDomain},CN=ConfigurationUnits,DC={Forest},DC=PROD,DC=OUTLOOK,DC=COM",
        };
        foreach (var name2 in BasicSwitches)
        {
            policy[name2] = false;
        }

        policy["WhenChangedUTC"] = Times.Seconds(now);
        policy["IsValid"] = true;
        return policy;
    }

    public static JsonObject InboundConnector(string name, IReadOnlyList<string> addresses, DateTimeOffset now) => new()
    {
        ["Name"] = name,
        ["Identity"] = name,
        ["Guid"] = StableGuid.From("connector", name),
        ["Enabled"] = true,
        ["ConnectorType"] = "OnPremises",
        ["ConnectorSource"] = "Default",
        ["SenderDomains"] = Json.Array("smtp:*;1"),
        ["SenderIPAddresses"] = Json.Array(addresses),
        ["TlsSenderCertificateName"] = null,
        ["RequireTls"] = false,
        ["RestrictDomainsToIPAddresses"] = false,
        ["RestrictDomainsToCertificate"] = false,
        ["CloudServicesMailEnabled"] = false,
        ["TreatMessagesAsInternal"] = false,
        ["AssociatedAcceptedDomains"] = new JsonArray(),
        ["WhenChangedUTC"] = Times.Seconds(now),
    };

    public static JsonObject RoleAssignment(string id, string principalId, string roleId) => new()
    {
        ["id"] = id,
        ["principalId"] = principalId,
        ["directoryScopeId"] = "/",
        ["roleDefinitionId"] = roleId,
    };

    public static JsonObject RecipientPermission(string mailbox, string trustee) => new()
    {
        ["Identity"] = mailbox.Split('@')[0],
        ["Trustee"] = trustee,
        ["AccessControlType"] = "Allow",
        ["AccessRights"] = Json.Array("SendAs"),
        ["IsInherited"] = false,
        ["InheritanceType"] = "None",
        ["#mailbox"] = mailbox.ToLowerInvariant(),
    };

    public static JsonObject MailboxPermission(string mailbox, string user) => new()
    {
        ["Identity"] = mailbox.Split('@')[0],
        ["User"] = user,
        ["AccessRights"] = Json.Array("FullAccess"),
        ["IsInherited"] = false,
        ["Deny"] = false,
        ["InheritanceType"] = "All",
        ["#mailbox"] = mailbox.ToLowerInvariant(),
    };

    public static JsonObject Application(string appId, string displayName) => new()
    {
        ["id"] = StableGuid.From("application", appId),
        ["appId"] = appId,
        ["displayName"] = displayName,
        ["signInAudience"] = "AzureADMyOrg",
        ["createdDateTime"] = "2026-10-01T12:00:00Z",
    };

    public static JsonObject ServicePrincipal(string objectId, string appId, string displayName) => new()
    {
        ["id"] = objectId,
        ["appId"] = appId,
        ["displayName"] = displayName,
        ["accountEnabled"] = true,
        ["servicePrincipalType"] = "Application",
        ["appRoles"] = new JsonArray(),
        ["oauth2PermissionScopes"] = new JsonArray(),
    };

    public static JsonObject ExchangeServicePrincipal(string appId, string objectId, string displayName) => new()
    {
        ["Identity"] = objectId,
        ["Name"] = objectId,
        ["DisplayName"] = displayName,
        ["AppId"] = appId,
        ["ObjectId"] = objectId,
        ["Sid"] = "S-1-5-21-1111111111-2222222222-3333333333-4444",
    };

    public static JsonObject AppRoleAssignment(
        string id, string principalId, string displayName, string resourceId, string resourceName, string roleId) => new()
        {
            ["id"] = id,
            ["deletedDateTime"] = null,
            ["appRoleId"] = roleId,
            ["createdDateTime"] = "2026-10-01T12:00:00.0000000Z",
            ["principalDisplayName"] = displayName,
            ["principalId"] = principalId,
            ["principalType"] = "ServicePrincipal",
            ["resourceDisplayName"] = resourceName,
            ["resourceId"] = resourceId,
        };

    public static void AddSubscriptions(EmulatedState state, string tenantId, bool premium)
    {
        var plans = new JsonArray(Plan(KnownIds.ExchangePlan2, "EXCHANGE_S_ENTERPRISE"));
        if (premium)
        {
            plans.Add((JsonNode)Plan(KnownIds.EntraPremium, "AAD_PREMIUM"));
        }

        AddSubscription(state, tenantId, MailboxProfile.SkuId, premium ? "SPE_E3" : "EXCHANGEENTERPRISE", 25, plans);
        AddSubscription(
            state,
            tenantId,
            "f30db892-07e9-47e9-837c-80727f46fd3d",
            "FLOW_FREE",
            10_000,
            new JsonArray(Plan(KnownIds.ExchangeFoundation, "EXCHANGE_S_FOUNDATION", "Company")));
        state.ChangeSingle(ObjectKinds.Organization, organization => organization["assignedPlans"] = new JsonArray(
            AssignedPlan("exchange", KnownIds.ExchangePlan2),
            premium ? AssignedPlan("AADPremiumService", KnownIds.EntraPremium) : AssignedPlan("exchange", KnownIds.ExchangeFoundation)));
    }

    public static void DescribeDomains(EmulatedState state)
    {
        var domains = state.All(ObjectKinds.Domains);
        state.ChangeSingle(ObjectKinds.Organization, organization => organization["verifiedDomains"] = new JsonArray(
            [.. domains.Where(domain => domain.Flag("isVerified") == true).Select(domain => (JsonNode?)new JsonObject
            {
                ["capabilities"] = string.Join(", ", domain.Texts("supportedServices")),
                ["isDefault"] = domain.Flag("isDefault"),
                ["isInitial"] = domain.Flag("isInitial"),
                ["name"] = domain.Text("id"),
                ["type"] = domain.Text("authenticationType"),
            })]));
    }

    private static JsonObject TransportConfig() => new()
    {
        ["Name"] = "Transport Settings",
        ["Identity"] = "Transport Settings",
        ["Guid"] = StableGuid.From("transport", InitialDomain),
        ["ExchangeObjectId"] = StableGuid.From("transport", InitialDomain),
        ["OrganizationId"] =
            $"{Forest}.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/{InitialDomain} - {Forest}.PROD.OUTLOOK.COM/ConfigurationUnits/{InitialDomain}/Configuration",
        ["OrganizationalUnitRoot"] = InitialDomain,
        ["DistinguishedName"] =
            $"CN=Transport Settings,CN=Configuration,CN={InitialDomain},CN=ConfigurationUnits,DC={Forest},DC=PROD,DC=OUTLOOK,DC=COM",
        ["SmtpClientAuthenticationDisabled"] = true,
        ["AllowLegacyTLSClients"] = null,
        ["MaxSendSize"] = "Unlimited",
        ["MaxReceiveSize"] = "Unlimited",
        ["MaxRecipientEnvelopeLimit"] = "Unlimited",
        ["MessageExpiration"] = "1.00:00:00",
        ["TLSSendDomainSecureList"] = new JsonArray(),
        ["WhenChangedUTC"] = Since,
        ["IsValid"] = true,
        ["ObjectState"] = "Unchanged",
    };

    private static void AddMicrosoftApplications(EmulatedState state)
    {
        var exchange = ServicePrincipal(
            StableGuid.From("servicePrincipal", KnownIds.ExchangeAppId), KnownIds.ExchangeAppId, "Office 365 Exchange Online");
        exchange["appRoles"] = AppRoles(KnownIds.ExchangeAppRoles);
        exchange["oauth2PermissionScopes"] = new JsonArray(Scope("ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c", "Exchange.Manage"));
        state.Put(ObjectKinds.ServicePrincipals, exchange.Text("id")!, exchange);

        var graph = ServicePrincipal(StableGuid.From("servicePrincipal", KnownIds.GraphAppId), KnownIds.GraphAppId, "Microsoft Graph");
        graph["appRoles"] = AppRoles(KnownIds.GraphPermissions);
        state.Put(ObjectKinds.ServicePrincipals, graph.Text("id")!, graph);
    }

    private static JsonArray AppRoles(IReadOnlyDictionary<string, string> roles) => new([.. roles.Select(role => (JsonNode?)new JsonObject
    {
        ["allowedMemberTypes"] = Json.Array("Application"),
        ["description"] = role.Key,
        ["displayName"] = role.Key,
        ["id"] = role.Value,
        ["isEnabled"] = true,
        ["origin"] = "Application",
        ["value"] = role.Key,
    })]);

    private static JsonObject Scope(string id, string value) => new()
    {
        ["adminConsentDescription"] = value,
        ["adminConsentDisplayName"] = value,
        ["id"] = id,
        ["isEnabled"] = true,
        ["type"] = "Admin",
        ["userConsentDescription"] = null,
        ["userConsentDisplayName"] = null,
        ["value"] = value,
    };

    private static void AddSubscription(
        EmulatedState state, string tenantId, string skuId, string name, int units, JsonArray plans)
    {
        state.Put(ObjectKinds.SubscribedSkus, $"{tenantId}_{skuId}", new JsonObject
        {
            ["accountName"] = "contoso",
            ["accountId"] = tenantId,
            ["appliesTo"] = "User",
            ["capabilityStatus"] = "Enabled",
            ["consumedUnits"] = 3,
            ["id"] = $"{tenantId}_{skuId}",
            ["skuId"] = skuId,
            ["skuPartNumber"] = name,
            ["subscriptionIds"] = Json.Array(StableGuid.From("subscription", name)),
            ["prepaidUnits"] = new JsonObject { ["enabled"] = units, ["suspended"] = 0, ["warning"] = 0, ["lockedOut"] = 0 },
            ["servicePlans"] = plans,
        });
    }

    private static JsonObject Plan(string id, string name, string appliesTo = "User") => new()
    {
        ["servicePlanId"] = id,
        ["servicePlanName"] = name,
        ["provisioningStatus"] = "Success",
        ["appliesTo"] = appliesTo,
    };

    private static JsonObject AssignedPlan(string service, string id) => new()
    {
        ["assignedDateTime"] = "2024-02-19T10:40:58Z",
        ["capabilityStatus"] = "Enabled",
        ["service"] = service,
        ["servicePlanId"] = id,
    };
}
