using System.Text.Json.Nodes;

namespace SmtpAuth.Exchange;

/// <summary>The cmdlets that an executor may run, and the parameters each may get. Nothing else is ever sent.</summary>
/// <seealso href="https://learn.microsoft.com/powershell/module/exchangepowershell/"/>
internal static class ExchangeCmdlets
{
    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Set-CASMailbox"] = new("Identity", "SmtpClientAuthenticationDisabled"),
        ["Set-Mailbox"] = new("Identity", "MessageCopyForSMTPClientSubmissionEnabled"),
        ["Set-User"] = new("Identity", "AuthenticationPolicy", "StsRefreshTokensValidFrom"),
        ["Set-TransportConfig"] = new(null, "SmtpClientAuthenticationDisabled", "AllowLegacyTLSClients"),
        ["Set-OrganizationConfig"] = new(
            null, "DefaultAuthenticationPolicy", "RejectDirectSend", "OAuth2ClientProfileEnabled", "SendFromAliasEnabled"),
        ["New-AuthenticationPolicy"] = new("Name", "AllowBasicAuthSmtp"),
        ["Set-AuthenticationPolicy"] = new("Identity", "AllowBasicAuthSmtp"),
        ["Remove-AuthenticationPolicy"] = new("Identity"),
        ["Add-RecipientPermission"] = new("Identity", "Trustee", "AccessRights"),
        ["Remove-RecipientPermission"] = new("Identity", "Trustee", "AccessRights"),
        ["Add-MailboxPermission"] = new("Identity", "User", "AccessRights", "AutoMapping", "InheritanceType"),
        ["Remove-MailboxPermission"] = new("Identity", "User", "AccessRights", "InheritanceType"),
        ["New-ServicePrincipal"] = new("AppId", "ObjectId", "DisplayName"),
        ["Remove-ServicePrincipal"] = new("Identity"),
        ["New-ManagementScope"] = new("Name", "RecipientRestrictionFilter"),
        ["Remove-ManagementScope"] = new("Identity"),
        ["New-ManagementRoleAssignment"] = new("Role", "Name", "App", "CustomResourceScope"),
        ["Remove-ManagementRoleAssignment"] = new("Identity"),
        ["New-InboundConnector"] = new(
            "Name", "SenderDomains", "ConnectorType", "SenderIPAddresses", "TlsSenderCertificateName", "RequireTls", "Enabled",
            "Comment", "RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate"),
        ["Set-InboundConnector"] = new(
            "Identity", "SenderDomains", "ConnectorType", "SenderIPAddresses", "TlsSenderCertificateName", "RequireTls", "Enabled",
            "Comment", "RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate"),
        ["Remove-InboundConnector"] = new("Identity"),
        ["Remove-BlockedSenderAddress"] = new("SenderAddress"),
        ["Enable-OrganizationCustomization"] = new(null),
        ["Add-HVEAppAccess"] = new("Identity", "AppIds"),
        ["Remove-HVEAppAccess"] = new("Identity", "AppIds"),
    };

    /// <summary>Decides whether the call is one of those that may be made.</summary>
    public static bool IsPermitted(string name, JsonObject parameters) => Rules.TryGetValue(name, out var rule)
        && parameters.All(parameter => rule.Parameters.Contains(parameter.Key) || IsConfirm(parameter.Key))
        && (rule.Required is null || parameters.Any(parameter => Same(parameter.Key, rule.Required) && IsSet(parameter.Value)));

    /// <summary>Returns the parameters as they are sent: a cmdlet that would ask a person is told not to.</summary>
    public static JsonObject Complete(string name, JsonObject parameters)
    {
        var copy = (JsonObject)parameters.DeepClone();
        var asks = name.StartsWith("Remove-", StringComparison.OrdinalIgnoreCase) || Same(name, "Add-RecipientPermission");
        if (asks && !copy.Any(parameter => IsConfirm(parameter.Key)))
        {
            copy["Confirm"] = false;
        }

        return copy;
    }

    private static bool IsConfirm(string parameter) => Same(parameter, "Confirm");

    private static bool IsSet(JsonNode? value) => value is not null && !(value is JsonValue single && single.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed class Rule(string? required, params string[] others)
    {
        /// <summary>Gets the parameter that says which object is meant and must not be missing or null.</summary>
        public string? Required => required;

        public HashSet<string> Parameters { get; } = new(required is null ? others : [required, .. others], StringComparer.OrdinalIgnoreCase);
    }
}
