using SmtpAuth.Http;
using SmtpAuth.Planning;

namespace SmtpAuth.Graph;

/// <summary>Compares what steps need with what a token says. Only what is certainly missing is said.</summary>
internal static class GraphPermissions
{
    /// <summary>Permissions that contain others, as of 2026-11.</summary>
    private static readonly Dictionary<string, string[]> Wider = new(StringComparer.OrdinalIgnoreCase)
    {
        ["User.Read.All"] = ["User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["User.EnableDisableAccount.All"] = ["User.ReadWrite.All", "Directory.ReadWrite.All"],
        ["User.RevokeSessions.All"] = ["User.ReadWrite.All", "Directory.ReadWrite.All"],
        ["Application.Read.All"] = ["Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["AppRegistration.Create"] = ["Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"],
        ["Application.ReadWrite.OwnedBy"] = ["Application.ReadWrite.All"],
        ["Directory.Read.All"] = ["Directory.ReadWrite.All"],
        ["LicenseAssignment.Read.All"] = ["LicenseAssignment.ReadWrite.All", "Organization.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["Organization.Read.All"] = ["Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
        ["Domain.Read.All"] = ["Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    };

    public static IReadOnlyList<string> FindMissing(TokenClaims claims, IReadOnlyList<PlanStep> steps)
    {
        var missing = new List<string>();
        if ((claims.Scopes ?? claims.Roles) is { } held)
        {
            var kind = claims.Scopes is not null ? "delegated" : "application";
            missing.AddRange(steps.SelectMany(step => step.Permissions).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(permission => !Holds(held, permission))
                .Select(permission => $"The access token for Microsoft Graph lacks the {kind} permission {permission}. Consent to it and get a new token."));
        }

        // An application needs no directory role for Graph, a person does.
        if (claims.Scopes is not null && claims.DirectoryRoles is { Count: > 0 } roles && !roles.Contains(DirectoryRoleTemplates.GlobalAdministrator))
        {
            missing.AddRange(steps.Where(step => step.Roles.Count > 0)
                .Select(step => step.Roles)
                .Where(wanted => wanted.All(role => DirectoryRoleTemplates.Find(role) is { } id && !roles.Contains(id, StringComparer.OrdinalIgnoreCase)))
                .Select(wanted => $"The signed-in user holds none of these directory roles: {string.Join(", ", wanted)}.")
                .Distinct());
        }

        return missing;
    }

    private static bool Holds(IReadOnlyList<string> held, string permission) => held.Contains(permission, StringComparer.OrdinalIgnoreCase)
        || (Wider.TryGetValue(permission, out var wider) && wider.Any(other => held.Contains(other, StringComparer.OrdinalIgnoreCase)));
}
