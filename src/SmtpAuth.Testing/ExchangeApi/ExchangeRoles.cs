using SmtpAuth.Testing.Model;
using SmtpAuth.Testing.Tokens;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>Which cmdlets a caller may run, from the directory roles of its token.</summary>
/// <seealso href="https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2"/>
internal static class ExchangeRoles
{
    private static readonly string[] RecipientCmdlets =
    [
        "Set-CASMailbox", "Set-Mailbox", "Set-User", "Add-MailboxPermission", "Remove-MailboxPermission", "Add-RecipientPermission",
        "Remove-RecipientPermission",
    ];

    private static readonly string[] Readers =
    [
        KnownIds.GlobalReader, KnownIds.SecurityReader, KnownIds.SecurityAdministrator, KnownIds.ComplianceAdministrator,
        KnownIds.HelpdeskAdministrator, KnownIds.ExchangeRecipientAdministrator,
    ];

    /// <summary>Tells whether any role of the caller means something to Exchange.</summary>
    public static bool HasSupportedRole(AccessToken token) => IsAdministrator(token) || token.DirectoryRoles.Any(Readers.Contains);

    public static bool Allows(AccessToken token, Cmdlet cmdlet) =>
        IsAdministrator(token)
        || (cmdlet.IsRead && token.DirectoryRoles.Any(Readers.Contains))
        || (RecipientCmdlets.Contains(cmdlet.Name) && token.DirectoryRoles.Contains(KnownIds.ExchangeRecipientAdministrator));

    private static bool IsAdministrator(AccessToken token) =>
        token.DirectoryRoles.Contains(KnownIds.ExchangeAdministrator) || token.DirectoryRoles.Contains(KnownIds.GlobalAdministrator);
}
