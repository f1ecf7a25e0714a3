using System.Text.Json.Nodes;
using SmtpAuth.Testing.Entra;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.ExchangeApi;

/// <summary>Service principals, role assignments of applications and their scopes.</summary>
internal static class ApplicationCmdlets
{
    public static IEnumerable<Cmdlet> All(ExchangeDirectory directory, ApplicationScopes scopes) =>
    [
        new(
            "Get-ServicePrincipal",
            ["Identity"],
            call => new CmdletResult(directory.Read(ObjectKinds.ExchangeServicePrincipals, call.Text("Identity")), [])),
        new("New-ServicePrincipal", ["AppId", "ObjectId", "ServiceId", "DisplayName"], call => NewServicePrincipal(directory, call)),
        new("Remove-ServicePrincipal", ["Identity"], call => directory.Remove(
            call,
            ObjectKinds.ExchangeServicePrincipals,
            directory.One(ObjectKinds.ExchangeServicePrincipals, call.Mandatory("Identity")).Text("ObjectId")!)),
        new(
            "Get-ManagementScope",
            ["Identity"],
            call => new CmdletResult(directory.Read(ObjectKinds.ManagementScopes, call.Text("Identity")), [])),
        new("New-ManagementScope", ["Name", "RecipientRestrictionFilter"], call => NewScope(directory, call)),
        new("Remove-ManagementScope", ["Identity"], call => directory.Remove(
            call, ObjectKinds.ManagementScopes, directory.One(ObjectKinds.ManagementScopes, call.Mandatory("Identity")).Text("Name")!)),
        new("Get-ManagementRoleAssignment", ["Identity", "Role", "RoleAssignee", "App"], call => GetAssignments(directory, call)),
        new(
            "New-ManagementRoleAssignment",
            ["Name", "Role", "App", "CustomResourceScope", "RecipientAdministrativeUnitScope", "User", "SecurityGroup"],
            call => NewAssignment(directory, call)),
        new("Remove-ManagementRoleAssignment", ["Identity"], call => directory.Remove(
            call,
            ObjectKinds.ManagementRoleAssignments,
            directory.One(ObjectKinds.ManagementRoleAssignments, call.Mandatory("Identity")).Text("Name")!)),
        new("Test-ServicePrincipalAuthorization", ["Identity", "Resource"], call => TestAuthorization(directory, scopes, call)),
    ];

    // The object id of the app registration is taken too; that mistake shows only when mail is sent.
    private static CmdletResult NewServicePrincipal(ExchangeDirectory directory, CmdletCall call)
    {
        var appId = call.Mandatory("AppId");
        var objectId = call.Text("ObjectId") ?? call.Mandatory("ServiceId");
        if (directory.State.All(ObjectKinds.ExchangeServicePrincipals).Any(principal => EmulatedState.Same(principal.Text("AppId"), appId)))
        {
            throw CmdletFailure.Exists(appId);
        }

        var created = DefaultObjects.ExchangeServicePrincipal(appId, objectId, call.Text("DisplayName") ?? objectId);
        created["WhenCreatedUTC"] = Times.Seconds(call.Now);
        return directory.Create(call, ObjectKinds.ExchangeServicePrincipals, objectId, created);
    }

    private static CmdletResult NewScope(ExchangeDirectory directory, CmdletCall call)
    {
        directory.NeedCustomization();
        var name = call.Mandatory("Name");
        if (directory.State.Find(ObjectKinds.ManagementScopes, name) is not null)
        {
            throw CmdletFailure.Exists(name);
        }

        return directory.Create(call, ObjectKinds.ManagementScopes, name, new JsonObject
        {
            ["Name"] = name,
            ["Identity"] = name,
            ["ScopeRestrictionType"] = "RecipientScope",
            ["RecipientFilter"] = call.Mandatory("RecipientRestrictionFilter"),
            ["Exclusive"] = false,
        });
    }

    private static CmdletResult GetAssignments(ExchangeDirectory directory, CmdletCall call) => new(
        [
            .. directory.Read(ObjectKinds.ManagementRoleAssignments, call.Text("Identity")).Where(assignment =>
                (call.Text("Role") is not { } role || EmulatedState.Same(assignment.Text("Role"), role))
                && ((call.Text("RoleAssignee") ?? call.Text("App")) is not { } assignee
                    || EmulatedState.Same(assignment.Text("App"), assignee)
                    || EmulatedState.Same(assignment.Text("RoleAssigneeName"), assignee))),
        ],
        []);

    private static CmdletResult NewAssignment(ExchangeDirectory directory, CmdletCall call)
    {
        directory.NeedCustomization();
        var role = call.Mandatory("Role");
        var principal = directory.One(ObjectKinds.ExchangeServicePrincipals, call.Mandatory("App"));
        var scope = call.Text("CustomResourceScope") is { } name
            ? directory.One(ObjectKinds.ManagementScopes, name).Text("Name")
            : null;
        var title = call.Text("Name") ?? $"{role}-{principal.Text("ObjectId")}";
        if (directory.State.Find(ObjectKinds.ManagementRoleAssignments, title) is not null)
        {
            throw CmdletFailure.Exists(title);
        }

        return directory.Create(call, ObjectKinds.ManagementRoleAssignments, title, new JsonObject
        {
            ["Name"] = title,
            ["Identity"] = title,
            ["Role"] = role,
            ["RoleAssigneeName"] = principal.Text("ObjectId"),
            ["RoleAssigneeType"] = "ServicePrincipal",
            ["App"] = principal.Text("ObjectId"),
            ["CustomResourceScope"] = scope,
            ["RecipientWriteScope"] = scope is null ? "Organization" : "CustomRecipientScope",
            ["Enabled"] = true,
        });
    }

    private static CmdletResult TestAuthorization(ExchangeDirectory directory, ApplicationScopes scopes, CmdletCall call)
    {
        var principal = directory.One(ObjectKinds.ExchangeServicePrincipals, call.Mandatory("Identity"));
        var mailbox = call.Text("Resource") is { } resource ? directory.Recipient(resource) : null;
        return new CmdletResult(
            [
                .. directory.State.All(ObjectKinds.ManagementRoleAssignments)
                    .Where(assignment => assignment.Text("App") == principal.Text("ObjectId"))
                    .Select(assignment => new JsonObject
                    {
                        ["RoleName"] = assignment.Text("Role"),
                        ["GrantedPermissions"] = assignment.Text("Role")?.Replace("Application ", string.Empty, StringComparison.Ordinal),
                        ["AllowedResourceScope"] = assignment.Text("CustomResourceScope") ?? "Organization",
                        ["ScopeType"] = assignment.Text("RecipientWriteScope"),
                        ["InScope"] = mailbox is null ? "Not Run"
                            : scopes.Covers(assignment, mailbox.Text("ExternalDirectoryObjectId")!) ? "True" : "False",
                    }),
            ],
            []);
    }
}
