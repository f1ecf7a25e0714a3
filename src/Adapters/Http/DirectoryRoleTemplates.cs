namespace SmtpAuth.Http;

/// <summary>The template ids of the directory roles that matter here. Names differ by language, ids do not.</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference"/>
internal static class DirectoryRoleTemplates
{
    public const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

    private static readonly Dictionary<string, string> Ids = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Global Administrator"] = GlobalAdministrator,
        ["Exchange Administrator"] = "29232cdf-9323-42fd-ade2-1d097af3e4de",
        ["Exchange Recipient Administrator"] = "31392ffb-586c-42d1-9346-e59415a2cc4e",
        ["Security Administrator"] = "194ae4cb-b126-40b2-bd5b-6091b380977d",
        ["Conditional Access Administrator"] = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
        ["Global Reader"] = "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
        ["Security Reader"] = "5d6b6bb7-de71-4623-b4af-96380a352509",
        ["Reports Reader"] = "4a5d8f65-41da-4de4-8968-e035b65339cf",
        ["Authentication Policy Administrator"] = "0526716b-113d-4c15-b2c8-68e3c22b9f80",
        ["Authentication Administrator"] = "c4e39bd9-1100-46d3-8c65-fb160da0071f",
        ["Privileged Authentication Administrator"] = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
        ["Privileged Role Administrator"] = "e8611ab8-c189-46e8-94e1-60213ab1f814",
        ["User Administrator"] = "fe930be7-5e62-47db-91af-98c3a49a38b1",
        ["Cloud Application Administrator"] = "158c047a-c907-4556-b7ef-446551a6b5f7",
        ["Application Administrator"] = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
        ["Helpdesk Administrator"] = "729827e3-9c14-49f7-bb1b-9608f156bbb8",
    };

    /// <summary>Finds the template id of a role by its English name, or gives <see langword="null"/>.</summary>
    public static string? Find(string name) => Ids.TryGetValue(name, out var id) ? id : null;
}
