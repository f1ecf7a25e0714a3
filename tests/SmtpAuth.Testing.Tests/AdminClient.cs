using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SmtpAuth.Testing.Tests;

/// <summary>Calls Graph and the Exchange administration as a bare HTTP client, with a token of the tenant's.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly EmulatedTenant _tenant;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public AdminClient(EmulatedTenant tenant) => _tenant = tenant;

    public Action<TokenBuilder>? Graph { get; set; }

    public Action<TokenBuilder>? Exchange { get; set; }

    public string Anchor { get; set; } = "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@contoso";

    public void Dispose() => _http.Dispose();

    public Task<HttpAnswer> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, null, token);

    public async Task<HttpAnswer> SendAsync(HttpMethod method, string path, string? body, string? token = null, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_tenant.Graph, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _tenant.IssueToken(TokenAudience.Graph, Graph));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await AnswerAsync(request);
    }

    public Task<HttpAnswer> CmdletAsync(string cmdlet, string parameters = "{}", string query = "", string? prefer = null) => PostExchangeAsync(
        new Uri(_tenant.Exchange, $"/adminapi/beta/{_tenant.TenantId}/InvokeCommand{query}"),
        $$$"""{"CmdletInput":{"CmdletName":"{{{cmdlet}}}","Parameters":{{{parameters}}} } }""",
        prefer);

    public async Task<HttpAnswer> PostExchangeAsync(Uri uri, string body, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tenant.IssueToken(TokenAudience.Exchange, Exchange));
        request.Headers.Add("X-AnchorMailbox", Anchor);
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await AnswerAsync(request);
    }

    private async Task<HttpAnswer> AnswerAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new HttpAnswer(
            (int)response.StatusCode,
            bytes,
            response.Headers.Concat(response.Content.Headers).ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }
}
