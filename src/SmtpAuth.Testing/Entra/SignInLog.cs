using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Entra;

/// <summary>What Entra writes down about sign-ins over SMTP. Only attempts that reached Entra are here.</summary>
internal sealed class SignInLog(EmulatedBehavior behavior, TimeProvider timeProvider)
{
    private const int MostEntries = 10_000;

    private readonly BoundedLog<JsonObject> _entries = new(MostEntries);

    /// <summary>Returns copies, newest first.</summary>
    public IEnumerable<JsonObject> NewestFirst() => _entries.All().Reverse().Select(entry => entry.Copy());

    public void Clear() => _entries.Clear();

    public void Put(JsonObject entry) => _entries.Add(entry.Copy());

    public void Add(JsonObject? user, string userName, int errorCode, IReadOnlyList<AppliedPolicy> policies)
    {
        var enforced = policies.Where(policy => policy.IsEnforced).ToList();
        _entries.Add(new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString("D"),
            ["createdDateTime"] = Times.Seconds(timeProvider.GetUtcNow()),
            ["userDisplayName"] = user.Text("displayName") ?? userName,
            ["userPrincipalName"] = (user.Text("userPrincipalName") ?? userName).ToLowerInvariant(),
            ["userId"] = user.Text("id") ?? Guid.Empty.ToString("D"),
            ["appId"] = KnownIds.ExchangeAppId,
            ["appDisplayName"] = "Office 365 Exchange Online",
            ["ipAddress"] = behavior.ClientIpAddress,
            ["clientAppUsed"] = "Authenticated SMTP",
            ["correlationId"] = Guid.NewGuid().ToString("D"),
            ["conditionalAccessStatus"] = enforced.Count == 0 ? "notApplied"
                : enforced.Exists(policy => policy.Result == "failure") ? "failure" : "success",
            ["isInteractive"] = true,
            ["riskDetail"] = "none",
            ["riskLevelAggregated"] = "none",
            ["riskLevelDuringSignIn"] = behavior.SignInRisk,
            ["riskState"] = "none",
            ["riskEventTypes"] = new JsonArray(),
            ["riskEventTypes_v2"] = new JsonArray(),
            ["resourceDisplayName"] = "Office 365 Exchange Online",
            ["resourceId"] = KnownIds.ExchangeAppId,
            ["status"] = new JsonObject
            {
                ["errorCode"] = errorCode,
                ["failureReason"] = FailureReason(errorCode),
                ["additionalDetails"] = null,
            },
            ["deviceDetail"] = new JsonObject
            {
                ["deviceId"] = string.Empty,
                ["displayName"] = string.Empty,
                ["operatingSystem"] = string.Empty,
                ["browser"] = string.Empty,
                ["isCompliant"] = false,
                ["isManaged"] = false,
                ["trustType"] = string.Empty,
            },
            ["location"] = new JsonObject
            {
                ["city"] = "Utrecht",
                ["state"] = "Utrecht",
                ["countryOrRegion"] = behavior.ClientCountry,
                ["geoCoordinates"] = new JsonObject { ["altitude"] = null, ["latitude"] = 52.09, ["longitude"] = 5.12 },
            },
            ["appliedConditionalAccessPolicies"] = new JsonArray([.. policies.Select(policy => (JsonNode?)new JsonObject
            {
                ["id"] = policy.Id,
                ["displayName"] = policy.DisplayName,
                ["enforcedGrantControls"] = Json.Array(policy.Controls),
                ["enforcedSessionControls"] = new JsonArray(),
                ["result"] = policy.Result,
            })]),
        });
    }

    private static string FailureReason(int errorCode) => errorCode switch
    {
        0 => "Other.",
        50126 => "Error validating credentials due to invalid username or password.",
        50034 => "The user account does not exist in the directory.",
        50053 => "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
        50055 => "The password is expired.",
        50056 => "Invalid or null password: password does not exist in the directory for this user.",
        50057 => "The user account is disabled.",
        50076 => "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication.",
        50158 => "External security challenge was not satisfied.",
        53000 => "Device is not in required device state: compliant.",
        53001 => "Device is not in required device state: domain joined.",
        53002 => "Application used is not an approved application for Conditional Access.",
        53003 => "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        530035 => "Access has been blocked by security defaults. This is due to the request using legacy auth or being deemed unsafe by security defaults policies.",
        _ => "Other.",
    };
}
