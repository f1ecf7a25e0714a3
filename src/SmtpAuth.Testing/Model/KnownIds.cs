namespace SmtpAuth.Testing.Model;

/// <summary>Ids that are the same in every tenant, and how the built-in roles are called.</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference"/>
internal static class KnownIds
{
    public const string ExchangeAppId = "00000002-0000-0ff1-ce00-000000000000";
    public const string GraphAppId = "00000003-0000-0000-c000-000000000000";
    public const string SecurityDefaults = "00000000-0000-0000-0000-000000000005";
    public const string PasswordMethod = "28c10230-6103-485e-b985-444c60001490";
    public const string ExchangePlan2 = "efb87545-963c-4e0d-99df-69c6916d9eb0";
    public const string ExchangeFoundation = "113feb6c-3fe4-4440-bddc-54d774bf0318";
    public const string EntraPremium = "41781fb2-bc02-4b7c-bd55-b576c07bb09d";
    public const string EntraPremium2 = "eec0eb4f-6444-4f95-aba0-50c24d67f998";

    public const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
    public const string ExchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";
    public const string ExchangeRecipientAdministrator = "31392ffb-586c-42d1-9346-e59415a2cc4e";
    public const string SecurityAdministrator = "194ae4cb-b126-40b2-bd5b-6091b380977d";
    public const string ConditionalAccessAdministrator = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9";
    public const string GlobalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    public const string SecurityReader = "5d6b6bb7-de71-4623-b4af-96380a352509";
    public const string ReportsReader = "4a5d8f65-41da-4de4-8968-e035b65339cf";
    public const string AuthenticationPolicyAdministrator = "0526716b-113d-4c15-b2c8-68e3c22b9f80";
    public const string AuthenticationAdministrator = "c4e39bd9-1100-46d3-8c65-fb160da0071f";
    public const string PrivilegedAuthenticationAdministrator = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13";
    public const string PrivilegedRoleAdministrator = "e8611ab8-c189-46e8-94e1-60213ab1f814";
    public const string UserAdministrator = "fe930be7-5e62-47db-91af-98c3a49a38b1";
    public const string CloudApplicationAdministrator = "158c047a-c907-4556-b7ef-446551a6b5f7";
    public const string ApplicationAdministrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
    public const string HelpdeskAdministrator = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
    public const string ComplianceAdministrator = "17315797-102d-40b4-93e0-432062caca18";
    public const string DirectoryReaders = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";

    public static readonly IReadOnlyDictionary<string, string> RoleNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [GlobalAdministrator] = "Global Administrator",
        [ExchangeAdministrator] = "Exchange Administrator",
        [ExchangeRecipientAdministrator] = "Exchange Recipient Administrator",
        [SecurityAdministrator] = "Security Administrator",
        [ConditionalAccessAdministrator] = "Conditional Access Administrator",
        [GlobalReader] = "Global Reader",
        [SecurityReader] = "Security Reader",
        [ReportsReader] = "Reports Reader",
        [AuthenticationPolicyAdministrator] = "Authentication Policy Administrator",
        [AuthenticationAdministrator] = "Authentication Administrator",
        [PrivilegedAuthenticationAdministrator] = "Privileged Authentication Administrator",
        [PrivilegedRoleAdministrator] = "Privileged Role Administrator",
        [UserAdministrator] = "User Administrator",
        [CloudApplicationAdministrator] = "Cloud Application Administrator",
        [ApplicationAdministrator] = "Application Administrator",
        [HelpdeskAdministrator] = "Helpdesk Administrator",
        [ComplianceAdministrator] = "Compliance Administrator",
        [DirectoryReaders] = "Directory Readers",
    };

    /// <summary>Service plans that give a mailbox.</summary>
    public static readonly IReadOnlySet<string> MailboxPlans = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "9aaf7827-d63c-4b61-89c3-182f06f82e5c", ExchangePlan2, "e9b4930a-925f-45e2-ac2a-3f7788ca6fdd",
        "8c3069c0-ccdb-44be-ab77-986203a67df2", "4a82b400-a79f-41a4-b4e2-e94f5787b113",
        "88f4d7ef-a73b-4246-8047-516022144c9f", "1126bef5-da20-4f07-b45e-ad25d2581aa8",
        "d42bdbd6-c335-4231-ab3d-c8f348d5aff5", "90927877-dcff-4af6-b346-2332c0b15bb7",
        "fc52cc4b-ed7d-472d-bbe7-b081c23ecc56",
    };

    /// <summary>Application and delegated permissions of Microsoft Graph that can be granted here, with their app-role ids.</summary>
    public static readonly IReadOnlyDictionary<string, string> GraphPermissions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Policy.Read.All"] = "246dd0d5-5bd0-4def-940b-0421030a5b68",
        ["Policy.ReadWrite.SecurityDefaults"] = "1c6e93a6-28e2-4cbb-9f64-1a46a821124d",
        ["Policy.ReadWrite.ConditionalAccess"] = "01c0a623-fc9b-48e9-b794-0756f8e8f067",
        ["Policy.ReadWrite.AuthenticationMethod"] = "29c18626-4985-4dcd-85c0-193eef327366",
        ["Policy.Read.AuthenticationMethod"] = "8e3bc81b-d2f3-4b7b-838c-32c88218d2f0",
        ["Policy.Read.ConditionalAccess"] = "37730810-e9ba-4e46-b07e-8ca78d182097",
        ["User.Read.All"] = "df021288-bdef-4463-88db-98f22de89214",
        ["User.RevokeSessions.All"] = "77f3a031-c388-4f99-b373-dc68676a979e",
        ["User.EnableDisableAccount.All"] = "3011c876-62b7-4ada-afa2-506cbbecc68c",
        ["User.ReadWrite.All"] = "741f803b-c850-494e-b5df-cde7c675a1ca",
        ["Organization.Read.All"] = "498476ce-e0fe-48b0-b801-37ba7e2685c6",
        ["Domain.Read.All"] = "dbb9058a-0e50-45d7-ae91-66909b5d4664",
        ["Domain-InternalFederation.Read.All"] = "c0e5a7b0-e8b7-40a7-b8e0-8249e6ea81d5",
        ["Directory.Read.All"] = "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
        ["AuditLog.Read.All"] = "b0afded3-3588-46d8-8b3d-9842eff778da",
        ["MailboxSettings.Read"] = "40f97065-369a-49f4-947c-6a255697ae91",
        ["RoleManagement.Read.Directory"] = "483bed4a-2ad3-4361-a73b-c83ccdbdc53c",
        ["Application.Read.All"] = "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
        ["AppRoleAssignment.ReadWrite.All"] = "06b708a9-e830-4db3-a914-8e69da51d44f",
        ["Reports.Read.All"] = "230c1aed-a721-4c5d-9cb4-a90514e508ef",
        ["UserAuthenticationMethod.Read.All"] = "38d9df27-64da-44fd-b7c5-a6fbac20248f",
        ["LicenseAssignment.Read.All"] = "e2f98668-2877-4f38-a2f4-8202e0717aa1",
    };

    /// <summary>App roles of Exchange Online. The ids of the last two are not published and invented here.</summary>
    public static readonly IReadOnlyDictionary<string, string> ExchangeAppRoles = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Exchange.ManageAsApp"] = "dc50a0fb-09a3-484d-be87-e023b12c6440",
        ["MailboxSettings.ReadWrite"] = "f9156939-25cd-4ba8-abfe-7fabcf003749",
        ["SMTP.SendAsApp"] = "ffffffff-0000-4000-8000-00005e4da5a9",
        ["Exchange.ManageAsAppV2"] = "ffffffff-0000-4000-8000-000093a9a592",
    };

    /// <summary>Accepts a role's template id or its name.</summary>
    public static string RoleTemplateId(string role) => Guid.TryParse(role, out _)
        ? role
        : RoleNames.FirstOrDefault(known => string.Equals(known.Value, role, StringComparison.OrdinalIgnoreCase)).Key
            ?? throw new ArgumentException($"Expected a built-in role's template id or English name, found '{role}'.", nameof(role));
}
