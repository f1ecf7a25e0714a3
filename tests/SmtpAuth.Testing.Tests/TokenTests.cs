using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests;

/// <summary>The token endpoint, over TLS.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task The_administrating_application_gets_tokens_that_the_services_take()
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.AdminClientSecret("t0p"));
        using var admin = new AdminClient(tenant);
        foreach (var scope in new[] { "https://graph.microsoft.com/.default", tenant.Graph + ".default" })
        {
            var token = (await PostAsync(tenant, EmulatedTenant.AdminApplicationId, "t0p", scope)).Json["access_token"]!.ToString();
            (await admin.GetAsync("/v1.0/organization", token)).Status.Should().Be(200);
        }

        Claims((await PostAsync(tenant, EmulatedTenant.AdminApplicationId, "t0p", "https://outlook.office365.com/.default")).Json)["wids"]!.AsArray()
            .Should().NotBeEmpty();
        tenant.Requests.Where(request => request.Service == EmulatedService.Token).Should().OnlyContain(request => request.Body.Length == 0);
    }

    [Theory]
    [InlineData("3b8e5d20-7c41-4f9a-a6d2-91c0e4b7f835", "wrong", "https://graph.microsoft.com/.default", 401, 7000215)]
    [InlineData("3b8e5d20-7c41-4f9a-a6d2-91c0e4b7f835", null, "https://graph.microsoft.com/.default", 401, 7000218)]
    [InlineData("00000000-0000-0000-0000-000000000001", "t0p", "https://graph.microsoft.com/.default", 400, 700016)]
    [InlineData("3b8e5d20-7c41-4f9a-a6d2-91c0e4b7f835", "t0p", "https://example.com/.default", 400, 70011)]
    [InlineData("3b8e5d20-7c41-4f9a-a6d2-91c0e4b7f835", "t0p", "", 400, 70011)]
    public async Task A_bad_request_gets_the_error_of_Entra(string appId, string? secret, string scope, int status, int code)
    {
        await using var tenant = await EmulatedTenant.StartAsync(t => t.AdminClientSecret("t0p"));

        var answer = await PostAsync(tenant, appId, secret, scope);

        answer.Status.Should().Be(status);
        ((int)answer.Json["error_codes"]![0]!).Should().Be(code);
        answer.Json["error_description"]!.ToString().Should().StartWith($"AADSTS{code}: ");
    }

    internal static async Task<IReadOnlyList<string>> RolesAsync(EmulatedTenant tenant, string appId, string secret) =>
        Claims((await PostAsync(tenant, appId, secret, "https://outlook.office365.com/.default")).Json)["roles"] is JsonArray roles
            ? [.. roles.Select(role => role!.ToString())]
            : [];

    private static JsonNode Claims(JsonNode answer) =>
        JsonNode.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(answer["access_token"]!.ToString().Split('.')[1])))!;

    private static async Task<HttpAnswer> PostAsync(EmulatedTenant tenant, string appId, string? secret, string scope)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => Submission.Trusts(tenant, certificate) };
        using var http = new HttpClient(handler);
        var form = new Dictionary<string, string> { ["client_id"] = appId, ["scope"] = scope, ["grant_type"] = "client_credentials" };
        if (secret is not null)
        {
            form["client_secret"] = secret;
        }

        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(new Uri(tenant.Authority, $"/{tenant.TenantId}/oauth2/v2.0/token"), content);
        return new HttpAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), new Dictionary<string, string>());
    }
}
