using System.Net.Http.Headers;
using System.Text;
using Azure.Core;
using SmtpAuth.Http;

namespace SmtpAuth.Exchange;

/// <summary>Sends calls to the administration endpoint of one tenant: token, headers, redirects, retries.</summary>
internal sealed class ExchangeConnection : IDisposable
{
    private const int MostRedirects = 3;
    private const int MostInFlight = 3;

    private readonly MicrosoftCloud _cloud;
    private readonly string _tenant;
    private readonly string _anchor;
    private readonly string _connectionId = Guid.NewGuid().ToString("D");
    private readonly HttpClient _client;
    private readonly TokenSource _tokens;
    private readonly RetryRules _retries;
    private readonly SemaphoreSlim _inFlight = new(MostInFlight, MostInFlight);

    public ExchangeConnection(MicrosoftCloud cloud, string tenantId, TokenCredential credential, ExchangeOptions options)
    {
        _cloud = cloud;
        _tenant = Uri.EscapeDataString(tenantId);
        _anchor = $"APP:SystemMailbox{{bb558c35-97f1-4cb9-8ff7-d53741dc928c}}@{tenantId}";
        _client = new HttpClient(options.HttpHandler ?? ServiceHandler.Create(cloud), disposeHandler: options.HttpHandler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _tokens = new TokenSource(credential, cloud.ExchangeScope, options.TimeProvider);
        _retries = new RetryRules(
            options.TimeProvider,
            new() { AttemptTimeout = options.AttemptTimeout, RetryBudget = options.RetryBudget, Jitter = options.Jitter ?? ConnectionOptions.DefaultJitter });
    }

    public Uri Address(string version, string endpoint) =>
        new($"{_cloud.Exchange.AbsoluteUri.TrimEnd('/')}/adminapi/{version}/{_tenant}/{endpoint}");

    public bool Accepts(Uri address) => MicrosoftCloud.Accepts(_cloud.Exchange, address);

    public async ValueTask<TokenClaims?> ReadClaimsAsync(CancellationToken cancellationToken) =>
        TokenClaims.Read(await _tokens.GetAsync(null, cancellationToken).ConfigureAwait(false));

    /// <summary>Sets the headers that a cmdlet's request carries, alone or as an item of a batch.</summary>
    public IEnumerable<KeyValuePair<string, string>> CmdletHeaders(string cmdlet) =>
    [
        new("X-CmdletName", cmdlet),
        new("X-AnchorMailbox", _anchor),
        new("X-ResponseFormat", "json"),
        new("X-SerializationLevel", "Partial"),
        new("Prefer", "odata.maxpagesize=1000"),
        new("parameter-based-routing", "true"),
    ];

    public Task<CallResult> PostAsync(
        CallKind kind,
        Uri address,
        IEnumerable<KeyValuePair<string, string>> headers,
        string body,
        CallResult? first,
        CancellationToken cancellationToken) =>
        SendAsync(kind, HttpMethod.Post, address, [.. headers], body, first, cancellationToken);

    public Task<CallResult> GetAsync(Uri address, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        SendAsync(CallKind.Read, HttpMethod.Get, address, [.. headers, new("X-AnchorMailbox", _anchor)], null, null, cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _tokens.Dispose();
        _inFlight.Dispose();
    }

    private async Task<CallResult> SendAsync(
        CallKind kind,
        HttpMethod method,
        Uri address,
        List<KeyValuePair<string, string>> headers,
        string? body,
        CallResult? first,
        CancellationToken cancellationToken)
    {
        await _inFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _retries.RunAsync(
                kind,
                TimeSpan.Zero,
                ExchangeFailure.Judge,
                token => AttemptAsync(method, address, headers, body, token),
                first,
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private async Task<CallResult> AttemptAsync(
        HttpMethod method, Uri address, List<KeyValuePair<string, string>> headers, string? body, CancellationToken cancellationToken)
    {
        try
        {
            string? claims = null;
            for (var redirects = 0; ;)
            {
                var token = await _tokens.GetAsync(claims, cancellationToken).ConfigureAwait(false);
                var reply = await ExchangeAsync(method, address, headers, body, token, cancellationToken).ConfigureAwait(false);
                if (reply.Status == 401 && claims is null && FreshClaims(reply) is { } asked)
                {
                    claims = asked;
                }
                else if (redirects < MostRedirects && Target(reply, address) is { } target)
                {
                    redirects++;
                    address = target;
                }
                else
                {
                    return CallResult.Answered(reply);
                }
            }
        }
        catch (TokenException error)
        {
            return CallResult.Unanswered(error.Message, isNothingSent: true);
        }
        catch (Exception error) when (Lost.Is(error, cancellationToken))
        {
            return Lost.Result(error, address);
        }
    }

    // A 401 with a body is about what the identity may do, and a new token would not change that.
    private string? FreshClaims(ServiceReply reply) =>
        ClaimsChallenge.Read(reply.Header("WWW-Authenticate")) ?? (reply.HasBody ? null : _tokens.FreshClaims());

    private Uri? Target(ServiceReply reply, Uri from) =>
        reply.Status is 301 or 302 or 307 or 308 && Uri.TryCreate(from, reply.Header("Location"), out var target) && Accepts(target)
            ? target
            : null;

    private async Task<ServiceReply> ExchangeAsync(
        HttpMethod method, Uri address, List<KeyValuePair<string, string>> headers, string? body, string token, CancellationToken cancellationToken)
    {
        if (!Accepts(address))
        {
            throw new InvalidOperationException($"A token for {_cloud.Exchange.Authority} is not sent to {address.Authority}.");
        }

        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("client-request-id", Guid.NewGuid().ToString("D"));
        request.Headers.TryAddWithoutValidation("connection-id", _connectionId);
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return await ServiceReply.ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }
}
