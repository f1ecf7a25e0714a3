using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.Tokens;

/// <summary>Makes access tokens and reads them back. Only tokens of this very tenant are taken.</summary>
internal sealed class TokenIssuer(string tenantId, EmulatedState state, TimeProvider timeProvider)
{
    private const int MostTokenCharacters = 16_384;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string TenantId => tenantId;

    /// <summary>Tells whether a text names this tenant, by id or by one of its domains.</summary>
    public bool IsTenant(string text) => EmulatedState.Same(text, tenantId)
        || state.All(ObjectKinds.Domains).Any(domain => EmulatedState.Same(domain.Text("id"), text));

    public string Issue(TokenAudience audience, TokenBuilder request)
    {
        var user = request.UserIdentity is null ? null : state.User(request.UserIdentity);
        var now = timeProvider.GetUtcNow();
        var claims = new JsonObject
        {
            ["aud"] = request.AudienceValue ?? AudienceOf(audience),
            ["iss"] = $"https://sts.windows.net/{tenantId}/",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + request.Lifetime).ToUnixTimeSeconds(),
            ["appid"] = request.ApplicationId,
            ["idtyp"] = user is null ? "app" : "user",
            ["oid"] = user?.Id ?? ServicePrincipalId(request.ApplicationId),
            ["tid"] = tenantId,
            ["ver"] = "1.0",
        };
        if (user is not null)
        {
            claims["upn"] = user.UserPrincipalName;
            claims["scp"] = string.Join(' ', request.ScopeValues);
        }
        else if (request.ScopeValues.Count > 0)
        {
            claims["scp"] = string.Join(' ', request.ScopeValues);
        }

        if (request.RoleValues.Count > 0)
        {
            claims["roles"] = Json.Array(request.RoleValues);
        }

        if (request.DirectoryRoleIds.Count > 0)
        {
            claims["wids"] = Json.Array(request.DirectoryRoleIds);
        }

        return Sign(claims);
    }

    /// <summary>Issues what the granted permissions and assigned roles of an application give at this moment.</summary>
    public string IssueGranted(TokenAudience audience, string appId, string? user, TimeSpan lifetime)
    {
        var principal = ServicePrincipalId(appId);
        var resource = ServicePrincipalId(audience == TokenAudience.Graph ? KnownIds.GraphAppId : KnownIds.ExchangeAppId);
        var names = state.Find(ObjectKinds.ServicePrincipals, resource)?["appRoles"] as JsonArray ?? [];
        var granted = state.All(ObjectKinds.AppRoleAssignments)
            .Where(grant => grant.Text("principalId") == principal && grant.Text("resourceId") == resource)
            .Select(grant => names.FirstOrDefault(role => role.Text("id") == grant.Text("appRoleId")).Text("value"))
            .OfType<string>();
        var builder = new TokenBuilder(audience).Application(appId).Roles([.. granted]).DirectoryRoles([.. DirectoryRolesOf(principal)]);
        if (user is not null)
        {
            builder.Scopes([.. granted]).User(user).DirectoryRoles([.. DirectoryRolesOf(state.User(user).Id)]);
        }

        return Issue(audience, builder.ExpiresIn(lifetime));
    }

    /// <summary>Reads a token; null for anything that this tenant did not issue.</summary>
    public AccessToken? Read(string token)
    {
        var parts = token.Length > MostTokenCharacters ? [] : token.Split('.');
        if (parts.Length != 3 || !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(parts[2]), Encoding.ASCII.GetBytes(Signature($"{parts[0]}.{parts[1]}"))))
        {
            return null;
        }

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        return new AccessToken(
            claims.Text("aud")!,
            claims.Text("tid")!,
            claims.Text("appid")!,
            claims.Text("oid")!,
            claims.Text("upn"),
            claims.Texts("roles"),
            claims.Text("scp")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            claims.Texts("wids"),
            DateTimeOffset.FromUnixTimeSeconds((long)claims["iat"]!),
            DateTimeOffset.FromUnixTimeSeconds((long)claims["exp"]!));
    }

    public bool HasExpired(AccessToken token) => timeProvider.GetUtcNow() >= token.Expires;

    private static string AudienceOf(TokenAudience audience) => audience switch
    {
        TokenAudience.Graph => AccessToken.Graph,
        TokenAudience.Exchange => AccessToken.Exchange,
        _ => AccessToken.Outlook,
    };

    private string ServicePrincipalId(string appId) => state.All(ObjectKinds.ServicePrincipals)
        .FirstOrDefault(principal => EmulatedState.Same(principal.Text("appId"), appId)).Text("id")
        ?? StableGuid.From("servicePrincipal", appId);

    private IEnumerable<string> DirectoryRolesOf(string principalId) => state.All(ObjectKinds.RoleAssignments)
        .Where(assignment => assignment.Text("principalId") == principalId)
        .Select(assignment => assignment.Text("roleDefinitionId"))
        .OfType<string>();

    private string Sign(JsonObject claims)
    {
        var header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"HS256"}"""u8);
        var content = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Json.Write(claims)))}";
        return $"{content}.{Signature(content)}";
    }

    private string Signature(string content) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(content)));
}
