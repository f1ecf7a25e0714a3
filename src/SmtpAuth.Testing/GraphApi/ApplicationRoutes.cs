using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>App registrations, enterprise applications and what was granted to them.</summary>
internal sealed class ApplicationRoutes(GraphContext context)
{
    private static readonly string[] ReadApplications =
        ["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];

    private static readonly string[] WriteApplications =
        ["Application.ReadWrite.All", "Application.ReadWrite.OwnedBy", "AppRegistration.Create"];

    public HttpReply Answer(GraphRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["servicePrincipals"]) => Read(request)
            ?? request.List("servicePrincipals", context.All(ObjectKinds.ServicePrincipals), null, 100, 999),
        ("GET", ["applications"]) => Read(request) ?? request.List("applications", context.All(ObjectKinds.Applications), null, 100, 999),
        ("POST", ["applications"]) => CreateApplication(request),
        ("POST", ["servicePrincipals"]) => CreateServicePrincipal(request),
        ("GET", ["oauth2PermissionGrants"]) => request.Deny(false, [], ["Directory.Read.All", "DelegatedPermissionGrant.ReadWrite.All"])
            ?? request.List("oauth2PermissionGrants", context.All(ObjectKinds.OAuth2PermissionGrants)),
        (_, ["servicePrincipals", var id, .. var rest]) => OfServicePrincipal(request, context.Find(ObjectKinds.ServicePrincipals, id), id, rest),
        (_, [var first, .. var rest]) when AppIdOf(first) is { } appId => OfServicePrincipal(
            request,
            context.All(ObjectKinds.ServicePrincipals).FirstOrDefault(item => EmulatedState.Same(item.Text("appId"), appId)),
            appId,
            rest),
        ("GET", ["applications", var id]) => Read(request)
            ?? (context.Find(ObjectKinds.Applications, id) is { } found ? request.Entity("applications", found) : request.NotFound(id)),
        _ => request.NotAllowed(),
    };

    private static HttpReply? Read(GraphRequest request) => request.Deny(false, [], ReadApplications);

    // servicePrincipals(appId='…')
    private static string? AppIdOf(string segment)
    {
        const string Prefix = "servicePrincipals(appId='";
        return segment.StartsWith(Prefix, StringComparison.Ordinal) && segment.EndsWith("')", StringComparison.Ordinal)
            ? segment[Prefix.Length..^2]
            : null;
    }

    private HttpReply OfServicePrincipal(GraphRequest request, JsonObject? principal, string identity, string[] rest)
    {
        var denied = request.Method == "GET"
            ? Read(request)
            : request.Deny(false, [KnownIds.PrivilegedRoleAdministrator], ["AppRoleAssignment.ReadWrite.All"], ReadApplications);
        if (denied is not null)
        {
            return denied;
        }

        if (principal is null)
        {
            return request.NotFound(identity);
        }

        var id = principal.Text("id")!;
        return (request.Method, rest) switch
        {
            ("GET", []) => request.Entity("servicePrincipals", principal),
            ("GET", ["appRoleAssignments"]) => request.List(
                $"servicePrincipals('{id}')/appRoleAssignments",
                context.All(ObjectKinds.AppRoleAssignments).Where(grant => grant.Text("principalId") == id)),
            ("GET", ["appRoleAssignedTo"]) => request.List(
                $"servicePrincipals('{id}')/appRoleAssignedTo",
                context.All(ObjectKinds.AppRoleAssignments).Where(grant => grant.Text("resourceId") == id)),
            ("POST", ["appRoleAssignments"]) => Grant(request, principal),
            ("DELETE", ["appRoleAssignments", var grant]) =>
                context.State.Remove(ObjectKinds.AppRoleAssignments, grant, GraphContext.Source)
                    ? GraphRequest.NoContent()
                    : request.NotFound(grant),
            (_, []) => request.NotAllowed(),
            _ => request.UnknownSegment(rest[0]),
        };
    }

    private HttpReply Grant(GraphRequest request, JsonObject principal)
    {
        var body = request.Body();
        if (body.Text("principalId") is not { } principalId || body.Text("resourceId") is not { } resourceId
            || body.Text("appRoleId") is not { } roleId || principalId != principal.Text("id"))
        {
            return request.BadRequest("Expected principalId, resourceId and appRoleId.", "Request_BadRequest");
        }

        if (context.Find(ObjectKinds.ServicePrincipals, resourceId) is not { } resource)
        {
            return request.NotFound(resourceId);
        }

        if (resource["appRoles"] is not JsonArray roles || roles.All(role => role.Text("id") != roleId))
        {
            return request.BadRequest("Permission being assigned was not found on application", "Request_BadRequest");
        }

        var id = StableGuid.From("appRoleAssignment", principalId + roleId);
        if (context.State.All(ObjectKinds.AppRoleAssignments).Any(grant =>
            grant.Text("principalId") == principalId && grant.Text("resourceId") == resourceId && grant.Text("appRoleId") == roleId))
        {
            return request.BadRequest("Permission being assigned already exists on the object", "Request_BadRequest");
        }

        var created = DefaultObjects.AppRoleAssignment(
            id, principalId, principal.Text("displayName") ?? string.Empty, resourceId, resource.Text("displayName") ?? string.Empty, roleId);
        created["createdDateTime"] = Times.Precise(request.Now);
        context.State.Put(ObjectKinds.AppRoleAssignments, id, created, GraphContext.Source);
        return request.Entity("appRoleAssignments", created, 201);
    }

    private HttpReply CreateApplication(GraphRequest request)
    {
        if (request.Deny(false, [KnownIds.ApplicationAdministrator, KnownIds.CloudApplicationAdministrator], WriteApplications) is { } denied)
        {
            return denied;
        }

        if (request.Body().Text("displayName") is not { } name)
        {
            return request.BadRequest("A value is required for property 'displayName' of resource 'Application'.", "Request_BadRequest");
        }

        var application = DefaultObjects.Application(GraphRequest.NewId(), name);
        application["createdDateTime"] = Times.Seconds(request.Now);
        context.State.Put(ObjectKinds.Applications, application.Text("appId")!, application, GraphContext.Source);
        return request.Entity("applications", application, 201);
    }

    private HttpReply CreateServicePrincipal(GraphRequest request)
    {
        if (request.Deny(false, [KnownIds.ApplicationAdministrator, KnownIds.CloudApplicationAdministrator], WriteApplications) is { } denied)
        {
            return denied;
        }

        var appId = request.Body().Text("appId") ?? string.Empty;
        if (context.State.All(ObjectKinds.Applications).FirstOrDefault(item => item.Text("appId") == appId) is not { } application)
        {
            return request.BadRequest(
                "The appId of the service principal does not reference a valid application object.", "Request_BadRequest");
        }

        if (context.State.All(ObjectKinds.ServicePrincipals).Any(item => item.Text("appId") == appId))
        {
            return request.Error(
                409,
                "Request_MultipleObjectsWithSameKeyValue",
                $"The service principal cannot be created, updated, or restored because the service principal name {appId} is already in use.");
        }

        var principal = DefaultObjects.ServicePrincipal(
            StableGuid.From("servicePrincipal", appId), appId, application.Text("displayName") ?? appId);
        context.State.Put(ObjectKinds.ServicePrincipals, principal.Text("id")!, principal, GraphContext.Source);
        return request.Entity("servicePrincipals", principal, 201);
    }
}
