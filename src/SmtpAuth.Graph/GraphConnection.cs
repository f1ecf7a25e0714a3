using System.Text;
using System.Text.Json;
using Azure.Core;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using SmtpAuth.Http;

namespace SmtpAuth.Graph;

/// <summary>One tenant's Microsoft Graph, for a reader and an executor together: tokens, retries and the service's limits.</summary>
/// <remarks>
/// <para>As of 2026-11 Conditional Access takes one request a second from the whole tenant and the sign-in log five in ten
/// seconds; the connection keeps to that by itself.</para>
/// <para>Thread-safe. One for each tenant and identity.</para>
/// </remarks>
/// <seealso href="https://learn.microsoft.com/graph/throttling-limits"/>
public sealed class GraphConnection : IDisposable
{
    private static readonly TimeSpan ConditionalAccessPause = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly TokenSource _tokens;
    private readonly RetryRules _retries;
    private readonly RequestPacing _conditionalAccess;
    private readonly RequestPacing _reports;
    private readonly Uri _graph;

    /// <summary>Initializes a new instance of the <see cref="GraphConnection"/> class. Nothing is sent yet.</summary>
    /// <param name="cloud">The cloud the tenant is in.</param>
    /// <param name="credential">Gives tokens for Microsoft Graph. It is not disposed of.</param>
    /// <param name="options">How the connection behaves, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public GraphConnection(MicrosoftCloud cloud, TokenCredential credential, GraphOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(credential);
        options ??= new();
        _graph = cloud.Graph;
        Time = options.TimeProvider;
        UsesBatches = options.UseBatches;
        _tokens = new TokenSource(credential, cloud.GraphScope, Time);
        _retries = new RetryRules(
            Time,
            new() { AttemptTimeout = options.AttemptTimeout, RetryBudget = options.RetryBudget, Jitter = options.Jitter ?? ConnectionOptions.DefaultJitter });
        _conditionalAccess = new RequestPacing(TimeSpan.FromSeconds(1), Time);
        _reports = new RequestPacing(TimeSpan.FromSeconds(2), Time);

        // Of the SDK's handlers only the one that writes $filter instead of %24filter; retries and redirects are not left to it.
        var handler = options.HttpHandler ?? ServiceHandler.Create(cloud);
        var names = new ParametersNameDecodingHandler { InnerHandler = handler };
        _http = new HttpClient(names, disposeHandler: options.HttpHandler is null) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new GraphServiceClient(_http, new GraphTokens(_tokens, cloud.Graph), Address("v1.0", "").AbsoluteUri);
    }

    internal GraphServiceClient Client { get; }

    internal TimeProvider Time { get; }

    internal bool UsesBatches { get; }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
        _tokens.Dispose();
    }

    internal Uri Address(string version, string path) => new($"{_graph.AbsoluteUri.TrimEnd('/')}/{version}{path}");

    internal bool Accepts(Uri address) => MicrosoftCloud.Accepts(_graph, address);

    internal static RequestInformation Get(Uri address)
    {
        var request = new RequestInformation { HttpMethod = Method.GET, URI = address };
        request.Headers.Add("Accept", "application/json");
        return request;
    }

    internal static RequestInformation Write(Method method, Uri address, string? json)
    {
        var request = new RequestInformation { HttpMethod = method, URI = address };
        request.Headers.Add("Accept", "application/json");

        // Without any content, HttpClient itself would repeat a POST or DELETE whose connection broke.
        request.SetStreamContent(new MemoryStream(Encoding.UTF8.GetBytes(json ?? "")), "application/json");
        return request;
    }

    internal async Task<TokenClaims?> ReadClaimsAsync(CancellationToken cancellationToken) =>
        TokenClaims.Read(await _tokens.GetAsync(null, cancellationToken).ConfigureAwait(false));

    /// <summary>Makes a call.</summary>
    /// <param name="kind">Whether it changes anything.</param>
    /// <param name="create">Makes the request, anew for each attempt.</param>
    /// <param name="first">What a batch already gave for it.</param>
    /// <param name="cancellationToken">Cancels; a write in flight is allowed to finish.</param>
    internal Task<CallResult> SendAsync(CallKind kind, Func<RequestInformation> create, CallResult? first, CancellationToken cancellationToken)
    {
        var path = create().URI.AbsolutePath;
        var isConditionalAccess = path.Contains("/conditionalAccess", StringComparison.OrdinalIgnoreCase);
        var pacing = isConditionalAccess ? _conditionalAccess : path.Contains("/auditLogs/", StringComparison.OrdinalIgnoreCase) ? _reports : null;
        return SendAsync(kind, create, pacing, isConditionalAccess ? ConditionalAccessPause : TimeSpan.Zero, first, cancellationToken);
    }

    /// <summary>Makes a call that carries others.</summary>
    internal Task<CallResult> SendBatchAsync(
        Func<RequestInformation> create, bool hasConditionalAccess, CancellationToken cancellationToken) =>
        SendAsync(CallKind.Read, create, hasConditionalAccess ? _conditionalAccess : null, TimeSpan.Zero, null, cancellationToken);

    private Task<CallResult> SendAsync(
        CallKind kind, Func<RequestInformation> create, RequestPacing? pacing, TimeSpan pause, CallResult? first, CancellationToken cancellationToken) =>
        _retries.RunAsync(
            kind,
            pause,
            ReplyVerdicts.OfStatus,
            async token =>
            {
                if (pacing is not null)
                {
                    await pacing.WaitAsync(token).ConfigureAwait(false);
                }

                return await AttemptAsync(create(), token).ConfigureAwait(false);
            },
            first,
            cancellationToken);

    // The one place in which everything the SDK may throw becomes a result.
    private async Task<CallResult> AttemptAsync(RequestInformation request, CancellationToken cancellationToken)
    {
        // The answer is taken as it is: models turn values they do not know into null, and an error page in HTML into an
        // exception without a status.
        var native = new NativeResponseHandler();
        request.AddRequestOptions([new ResponseHandlerOption { ResponseHandler = native }]);
        try
        {
            await Client.RequestAdapter.SendPrimitiveAsync<Stream>(request, null, cancellationToken).ConfigureAwait(false);
            using var response = (HttpResponseMessage)native.Value!;
            return CallResult.Answered(await ServiceReply.ReadAsync(response, cancellationToken).ConfigureAwait(false));
        }
        catch (TokenException error)
        {
            return CallResult.Unanswered(error.Message, isNothingSent: true);
        }
        catch (Exception error) when (Lost.Is(error, cancellationToken))
        {
            return Lost.Result(error, _graph);
        }
        catch (ApiException error)
        {
            return CallResult.Unanswered(OneLine.Sentence(error.Message), isNothingSent: false);
        }
    }
}
