using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests;

/// <summary>Which policies refuse a client that can show nothing but a password. Each row differs from the first in one thing.</summary>
public sealed class ConditionalAccessTests
{
    public static TheoryData<string, Action<ConditionalAccessPolicyBuilder>, int?> Rows => new()
    {
        { "blocks other clients", p => p.BlockLegacyAuthentication(), 53003 },
        { "is disabled", p => p.BlockLegacyAuthentication().State("disabled"), null },
        { "only reports", p => p.BlockLegacyAuthentication().State("enabledForReportingButNotEnforced"), null },
        { "blocks all client types", p => p.ClientAppTypes("all"), 53003 },
        { "has no client types", p => p.ClientAppTypes(), 53003 },
        { "blocks browsers", p => p.ClientAppTypes("browser"), null },
        { "blocks ActiveSync", p => p.ClientAppTypes("exchangeActiveSync"), null },
        { "asks for mfa", p => p.RequireMfa(), 50076 },
        { "asks for a device or mfa", p => p.GrantControls("compliantDevice", "mfa"), 50076 },
        { "asks for a compliant device", p => p.GrantControls("compliantDevice"), 53000 },
        { "asks for an approved application", p => p.GrantControls("approvedApplication"), 53002 },
        { "has session controls only", p => p.GrantControls(), null },
        { "includes the user", p => p.IncludeUsers(Submission.Printer), 53003 },
        { "includes another user", p => p.IncludeUsers("other@contoso.example"), null },
        { "includes nobody", p => p.IncludeUsers("None"), null },
        { "excludes the user", p => p.ExcludeUsers(Submission.Printer), null },
        { "includes guests", p => p.IncludeUsers("GuestsOrExternalUsers"), null },
        { "includes the user's group", p => p.IncludeUsers().IncludeGroups("Devices"), 53003 },
        { "excludes the user's group", p => p.ExcludeGroups("Devices"), null },
        { "excludes another group", p => p.ExcludeGroups("People"), 53003 },
        { "includes the user's role", p => p.IncludeUsers().IncludeRoles("Reports Reader"), 53003 },
        { "excludes the user's role", p => p.ExcludeRoles("Reports Reader"), null },
        { "covers Office 365", p => p.IncludeApplications("Office365"), 53003 },
        { "covers Exchange", p => p.IncludeApplications("00000002-0000-0ff1-ce00-000000000000"), 53003 },
        { "covers Graph", p => p.IncludeApplications("00000003-0000-0000-c000-000000000000"), null },
        { "excludes Exchange", p => p.ExcludeApplications("00000002-0000-0ff1-ce00-000000000000"), null },
        { "covers all locations but trusted ones", p => p.Locations(["All"], ["AllTrusted"]), null },
        { "covers all locations but a far one", p => p.Locations(["All"], ["Far"]), 53003 },
        { "covers the office", p => p.Locations(["Office"], []), 53003 },
        { "covers a far place", p => p.Locations(["Far"], []), null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_policy_refuses_the_printer_when_it(string what, Action<ConditionalAccessPolicyBuilder> describe, int? code)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t
            .NamedLocation("Office", trusted: true, "203.0.113.0/24")
            .NamedLocation("Far", trusted: false, "198.51.100.0/24")
            .Group("People")
            .WithUser("other@contoso.example")
            .WithUser(Submission.Printer, u => u
                .Password(Submission.Password).SmtpClientAuthenticationDisabled(false).MemberOf("Devices").DirectoryRole("Reports Reader"))
            .ConditionalAccessPolicy(p => describe(p.DisplayName(what))));
        using var admin = new AdminClient(tenant);

        var reply = await Submission.LoginAsync(tenant);
        reply.Should().Be(code is null ? null
            : "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.");
        tenant.SignIns.Select(entry => (int)entry["status"]!["errorCode"]!).Should().Equal(code ?? 0);

        var whatIf = await admin.SendAsync(HttpMethod.Post, "/v1.0/identity/conditionalAccess/evaluate", new JsonObject
        {
            ["signInIdentity"] = new JsonObject { ["userId"] = tenant.State.User(Submission.Printer).Id },
            ["signInContext"] = new JsonObject { ["includeApplications"] = new JsonArray("00000002-0000-0ff1-ce00-000000000000") },
            ["signInConditions"] = new JsonObject { ["clientAppType"] = "other", ["ipAddress"] = "203.0.113.10", ["country"] = "NL" },
            ["appliedPoliciesOnly"] = true,
        }.ToJsonString());
        whatIf.Values.Any(policy => policy!["state"]!.ToString() == "enabled" && policy["grantControls"] is not null).Should().Be(code is not null);
    }
}
