using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>Security defaults and the authentication methods policy.</summary>
internal sealed class PolicyRoutes(GraphContext context)
{
    private static readonly string[] Readers =
    [
        KnownIds.GlobalReader, KnownIds.SecurityReader, KnownIds.SecurityAdministrator, KnownIds.ConditionalAccessAdministrator,
    ];

    private static readonly string[] Writers = [KnownIds.SecurityAdministrator, KnownIds.ConditionalAccessAdministrator];

    public HttpReply Answer(GraphRequest request) => request.Segments switch
    {
        ["policies", "identitySecurityDefaultsEnforcementPolicy"] => request.Method switch
        {
            "GET" => Get(request),
            "PATCH" => Patch(request),
            _ => request.NotAllowed(),
        },
        ["policies", "authenticationMethodsPolicy"] when request.Method == "GET" => Methods(request),
        [_, var name, ..] => request.UnknownSegment(name),
        _ => request.UnknownSegment("policies"),
    };

    private HttpReply Get(GraphRequest request) => request.Deny(true, Readers, ["Policy.Read.All"])
        ?? request.Entity(
            "policies/identitySecurityDefaultsEnforcementPolicy", context.All(ObjectKinds.SecurityDefaults) is [var policy, ..] ? policy : []);

    private HttpReply Patch(GraphRequest request)
    {
        if (request.Deny(true, Writers, ["Policy.Read.All"], ["Policy.ReadWrite.SecurityDefaults"]) is { } denied)
        {
            return denied;
        }

        if (request.Body() is not { } body || body["isEnabled"] is not JsonValue value || !value.TryGetValue<bool>(out var enabled))
        {
            return request.BadRequest("Expected a body with the boolean property isEnabled.");
        }

        if (enabled && context.State.All(ObjectKinds.ConditionalAccessPolicies).Any(policy => policy.Text("state") == "enabled"))
        {
            return request.BadRequest(
                "Security Defaults cannot be enabled while Conditional Access policies are enabled. Disable the policies first.");
        }

        context.State.ChangeSingle(ObjectKinds.SecurityDefaults, policy => policy["isEnabled"] = enabled, GraphContext.Source);
        return GraphRequest.NoContent();
    }

    private static HttpReply Methods(GraphRequest request) =>
        request.Deny(true, Readers, ["Policy.Read.AuthenticationMethod", "Policy.Read.All"])
        ?? request.Entity("authenticationMethodsPolicy", new JsonObject
        {
            ["id"] = "authenticationMethodsPolicy",
            ["displayName"] = "Authentication Methods Policy",
            ["policyVersion"] = "1.5",
            ["authenticationMethodConfigurations"] = new JsonArray(),
        });
}
