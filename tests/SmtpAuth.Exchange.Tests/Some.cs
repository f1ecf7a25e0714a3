using System.Text.Json.Nodes;
using Azure.Core;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;
using SmtpAuth.Testing;

namespace SmtpAuth.Exchange;

internal static class Some
{
    public const string Mailbox = "printer@contoso.example";

    public static readonly Submission Submission = new() { Mailbox = Mailbox };

    public static Task<EmulatedTenant> TenantAsync(Action<EmulatedTenantBuilder>? configure = null) => EmulatedTenant.StartAsync(tenant =>
    {
        tenant.WithUser(Mailbox, user => user.Password("Canary-Pa55word!"));
        configure?.Invoke(tenant);
    });

    public static ExchangeAdminApiCommands Commands(EmulatedTenant tenant, Action<TokenBuilder>? token = null, Action<ExchangeOptions>? configure = null)
    {
        var options = new ExchangeOptions { Jitter = () => 0.001 };
        configure?.Invoke(options);
        return new(
            MicrosoftCloud.Parse(tenant.CloudFileJson(), "cloud.json"),
            tenant.TenantId,
            new FixedToken(tenant.IssueToken(TokenAudience.Exchange, token)),
            options);
    }

    public static ExchangeAdminApiCommands Commands(Func<HttpRequestMessage, string, HttpResponseMessage> answer, Action<ExchangeOptions>? configure = null)
    {
        var options = new ExchangeOptions { HttpHandler = new AnsweringHandler(answer), Jitter = () => 0.001, UseBatches = false };
        configure?.Invoke(options);
        return new(MicrosoftCloud.Global, EmulatedTenantBuilder.DefaultTenantId, new FixedToken("canary-token"), options);
    }

    public static ExchangeCommand Get(string name, string? identity = null) =>
        new(name, identity is null ? [] : new JsonObject { ["Identity"] = identity });

    public static StepAction.Cmdlet SetMailbox(bool? disabled) => new("Set-CASMailbox", new JsonObject
    {
        ["Identity"] = Mailbox,
        ["SmtpClientAuthenticationDisabled"] = disabled,
    });

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
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        answer(request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
}
