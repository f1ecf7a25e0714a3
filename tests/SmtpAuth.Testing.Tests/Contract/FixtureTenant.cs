using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests.Contract;

/// <summary>A tenant with the objects that the fixtures speak of, under the same ids.</summary>
internal static class FixtureTenant
{
    public const string Copier = "copier01@contoso.com";
    public const string SendingApp = "e2a6c4b8-15d9-4370-8e5b-c3f7d1a90246";
    public const string SendingPrincipal = "91b4d7e0-a2c5-4f68-93d1-7e0b5c8a2f46";
    public const string AdminPrincipal = "c7d9e1f2-0a4b-4c83-b5e6-2f1a9d8c7b60";
    private const string ExchangeAppId = "00000002-0000-0ff1-ce00-000000000000";

    public static async Task<EmulatedTenant> StartAsync(string fixture)
    {
        var tenant = await EmulatedTenant.StartAsync(t => Describe(t, fixture));
        foreach (var policy in Response("graph-ca-policies-list").OfType<JsonObject>())
        {
            tenant.State.Put(ObjectKinds.ConditionalAccessPolicies, policy["id"]!.ToString(), policy);
        }

        // The fixtures give the well-known applications object ids of their own.
        MoveExchangePrincipal(tenant.State);
        tenant.State.Put(ObjectKinds.OAuth2PermissionGrants, "grant", (JsonObject)Response("graph-oauth2permissiongrants")[0]!);
        foreach (var entry in Response("graph-signins-smtp").OfType<JsonObject>().Concat(
            Enumerable.Repeat(0, 300).Select(_ => (JsonObject)Response("graph-signins-smtp")[0]!)))
        {
            tenant.AddSignIn(entry);
        }

        tenant.State.Change(
            ObjectKinds.Mailboxes, tenant.State.User("billing@contoso.com").Id, mailbox => mailbox["GrantSendOnBehalfTo"] = new JsonArray("alex"));
        tenant.State.Put(ObjectKinds.ManagementRoleAssignments, "senders", new JsonObject
        {
            ["Name"] = "senders",
            ["Role"] = "Application SMTP.SendAsApp",
            ["App"] = SendingPrincipal,
            ["CustomResourceScope"] = null,
            ["RecipientWriteScope"] = "Organization",
        });

        if (fixture is "exo-get-casmailbox-truncated")
        {
            tenant.Behavior.ExchangeListLimit = 2;
        }

        return tenant;
    }

    private static JsonArray Response(string fixture) => (JsonArray)Fixtures.Read(fixture)["response"]!["body"]!["value"]!;

    private static void Describe(EmulatedTenantBuilder t, string fixture)
    {
        t.OrganizationSmtpAuthDisabled(true)
            .SecurityDefaults(false)
            .Domain("contoso.com")
            .Domain("corp.contoso.com", DomainFederation.Federated)
            .AuthenticationPolicy("Block Basic Auth", allowBasicAuthSmtp: false)
            .AuthenticationPolicy("Old", allowBasicAuthSmtp: false)
            .WithUser(Copier, u => u.ObjectId("d1a5c9e3-27b8-4f60-94ad-3c8e6b1f7052").Password("not-a-real-password")
                .Alias("copier01@contoso.onmicrosoft.com").SmtpClientAuthenticationDisabled(true))
            .WithUser("billing@contoso.com", u => u.ObjectId("58e0b3c6-9f1d-4a72-b8e4-d6a7c2f50913").SharedMailbox())
            .WithUser("admin@contoso.com", u => u.ObjectId("2e7c8a1f-b6d0-4359-a1f4-86c3e9d5b70a"))
            .WithUser("alex@contoso.com", u =>
            {
                u.ObjectId("af90d4e7-3c52-4b18-a6e9-15d8f7c0b3e2").PerUserMfa("enforced").RegisteredAuthenticator();
                if (fixture == "graph-user-error-404-mailboxnotenabled")
                {
                    u.WithoutMailbox();
                }
            })
            .WithUser("hve-alerts@contoso.com", u => u.HighVolumeEmail())
            .Application(EmulatedTenant.AdminApplicationId, a => a.ServicePrincipalId(AdminPrincipal).Administrator())
            .Application(SendingApp, a =>
            {
                a.ServicePrincipalId(SendingPrincipal);
                if (fixture != "exo-new-serviceprincipal")
                {
                    a.RegisteredInExchange();
                }

                if (fixture != "exo-add-mailboxpermission")
                {
                    a.MayOpen("billing@contoso.com");
                }
            });
        if (fixture != "exo-new-authenticationpolicy" && fixture != "exo-error-400-organization-customization")
        {
            t.AuthenticationPolicy("Allow Basic SMTP", allowBasicAuthSmtp: true);
        }

        if (fixture != "exo-new-inboundconnector")
        {
            t.InboundConnector("Relay from office", "203.0.113.10");
        }
    }

    private static void MoveExchangePrincipal(EmulatedState state)
    {
        const string FixtureId = "0c5f7a91-62d3-4be8-9f14-a8b3d6c2e057";
        var exchange = state.All(ObjectKinds.ServicePrincipals).First(item => item["appId"]!.ToString() == ExchangeAppId);
        var old = exchange["id"]!.ToString();
        exchange["id"] = FixtureId;
        state.Remove(ObjectKinds.ServicePrincipals, old);
        state.Put(ObjectKinds.ServicePrincipals, FixtureId, exchange);
    }
}
