using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>Groups, subscriptions, domains, the organization and directory roles.</summary>
internal sealed class DirectoryRoutes(GraphContext context)
{
    private static readonly string[] ReadDirectory = ["Directory.Read.All", "Directory.ReadWrite.All"];

    public HttpReply Answer(GraphRequest request) => request.Method != "GET" ? request.NotAllowed() : request.Segments switch
    {
        ["subscribedSkus"] => request.Deny(
                false, [], ["LicenseAssignment.Read.All", "Organization.Read.All", "Organization.ReadWrite.All", .. ReadDirectory])
            ?? request.List("subscribedSkus", context.All(ObjectKinds.SubscribedSkus)),
        ["domains"] => ReadDomains(request) ?? request.List("domains", context.All(ObjectKinds.Domains)),
        ["domains", var id] => ReadDomains(request) ?? One(request, ObjectKinds.Domains, "domains", id),
        ["domains", var id, "federationConfiguration"] => Federation(request, id),
        ["organization"] => request.Deny(false, [], ["Organization.Read.All", "Organization.ReadWrite.All", "User.Read", .. ReadDirectory])
            ?? request.List("organization", context.All(ObjectKinds.Organization)),
        ["groups"] => ReadGroups(request) ?? request.List("groups", context.All(ObjectKinds.Groups).Select(WithoutMembers), null, 100, 999),
        ["groups", var id] => ReadGroups(request)
            ?? (context.Find(ObjectKinds.Groups, id) is { } group ? request.Entity("groups", WithoutMembers(group)) : request.NotFound(id)),
        ["groups", var id, "transitiveMembers" or "members", .. var cast] => ReadGroups(request) ?? Members(request, id, cast),
        ["roleManagement", "directory", "roleAssignments"] => ReadRoles(request)
            ?? request.List(RoleContext(request), context.All(ObjectKinds.RoleAssignments).Select(item => Expanded(request, item))),
        ["roleManagement", "directory", "roleDefinitions"] => ReadRoles(request)
            ?? request.List("roleManagement/directory/roleDefinitions", KnownIds.RoleNames.Keys.Select(Definition)),
        ["tenantRelationships", "delegatedAdminRelationships"] => request.Deny(
                false, [KnownIds.GlobalReader], ["DelegatedAdminRelationship.Read.All", "DelegatedAdminRelationship.ReadWrite.All"])
            ?? request.List("tenantRelationships/delegatedAdminRelationships", []),
        ["roleManagement" or "tenantRelationships", .., var last] => request.UnknownSegment(last),
        [.., var last] => request.UnknownSegment(last),
        _ => request.UnknownSegment(string.Empty),
    };

    private static HttpReply? ReadDomains(GraphRequest request) =>
        request.Deny(false, [], ["Domain.Read.All", "Domain.ReadWrite.All", .. ReadDirectory]);

    private static HttpReply? ReadGroups(GraphRequest request) =>
        request.Deny(false, [], ["Group.Read.All", "GroupMember.Read.All", .. ReadDirectory]);

    private static HttpReply? ReadRoles(GraphRequest request) =>
        request.Deny(false, [], ["RoleManagement.Read.Directory", "RoleManagement.Read.All", .. ReadDirectory]);

    private static string RoleContext(GraphRequest request) => "roleManagement/directory/roleAssignments"
        + (request.Call.Query.GetValueOrDefault("$expand") == "roleDefinition" ? "(roleDefinition())" : string.Empty);

    private static JsonObject WithoutMembers(JsonObject group)
    {
        group.Remove("members");
        return group;
    }

    private static JsonObject Expanded(GraphRequest request, JsonObject assignment)
    {
        if (request.Call.Query.GetValueOrDefault("$expand") == "roleDefinition")
        {
            assignment["roleDefinition"] = Definition(assignment.Text("roleDefinitionId") ?? string.Empty);
        }

        return assignment;
    }

    private static JsonObject Definition(string templateId) => new()
    {
        ["id"] = templateId,
        ["description"] = KnownIds.RoleNames.GetValueOrDefault(templateId, templateId),
        ["displayName"] = KnownIds.RoleNames.GetValueOrDefault(templateId, templateId),
        ["isBuiltIn"] = true,
        ["isEnabled"] = true,
        ["resourceScopes"] = Json.Array("/"),
        ["templateId"] = templateId,
        ["version"] = "1",
        ["rolePermissions"] = new JsonArray(),
    };

    private HttpReply One(GraphRequest request, string kind, string name, string id) =>
        context.Find(kind, id) is { } found ? request.Entity(name, found) : request.NotFound(id);

    private HttpReply Federation(GraphRequest request, string id)
    {
        if (request.Deny(false, [KnownIds.GlobalReader], ["Domain-InternalFederation.Read.All", "Domain.Read.All"]) is { } denied)
        {
            return denied;
        }

        if (context.Find(ObjectKinds.Domains, id) is not { } domain)
        {
            return request.NotFound(id);
        }

        return request.List(
            $"domains('{id}')/federationConfiguration",
            domain.Text("authenticationType") != "Federated" ? [] : [new JsonObject
            {
                ["id"] = StableGuid.From("federation", id),
                ["displayName"] = id,
                ["issuerUri"] = $"http://sts.{id}/adfs/services/trust",
                ["activeSignInUri"] = $"https://sts.{id}/adfs/services/trust/2005/usernamemixed",
                ["passiveSignInUri"] = $"https://sts.{id}/adfs/ls/",
                ["preferredAuthenticationProtocol"] = "wsFed",
            }]);
    }

    private HttpReply Members(GraphRequest request, string id, string[] cast)
    {
        if (context.Find(ObjectKinds.Groups, id) is null)
        {
            return request.NotFound(id);
        }

        var members = context.ConditionalAccess.MembersOf(id);
        var users = context.All(ObjectKinds.Users)
            .Where(user => members.Contains(user.Text("id")!))
            .Select(user => new JsonObject
            {
                ["@odata.type"] = "#microsoft.graph.user",
                ["id"] = user.Text("id"),
                ["displayName"] = user.Text("displayName"),
                ["mail"] = user.Text("mail"),
                ["userPrincipalName"] = user.Text("userPrincipalName"),
            });
        return cast is [] or ["microsoft.graph.user"]
            ? request.List("directoryObjects", users, pageSize: 100, largestPage: 999)
            : request.UnknownSegment(cast[0]);
    }
}
