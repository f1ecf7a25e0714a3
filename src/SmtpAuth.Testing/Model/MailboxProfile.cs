using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Model;

/// <summary>One person or device, and the objects that Entra and Exchange keep for it.</summary>
internal sealed record MailboxProfile(
    string Id,
    string UserPrincipalName,
    string Address,
    string DisplayName,
    IReadOnlyList<string> Aliases,
    string MailboxType,
    bool Enabled,
    bool Licensed,
    bool Synchronized,
    string UserType,
    string? AuthenticationPolicy,
    bool? SmtpClientAuthenticationDisabled)
{
    public const string SkuId = "05e9a617-0261-4cee-bb44-138d3ef5d965";

    private const string Since = "2024-02-19T10:40:58Z";

    private string Name => Address.Split('@')[0];

    private bool HasMailbox => MailboxType.Length > 0 && MailboxType != "MailUser";

    private JsonArray Addresses => Json.Array([$"SMTP:{Address}", .. Aliases.Select(alias => $"smtp:{alias}")]);

    public JsonObject User() => new()
    {
        ["id"] = Id,
        ["businessPhones"] = new JsonArray(),
        ["displayName"] = DisplayName,
        ["givenName"] = null,
        ["jobTitle"] = null,
        ["mail"] = HasMailbox || MailboxType == "MailUser" ? Address : null,
        ["mobilePhone"] = null,
        ["officeLocation"] = null,
        ["preferredLanguage"] = null,
        ["surname"] = null,
        ["userPrincipalName"] = UserPrincipalName,
        ["accountEnabled"] = Enabled,
        ["userType"] = UserType,
        ["onPremisesSyncEnabled"] = Synchronized ? true : null,
        ["onPremisesImmutableId"] = Synchronized ? Convert.ToBase64String(new Guid(Id).ToByteArray()) : null,
        ["passwordPolicies"] = "DisablePasswordExpiration",
        ["lastPasswordChangeDateTime"] = "2024-02-19T10:41:07Z",
        ["createdDateTime"] = "2021-06-14T07:22:11Z",
        ["usageLocation"] = "NL",
        ["proxyAddresses"] = HasMailbox ? Addresses : new JsonArray(),
        ["assignedLicenses"] = Licensed
            ? new JsonArray(new JsonObject { ["disabledPlans"] = new JsonArray(), ["skuId"] = SkuId })
            : new JsonArray(),
        ["assignedPlans"] = Licensed
            ? new JsonArray(
                Plan("exchange", KnownIds.ExchangePlan2, "Enabled"),
                Plan("exchange", "9aaf7827-d63c-4b61-89c3-182f06f82e5c", "Deleted"),
                Plan("exchange", KnownIds.ExchangeFoundation, "Enabled"))
            : new JsonArray(),
    };

    public JsonArray Methods(bool authenticator)
    {
        var methods = new JsonArray(new JsonObject
        {
            ["@odata.type"] = "#microsoft.graph.passwordAuthenticationMethod",
            ["id"] = KnownIds.PasswordMethod,
            ["password"] = null,
            ["createdDateTime"] = "2024-02-19T10:41:07Z",
        });
        if (authenticator)
        {
            methods.Add((JsonNode)new JsonObject
            {
                ["@odata.type"] = "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod",
                ["id"] = StableGuid.From("authenticator", Id),
                ["displayName"] = "Phone",
                ["deviceTag"] = "SoftwareTokenActivated",
                ["phoneAppVersion"] = "6.2407.5108",
                ["createdDateTime"] = null,
            });
        }

        return methods;
    }

    public JsonObject CasMailbox() => new()
    {
        ["Identity"] = Name,
        ["Name"] = Name,
        ["Guid"] = StableGuid.From("exchange", Id),
        ["ExternalDirectoryObjectId"] = Id,
        ["DisplayName"] = DisplayName,
        ["PrimarySmtpAddress"] = Address,
        ["EmailAddresses"] = Addresses,
        ["SmtpClientAuthenticationDisabled"] = SmtpClientAuthenticationDisabled,
        ["ActiveSyncEnabled"] = true,
        ["OWAEnabled"] = true,
        ["PopEnabled"] = false,
        ["ImapEnabled"] = false,
        ["MAPIEnabled"] = true,
        ["EwsEnabled"] = null,
        ["WhenChangedUTC"] = Since,
    };

    public JsonObject Mailbox() => new()
    {
        ["Identity"] = Name,
        ["Name"] = Name,
        ["DisplayName"] = DisplayName,
        ["Guid"] = StableGuid.From("exchange", Id),
        ["ExchangeGuid"] = StableGuid.From("mailbox", Id),
        ["ExternalDirectoryObjectId"] = Id,
        ["UserPrincipalName"] = UserPrincipalName,
        ["PrimarySmtpAddress"] = Address,
        ["EmailAddresses"] = Addresses,
        ["RecipientType"] = "UserMailbox",
        ["RecipientTypeDetails"] = MailboxType,
        ["IsMailboxEnabled"] = true,
        ["AccountDisabled"] = !Enabled,
        ["HiddenFromAddressListsEnabled"] = false,
        ["GrantSendOnBehalfTo"] = new JsonArray(),
        ["MessageCopyForSentAsEnabled"] = false,
        ["MessageCopyForSMTPClientSubmissionEnabled"] = true,
        ["ForwardingSmtpAddress"] = null,
        ["ProhibitSendQuota"] = "99 GB (106,300,440,576 bytes)",
        ["WhenCreatedUTC"] = "2021-06-14T07:25:00Z",
    };

    public JsonObject ExchangeUser() => new()
    {
        ["Identity"] = Name,
        ["Name"] = Name,
        ["Guid"] = StableGuid.From("exchange", Id),
        ["ExternalDirectoryObjectId"] = Id,
        ["UserPrincipalName"] = UserPrincipalName,
        ["RecipientTypeDetails"] = MailboxType.Length == 0 ? "User" : MailboxType,
        ["AuthenticationPolicy"] = AuthenticationPolicy,
        ["StsRefreshTokensValidFrom"] = Since,
        ["AccountDisabled"] = !Enabled,
        ["RemotePowerShellEnabled"] = true,
        ["WhenChangedUTC"] = Since,
    };

    public JsonObject MailUser() => new()
    {
        ["Identity"] = Name,
        ["Name"] = Name,
        ["DisplayName"] = DisplayName,
        ["PrimarySmtpAddress"] = Address,
        ["UserPrincipalName"] = UserPrincipalName,
        ["RecipientType"] = "MailUser",
        ["RecipientTypeDetails"] = "MailUser",
        ["ExternalDirectoryObjectId"] = Id,
        ["#HVEAccount"] = true,
    };

    private static JsonObject Plan(string service, string id, string status) => new()
    {
        ["assignedDateTime"] = Since,
        ["capabilityStatus"] = status,
        ["service"] = service,
        ["servicePlanId"] = id,
    };
}
