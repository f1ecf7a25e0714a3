using System.Security.Cryptography;
using SmtpAuth.Testing;

namespace SmtpAuth.Cli.Commands;

/// <summary>The tenant of the demo: a printer whose mailbox cannot send, because three gates are closed one behind the other.</summary>
internal static class DemoTenant
{
    public const string Mailbox = "printer@contoso.example";
    public const string Recipient = "office@contoso.example";

    public static string NewPassword() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    public static void Describe(EmulatedTenantBuilder tenant, string password) => tenant
        .OrganizationSmtpAuthDisabled(true)
        .WithUser(Mailbox, printer => printer
            .DisplayName("Printer, second floor")
            .Password(password)
            .SmtpClientAuthenticationDisabled(null)
            .PerUserMfa("enforced"))
        .WithUser(Recipient, office => office.DisplayName("Office"))
        .ConditionalAccessPolicy(policy => policy.BlockLegacyAuthentication());
}
