using System.Text.Json.Nodes;
using SmtpAuth.Testing.Entra;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>Conditional Access: policies, named locations and the what-if evaluation.</summary>
internal sealed class ConditionalAccessRoutes(GraphContext context)
{
    private const string List = "identity/conditionalAccess/policies";

    private static readonly string[] Readers =
    [
        KnownIds.GlobalReader, KnownIds.SecurityReader, KnownIds.SecurityAdministrator, KnownIds.ConditionalAccessAdministrator,
    ];

    private static readonly string[] Writers = [KnownIds.SecurityAdministrator, KnownIds.ConditionalAccessAdministrator];

    private readonly SlidingLimit _limit = new(1, TimeSpan.FromSeconds(1), context.TimeProvider);

    public HttpReply Answer(GraphRequest request)
    {
        if (context.Behavior.EnforceGraphLimits && !_limit.TryTake())
        {
            return request.Error(429, "TooManyRequests", "Too many requests.");
        }

        return request.Segments switch
        {
            [_, _, "policies"] when request.Method == "GET" => Read(request)
                ?? request.List(List, context.All(ObjectKinds.ConditionalAccessPolicies)),
            [_, _, "policies"] when request.Method == "POST" => Create(request),
            [_, _, "policies", var id] => One(request, id),
            [_, _, "namedLocations"] when request.Method == "GET" => Read(request)
                ?? request.List("identity/conditionalAccess/namedLocations", context.All(ObjectKinds.NamedLocations)),
            [_, _, "namedLocations", var id] when request.Method == "GET" => Read(request)
                ?? (context.Find(ObjectKinds.NamedLocations, id) is { } location
                    ? request.Entity("identity/conditionalAccess/namedLocations", location)
                    : request.NotFound(id)),
            [_, _, "evaluate"] when request.Method == "POST" => WhatIf(request),
            [_, _, "policies" or "namedLocations" or "evaluate", ..] => request.NotAllowed(),
            _ => request.UnknownSegment("conditionalAccess"),
        };
    }

    private static HttpReply? Read(GraphRequest request) => request.Deny(true, Readers, ["Policy.Read.All"]);

    private static HttpReply? Write(GraphRequest request, bool needsApplications)
    {
        string[][] groups = [["Policy.Read.All"], ["Policy.ReadWrite.ConditionalAccess"]];
        return request.Deny(true, Writers, needsApplications ? [.. groups, ["Application.Read.All", "Directory.Read.All"]] : groups);
    }

    private static HttpReply Schema(GraphRequest request) => request.BadRequest(
        "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of ConditionalAccessPolicy type. " +
        "For examples, please see API documentation at https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies?view=graph-rest-1.0.");

    private HttpReply One(GraphRequest request, string id)
    {
        var denied = request.Method switch
        {
            "GET" => Read(request),
            "PATCH" => Write(request, needsApplications: true),
            "DELETE" => Write(request, needsApplications: false),
            _ => request.NotAllowed(),
        };
        if (denied is not null)
        {
            return denied;
        }

        if (request.Method == "GET")
        {
            return context.Find(ObjectKinds.ConditionalAccessPolicies, id) is { } found ? request.Entity(List, found) : request.NotFound(id);
        }

        if (request.Method == "DELETE")
        {
            return context.State.Remove(ObjectKinds.ConditionalAccessPolicies, id, GraphContext.Source)
                ? GraphRequest.NoContent()
                : request.NotFound(id);
        }

        return Change(request, id);
    }

    private HttpReply Create(GraphRequest request)
    {
        if (Write(request, needsApplications: true) is { } denied)
        {
            return denied;
        }

        if (request.Body() is not { } body || !ConditionalAccessSchema.Accepts(body, complete: true))
        {
            return Schema(request);
        }

        if (Conflict(request, body.Text("state")) is { } conflict)
        {
            return conflict;
        }

        var policy = new ConditionalAccessPolicyBuilder().Id(GraphRequest.NewId()).GrantControls().IncludeUsers().IncludeApplications()
            .Build(request.Now);
        foreach (var name in (string[])["id", "createdDateTime", "modifiedDateTime", "templateId"])
        {
            body.Remove(name);
        }

        if (body["grantControls"] is JsonObject)
        {
            policy["grantControls"] = new JsonObject
            {
                ["operator"] = "OR",
                ["builtInControls"] = new JsonArray(),
                ["customAuthenticationFactors"] = new JsonArray(),
                ["termsOfUse"] = new JsonArray(),
                ["authenticationStrength"] = null,
            };
        }

        ConditionalAccessSchema.Merge(policy, body);
        context.State.Put(ObjectKinds.ConditionalAccessPolicies, policy.Text("id")!, policy, GraphContext.Source);
        return request.Entity(List, policy, 201);
    }

    private HttpReply Change(GraphRequest request, string id)
    {
        if (request.Body() is not { } body || !ConditionalAccessSchema.Accepts(body, complete: false))
        {
            return Schema(request);
        }

        if (Conflict(request, body.Text("state")) is { } conflict)
        {
            return conflict;
        }

        body.Remove("id");
        return context.State.Change(
            ObjectKinds.ConditionalAccessPolicies,
            id,
            policy =>
            {
                ConditionalAccessSchema.Merge(policy, body);
                policy["modifiedDateTime"] = Times.Precise(request.Now);
            },
            GraphContext.Source)
                ? GraphRequest.NoContent()
                : request.NotFound(id);
    }

    private HttpReply? Conflict(GraphRequest request, string? state)
    {
        if (!context.HasPremium)
        {
            return request.Error(403, "AccessDenied", "The tenant is not licensed for this feature.");
        }

        return state == "enabled" && context.State.SecurityDefaults
            ? request.BadRequest("Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy.")
            : null;
    }

    private HttpReply WhatIf(GraphRequest request)
    {
        if (request.Deny(true, Readers, ["Policy.Read.ConditionalAccess", "Policy.Read.All"]) is { } denied)
        {
            return denied;
        }

        var body = request.Body();
        if (body?["signInIdentity"].Text("userId") is not { } userId || body["signInConditions"] is not JsonObject given)
        {
            return request.BadRequest("Expected signInIdentity.userId and signInConditions.");
        }

        if (context.FindUser(userId) is not { } user)
        {
            return request.NotFound(userId);
        }

        var conditions = new SignInConditions(
            given.Text("clientAppType") ?? "all",
            body["signInContext"].Texts("includeApplications") is [var appId, ..] ? appId : KnownIds.ExchangeAppId,
            given.Text("ipAddress") ?? string.Empty,
            given.Text("country") ?? string.Empty,
            given.Text("signInRiskLevel") ?? "none",
            given.Text("userRiskLevel") ?? "none");
        var results = new JsonArray();
        foreach (var policy in context.All(ObjectKinds.ConditionalAccessPolicies).Where(policy => policy.Text("state") != "disabled"))
        {
            var applied = context.ConditionalAccess.Evaluate(policy, user, conditions);
            if (applied.Applies || body.Flag("appliedPoliciesOnly") != true)
            {
                policy["policyApplies"] = applied.Applies;
                policy["analysisReasons"] = applied.Reason;
                results.Add((JsonNode)policy);
            }
        }

        return GraphRequest.Ok(request.WithContext("Collection(microsoft.graph.whatIfAnalysisResult)", new JsonObject { ["value"] = results }));
    }
}
