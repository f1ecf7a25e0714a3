using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Graph;

/// <summary>The requests that an executor may make. Nothing else is ever sent.</summary>
internal static class GraphRequests
{
    private static readonly Form[] Forms =
    [
        new("PATCH", "v1.0", "/policies/identitySecurityDefaultsEnforcementPolicy", "isEnabled"),
        new("POST", "v1.0", "/identity/conditionalAccess/policies"),
        new("PATCH", "v1.0", "/identity/conditionalAccess/policies/*"),
        new("DELETE", "v1.0", "/identity/conditionalAccess/policies/*"),
        new("POST", "v1.0", "/identity/conditionalAccess/namedLocations"),
        new("PATCH", "v1.0", "/identity/conditionalAccess/namedLocations/*"),
        new("DELETE", "v1.0", "/identity/conditionalAccess/namedLocations/*"),
        new("PATCH", "v1.0", "/users/*", "accountEnabled"),
        new("POST", "v1.0", "/users/*/revokeSignInSessions"),
        new("PATCH", "beta", "/users/*/authentication/requirements", "perUserMfaState"),
        new("POST", "v1.0", "/applications"),
        new("DELETE", "v1.0", "/applications/*"),
        new("POST", "v1.0", "/servicePrincipals"),
        new("DELETE", "v1.0", "/servicePrincipals/*"),
        new("POST", "v1.0", "/servicePrincipals/*/appRoleAssignments"),
        new("DELETE", "v1.0", "/servicePrincipals/*/appRoleAssignments/*"),
    ];

    /// <summary>Decides whether the request is one of those that may be made.</summary>
    public static bool IsPermitted(StepAction.GraphRequest request) => Array.Exists(Forms, form => form.Fits(request));

    private sealed record Form(string Method, string Version, string Path, params string[] Members)
    {
        private readonly string[] _segments = Path.Split('/');

        public bool Fits(StepAction.GraphRequest request) => request.Method == Method && request.Version == Version
            && HasPath(request.Path) && (Members.Length == 0 || HasMembers(request.Body));

        private bool HasPath(string path)
        {
            // What a service could read as something else than one object's id is no id.
            if (path.Any(character => character is '?' or '#' or '\\' or ' ' || char.IsControl(character)))
            {
                return false;
            }

            var segments = path.Split('/');
            return segments.Length == _segments.Length && segments.Zip(_segments, (given, wanted) => wanted == "*"
                ? given.Length > 0 && given is not ("." or "..") && given.IndexOf("%2f", StringComparison.OrdinalIgnoreCase) < 0
                : string.Equals(given, wanted, StringComparison.OrdinalIgnoreCase)).All(fits => fits);
        }

        private bool HasMembers(JsonNode? body) => body is JsonObject { Count: > 0 } members
            && members.All(member => Members.Contains(member.Key) || member.Key == "@odata.type");
    }
}
