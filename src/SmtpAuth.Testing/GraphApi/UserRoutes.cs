using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>Users, their memberships, licences, authentication requirements and methods.</summary>
internal sealed class UserRoutes(GraphContext context)
{
    private static readonly string[] Defaults =
    [
        "id", "businessPhones", "displayName", "givenName", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage",
        "surname", "userPrincipalName",
    ];

    private static readonly string[] ReadUsers = ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];

    private static readonly string[] MfaReaders = [KnownIds.GlobalReader, KnownIds.AuthenticationPolicyAdministrator];

    public HttpReply Answer(GraphRequest request) => request.Segments switch
    {
        ["users"] when request.Method == "GET" => request.Deny(false, [], ReadUsers)
            ?? request.List("users", context.All(ObjectKinds.Users).Select(user => WithMfa(request, user)), Defaults, 100, 999),
        ["users", "delta"] => request.Deny(false, [], ReadUsers) ?? Delta(request),
        ["users", var identity, .. var rest] => OfUser(request, identity, rest),
        ["me", .. var rest] when request.Token.UserPrincipalName is { } caller => OfUser(request, caller, rest),
        ["me", ..] => request.BadRequest("/me request is only valid with delegated authentication flow."),
        _ => request.NotAllowed(),
    };

    private HttpReply OfUser(GraphRequest request, string identity, string[] rest)
    {
        if (Permission(request, rest) is { } denied)
        {
            return denied;
        }

        if (context.FindUser(identity) is not { } user)
        {
            return request.NotFound(identity);
        }

        var id = user.Text("id")!;
        return (request.Method, rest) switch
        {
            ("GET", []) => request.Entity("users", WithMfa(request, user), defaults: Defaults),
            ("PATCH", []) => Patch(request, user, id),
            ("GET", ["licenseDetails"]) => request.List($"users('{id}')/licenseDetails", LicenseDetails(user)),
            ("GET", ["mailboxSettings"]) => MailboxSettings(request, id),
            ("GET", ["transitiveMemberOf" or "memberOf", .. var cast]) => MemberOf(request, id, cast),
            ("GET", ["authentication", "methods"]) => request.List(
                $"users('{id}')/authentication/methods", Items(context.State.Find(ObjectKinds.AuthenticationMethods, id)?["methods"])),
            ("GET", ["authentication", "requirements"]) => Requirements(request, id),
            ("PATCH", ["authentication", "requirements"]) => PatchRequirements(request, id),
            ("POST", ["revokeSignInSessions"]) => GraphRequest.Ok(
                request.WithContext("Edm.Boolean", new JsonObject { ["value"] = true })),
            (_, []) => request.NotAllowed(),
            _ => request.UnknownSegment(rest[^1]),
        };
    }

    private static HttpReply? Permission(GraphRequest request, string[] rest) => (request.Method, rest) switch
    {
        ("PATCH", []) => request.Deny(
            false,
            [KnownIds.UserAdministrator, KnownIds.PrivilegedAuthenticationAdministrator],
            ["User.EnableDisableAccount.All", "User.ReadWrite.All", "Directory.ReadWrite.All"],
            ReadUsers),
        (_, ["licenseDetails"]) => request.Deny(false, [], ["LicenseAssignment.Read.All", .. ReadUsers]),
        (_, ["mailboxSettings"]) => request.Deny(false, [], ["MailboxSettings.Read", "MailboxSettings.ReadWrite"]),
        (_, ["authentication", "methods"]) => request.Deny(
            false,
            [KnownIds.GlobalReader, KnownIds.AuthenticationAdministrator, KnownIds.PrivilegedAuthenticationAdministrator],
            ["UserAuthenticationMethod.Read.All", "UserAuthenticationMethod.ReadWrite.All"]),
        ("PATCH", ["authentication", "requirements"]) => request.Deny(
            true, [KnownIds.AuthenticationPolicyAdministrator], ["Policy.ReadWrite.AuthenticationMethod"]),
        (_, ["authentication", "requirements"]) => request.Deny(true, MfaReaders, ["Policy.Read.All"]),
        (_, ["revokeSignInSessions"]) => request.Deny(
            false,
            [KnownIds.UserAdministrator, KnownIds.HelpdeskAdministrator],
            ["User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All"]),
        _ => request.Deny(false, [], ["User.Read", .. ReadUsers]),
    };

    private static IEnumerable<JsonObject> Items(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];

    private static JsonObject LicenseDetail(JsonNode? license, IReadOnlyList<JsonObject> skus)
    {
        var sku = skus.FirstOrDefault(known => EmulatedState.Same(known.Text("skuId"), license.Text("skuId"))) ?? [];
        return new JsonObject
        {
            ["id"] = StableGuid.From("license", license.Text("skuId") ?? string.Empty),
            ["skuId"] = license.Text("skuId"),
            ["skuPartNumber"] = sku.Text("skuPartNumber"),
            ["servicePlans"] = sku["servicePlans"]?.DeepClone() ?? new JsonArray(),
        };
    }

    private static HttpReply Delta(GraphRequest request) => request.Call.Query.ContainsKey("$deltatoken")
        ? request.Error(410, "resyncRequired", "Resync required. Replace any local items with the server's version.")
            .With("Location", $"{request.Call.Path}?$deltatoken=")
        : request.BadRequest("Change tracking is not emulated.");

    private IEnumerable<JsonObject> LicenseDetails(JsonObject user)
    {
        var skus = context.All(ObjectKinds.SubscribedSkus);
        return Items(user["assignedLicenses"]).Select(license => LicenseDetail(license, skus));
    }

    // Graph answers perUserMfaState for users too, when asked for by name; it is not documented.
    private JsonObject WithMfa(GraphRequest request, JsonObject user)
    {
        if (request.Select?.Contains("perUserMfaState") == true)
        {
            user["perUserMfaState"] = MfaState(user.Text("id")!);
        }

        return user;
    }

    private string MfaState(string id) => context.State.Find(ObjectKinds.AuthenticationRequirements, id).Text("perUserMfaState") ?? "disabled";

    private HttpReply Patch(GraphRequest request, JsonObject user, string id)
    {
        if (request.Body() is not { } body)
        {
            return request.BadRequest("Empty Payload. JSON content expected.", "Request_BadRequest");
        }

        body.Remove("@odata.type");
        if (user.Flag("onPremisesSyncEnabled") == true)
        {
            return request.BadRequest(
                "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
                "Request_BadRequest");
        }

        if (body.FirstOrDefault(member => !user.ContainsKey(member.Key)) is { Key: { } unknown })
        {
            return request.BadRequest($"Invalid property '{unknown}'.", "Request_BadRequest");
        }

        context.State.Change(
            ObjectKinds.Users,
            id,
            stored =>
            {
                foreach (var (name, value) in body)
                {
                    stored[name] = value?.DeepClone();
                }
            },
            GraphContext.Source);
        return GraphRequest.NoContent();
    }

    private HttpReply MailboxSettings(GraphRequest request, string id)
    {
        if (context.State.Find(ObjectKinds.Mailboxes, id) is not { } mailbox)
        {
            return request.Error(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise.");
        }

        var purpose = mailbox.Text("RecipientTypeDetails") switch
        {
            "UserMailbox" => "user",
            "SharedMailbox" => "shared",
            "RoomMailbox" => "room",
            "EquipmentMailbox" => "equipment",
            _ => "others",
        };
        return GraphRequest.Ok(request.WithContext(
            $"users('{id}')/mailboxSettings{(request.Select is { } select ? $"({string.Join(',', select)})" : string.Empty)}",
            new JsonObject { ["userPurpose"] = purpose }));
    }

    private HttpReply MemberOf(GraphRequest request, string id, string[] cast)
    {
        var groups = context.ConditionalAccess.GroupsOf(id)
            .Select(group => context.State.Find(ObjectKinds.Groups, group))
            .OfType<JsonObject>()
            .Select(group => Typed("#microsoft.graph.group", group, "members"));
        var roles = context.ConditionalAccess.RolesOf(id).Select(role => Typed("#microsoft.graph.directoryRole", new JsonObject
        {
            ["id"] = StableGuid.From("directoryRole", role),
            ["displayName"] = KnownIds.RoleNames.GetValueOrDefault(role, role),
            ["roleTemplateId"] = role,
        }));
        return cast switch
        {
            [] => request.List("directoryObjects", groups.Concat(roles), pageSize: 100, largestPage: 999),
            ["microsoft.graph.group"] => request.List("groups", groups, pageSize: 100, largestPage: 999),
            ["microsoft.graph.directoryRole"] => request.List("directoryRoles", roles, pageSize: 100, largestPage: 999),
            _ => request.UnknownSegment(cast[0]),
        };
    }

    private static JsonObject Typed(string type, JsonObject item, string? hidden = null)
    {
        var result = new JsonObject { ["@odata.type"] = type };
        foreach (var (name, value) in item.Where(member => member.Key != hidden))
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }

    private HttpReply Requirements(GraphRequest request, string id) => request.Version == "beta"
        ? GraphRequest.Ok(request.WithContext(
            $"users('{id}')/authentication/requirements/$entity", new JsonObject { ["perUserMfaState"] = SeenMfaState(id) }))
        : request.UnknownSegment("requirements");

    private string SeenMfaState(string id) => context.State.AsSeen(ObjectKinds.AuthenticationRequirements, id, context.Behavior.StaleGraphReads)
        .Text("perUserMfaState") ?? "disabled";

    private HttpReply PatchRequirements(GraphRequest request, string id)
    {
        if (request.Version != "beta")
        {
            return request.UnknownSegment("requirements");
        }

        if (request.Body().Text("perUserMfaState") is not ("disabled" or "enabled" or "enforced"))
        {
            return request.BadRequest("Expected perUserMfaState to be disabled, enabled or enforced.");
        }

        var wanted = request.Body().Text("perUserMfaState");
        var registered = Items(context.State.Find(ObjectKinds.AuthenticationMethods, id)?["methods"])
            .Any(method => method.Text("@odata.type") != "#microsoft.graph.passwordAuthenticationMethod");
        context.State.Put(
            ObjectKinds.AuthenticationRequirements,
            id,
            new JsonObject { ["perUserMfaState"] = wanted == "enabled" && registered ? "enforced" : wanted },
            GraphContext.Source);
        return GraphRequest.NoContent();
    }
}
