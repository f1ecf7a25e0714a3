using System.Globalization;
using CsCheck;

namespace SmtpAuth.Tests;

/// <summary>JSON that no service would send, made of the names and texts that ours do send.</summary>
internal static class RandomJson
{
    private static readonly string[] Words =
    [
        "value", "error", "code", "message", "details", "innererror", "@odata.nextLink", "@adminapi.warnings", "@odata.context",
        "@odata.type", "Count", "id", "Identity", "Name", "PrimarySmtpAddress", "EmailAddresses", "proxyAddresses", "UserPrincipalName",
        "SmtpClientAuthenticationDisabled", "AuthenticationPolicy", "AllowBasicAuthSmtp", "isEnabled", "conditions", "users",
        "includeUsers", "excludeUsers", "includeGroups", "includeGuestsOrExternalUsers", "applications", "includeApplications",
        "applicationFilter", "clientAppTypes", "locations", "includeLocations", "excludeLocations", "platforms", "signInRiskLevels",
        "clientApplications", "grantControls", "builtInControls", "operator", "state", "ipRanges", "cidrAddress", "isTrusted",
        "assignedPlans", "servicePlanId", "capabilityStatus", "perUserMfaState", "authenticationType", "createdDateTime", "status",
        "errorCode", "clientAppUsed", "AppId", "ObjectId", "User", "Trustee", "AccessRights", "Deny", "Role", "SenderIPAddresses",
        "verifiedDomains", "servicePlans", "prepaidUnits", "DomainName", "accountEnabled", "IsPresent", "", "a@b",
    ];

    private static readonly string[] Texts =
    [
        "", "True", "false", "All", "None", "block", "mfa", "OR", "enabled", "printer@contoso.com", "printer", "SMTP:printer@contoso.com", "@", "::1",
        "203.0.113.0/99", "203.0.113.0/-1", "1.2.3.4-::", "/Date(1)/", "/Date()/", "/Date(99999999999999999999)/", "CN=", "CN=a\\", "CN=x,y", "|||",
        "FullAccess", "SMTP", "\u0000", "\uD83D", "\uDE00", "x\ty", "88888888-aaaa-4bbb-8ccc-000000000008", "11111111-aaaa-4bbb-8ccc-000000000001",
    ];

    /// <summary>Gets any value.</summary>
    public static Gen<string> Values { get; } = Value(3);

    /// <summary>Gets an object.</summary>
    public static Gen<string> Objects { get; } = Object(2);

    /// <summary>Gets any value without half surrogate pairs, and not in a wrapper of PowerShell, such as we write ourselves.</summary>
    public static Gen<string> WritableValues { get; } = Values.Where(IsWritable);

    /// <summary>Gets an object without half surrogate pairs.</summary>
    public static Gen<string> WritableObjects { get; } = Objects.Where(IsWritable);

    private static bool IsWritable(string json) =>
        !json.Contains("\\ud", StringComparison.OrdinalIgnoreCase) && !json.Contains("\"value\"", StringComparison.Ordinal);

    private static Gen<string> Value(int depth) => depth == 0
        ? Scalar()
        : Gen.Frequency((3, Scalar()), (2, Object(depth - 1)), (2, Value(depth - 1).Array[0, 3].Select(items => $"[{string.Join(",", items)}]")));

    private static Gen<string> Object(int depth) => Gen.OneOf(Words).Array[0, 5].SelectMany(names =>
        Value(depth).Array[names.Length].Select(values => $"{{{string.Join(",", names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Zip(values, (name, value) => $"{Quote(name)}:{value}"))}}}"));

    private static Gen<string> Scalar() => Gen.OneOf(
        Gen.OneOf("null", "true", "false", "0", "-1", "1.5e300", "123456789012345678901234567890"),
        Gen.OneOf(Texts).Select(Quote),
        Gen.String.Select(Quote),
        Gen.Int.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    // Lone halves of surrogate pairs are kept as escapes: JSON allows them, and reading them throws.
    private static string Quote(string text) => '"' + string.Concat(text.Select(character => character is < ' ' or '"' or '\\' or > '~'
        ? $"\\u{(int)character:x4}"
        : character.ToString())) + '"';
}
