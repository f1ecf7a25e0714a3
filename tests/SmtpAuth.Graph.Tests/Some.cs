using System.Text.Json.Nodes;
using Azure.Core;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Graph;

internal static class Some
{
    public const string Mailbox = "printer@contoso.example";
    public const string PolicyId = "4f2d8c60-b7e1-4a95-8d3c-0e6a9f5b2174";

    public static readonly Submission Submission = new() { Mailbox = Mailbox };

    public static Task<EmulatedTenant> TenantAsync(Action<EmulatedTenantBuilder>? configure = null) => EmulatedTenant.StartAsync(tenant =>
    {
        tenant.WithUser(Mailbox, user => user.Password("Canary-Pa55word!").PerUserMfa("enforced").MemberOf("Devices"));
        configure?.Invoke(tenant);
    });

    public static GraphConnection Connection(EmulatedTenant tenant, Action<TokenBuilder>? token = null, Action<GraphOptions>? configure = null)
    {
        var options = new GraphOptions { Jitter = () => 0.001 };
        configure?.Invoke(options);
        return new(
            MicrosoftCloud.Parse(tenant.CloudFileJson(), "cloud.json"),
            new FixedToken(tenant.IssueToken(TokenAudience.Graph, token)),
            options);
    }

    public static GraphConnection Connection(Func<HttpRequestMessage, string, HttpResponseMessage> answer, Action<GraphOptions>? configure = null)
    {
        var options = new GraphOptions { HttpHandler = new AnsweringHandler(answer), Jitter = () => 0.001, UseBatches = false };
        configure?.Invoke(options);
        return new(MicrosoftCloud.Global, new FixedToken("canary-token"), options);
    }

    public static StepAction.GraphRequest Patch(string path, string body, string version = "v1.0") => new("PATCH", version, path, JsonNode.Parse(body));

    public static StepAction.GraphRequest SecurityDefaults(bool enabled) =>
        Patch("/policies/identitySecurityDefaultsEnforcementPolicy", enabled ? """{"isEnabled":true}""" : """{"isEnabled":false}""");

    public static PlanStep Step(StepAction action, string[]? permissions = null, string[]? roles = null) => new()
    {
        Id = "s1",
        Operation = "switch-security-defaults-off",
        Target = "the tenant",
        Observes = new Observation { Answer = AnswerNames.SecurityDefaults, Path = "isEnabled" },
        Action = action,
        Scope = StepScope.Organization,
        SecurityCost = 90,
        Permissions = permissions ?? ["Policy.Read.All", "Policy.ReadWrite.SecurityDefaults"],
        Roles = roles ?? ["Conditional Access Administrator", "Security Administrator"],
        PropagationTypical = TimeSpan.FromMinutes(5),
        PropagationMaximum = TimeSpan.FromHours(1),
        Summary = new Dictionary<string, string>(),
        Portal = new Dictionary<string, IReadOnlyList<string>>(),
        PowerShell = "",
    };

    public static HttpResponseMessage Json(int status, string body) =>
        new((System.Net.HttpStatusCode)status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
}

internal sealed class FixedToken(string token) : TokenCredential
{
    public List<string?> Claims { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Claims.Add(requestContext.Claims);
        return new(token, DateTimeOffset.UtcNow.AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}

internal sealed class AnsweringHandler(Func<HttpRequestMessage, string, HttpResponseMessage> answer) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = answer(request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        response.RequestMessage = request;
        return response;
    }
}
