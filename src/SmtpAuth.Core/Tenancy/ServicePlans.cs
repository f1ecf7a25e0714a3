namespace SmtpAuth.Tenancy;

/// <summary>Service plans that matter here, by id, as of 2026-11.</summary>
/// <seealso href="https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference">Product names and service plan identifiers</seealso>
internal static class ServicePlans
{
    private static readonly HashSet<Guid> WithMailbox =
    [
        new("9aaf7827-d63c-4b61-89c3-182f06f82e5c"), // EXCHANGE_S_STANDARD
        new("efb87545-963c-4e0d-99df-69c6916d9eb0"), // EXCHANGE_S_ENTERPRISE
        new("e9b4930a-925f-45e2-ac2a-3f7788ca6fdd"), // EXCHANGE_S_STANDARD_GOV
        new("8c3069c0-ccdb-44be-ab77-986203a67df2"), // EXCHANGE_S_ENTERPRISE_GOV
        new("4a82b400-a79f-41a4-b4e2-e94f5787b113"), // EXCHANGE_S_DESKLESS
        new("88f4d7ef-a73b-4246-8047-516022144c9f"), // EXCHANGE_S_DESKLESS_GOV
        new("1126bef5-da20-4f07-b45e-ad25d2581aa8"), // EXCHANGE_S_ESSENTIALS
        new("d42bdbd6-c335-4231-ab3d-c8f348d5aff5"), // EXCHANGE_L_STANDARD
        new("90927877-dcff-4af6-b346-2332c0b15bb7"), // EXCHANGE_B_STANDARD
        new("fc52cc4b-ed7d-472d-bbe7-b081c23ecc56"), // EXCHANGE_S_STANDARD_MIDMARKET
    ];

    private static readonly HashSet<Guid> WithoutMailbox =
    [
        new("113feb6c-3fe4-4440-bddc-54d774bf0318"), // EXCHANGE_S_FOUNDATION
        new("922ba911-5694-4e99-a794-73aed9bfeec8"), // EXCHANGE_S_FOUNDATION_GOV
        new("176a09a6-7ec5-4039-ac02-b2791c6ba793"), // EXCHANGE_S_ARCHIVE_ADDON
        new("da040e0a-b393-4bea-bb76-928b3fa1cf5a"), // EXCHANGE_S_ARCHIVE
        new("897d51f1-2cfa-4848-9b30-469149f5e68e"), // EXCHANGEONLINE_MULTIGEO
        new("326e2b78-9d27-42c9-8509-46c827743a17"), // EOP_ENTERPRISE
    ];

    private static readonly HashSet<Guid> EntraPremium =
    [
        new("41781fb2-bc02-4b7c-bd55-b576c07bb09d"), // AAD_PREMIUM (P1)
        new("eec0eb4f-6444-4f95-aba0-50c24d67f998"), // AAD_PREMIUM_P2
    ];

    /// <summary>Tells whether an Exchange plan brings a mailbox, <see langword="null"/> for a plan that is not known.</summary>
    public static bool? GivesMailbox(string? planId) => !Guid.TryParse(planId, out var id) ? null
        : WithMailbox.Contains(id) ? true
        : WithoutMailbox.Contains(id) ? false
        : null;

    /// <summary>Tells whether a plan brings Conditional Access and the sign-in log interface.</summary>
    public static bool IsEntraPremium(string? planId) => Guid.TryParse(planId, out var id) && EntraPremium.Contains(id);

    /// <summary>Tells whether a plan or a subscription in this state can be used.</summary>
    public static bool IsUsable(string? capabilityStatus) =>
        string.Equals(capabilityStatus, "Enabled", StringComparison.OrdinalIgnoreCase)
        || string.Equals(capabilityStatus, "Warning", StringComparison.OrdinalIgnoreCase);
}
