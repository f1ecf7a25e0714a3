using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;
using SmtpAuth.Testing.Tokens;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>Microsoft Graph, v1.0 and beta: who calls, which route, and the headers that every answer has.</summary>
internal sealed class GraphService : HttpService
{
    private readonly GraphContext _context;
    private readonly TokenIssuer _issuer;
    private readonly TimeProvider _timeProvider;
    private readonly GraphBatch _batch;
    private readonly PolicyRoutes _policies;
    private readonly ConditionalAccessRoutes _conditionalAccess;
    private readonly UserRoutes _users;
    private readonly DirectoryRoutes _directory;
    private readonly ApplicationRoutes _applications;
    private readonly ReportRoutes _reports;

    public GraphService(int port, TokenIssuer issuer, GraphContext context, Func<IReadOnlyList<AcceptedMessage>> accepted)
        : base(EmulatedService.Graph, port)
    {
        _context = context;
        _issuer = issuer;
        _timeProvider = context.TimeProvider;
        _batch = new GraphBatch(AnswerInBatch);
        _policies = new PolicyRoutes(context);
        _conditionalAccess = new ConditionalAccessRoutes(context);
        _users = new UserRoutes(context);
        _directory = new DirectoryRoutes(context);
        _applications = new ApplicationRoutes(context);
        _reports = new ReportRoutes(context, accepted);
    }

    public string Authority { get; set; } = string.Empty;

    public override HttpReply Answer(HttpCall call) =>
        call.Segments is ["v1.0" or "beta", "$batch"] ? Finish(call, GraphRequest.NewId(), AnswerBatch) : AnswerOne(call);

    public override string? Caller(HttpCall call) => call.BearerToken is { } token ? _issuer.Read(token)?.Caller : null;

    public override HttpReply Fail(HttpCall call, Fault fault)
    {
        var now = _timeProvider.GetUtcNow();
        return Finish(call, GraphRequest.NewId(), (_, id) => fault.Kind switch
        {
            FaultKind.TooManyRequests or FaultKind.ThrottledText =>
                GraphRequest.Errors(429, "TooManyRequests", "Too many requests.", call, id, now).WithRetryAfter(fault, now),
            FaultKind.GatewayTimeout => FaultReplies.GatewayTimeout(),
            FaultKind.EmptyForbidden => new HttpReply(403),
            FaultKind.Unauthorized => Unauthorized("Access token validation failure.", call, id),
            FaultKind.ClaimsChallenge => FaultReplies.ClaimsChallenge(
                GraphRequest.Errors(
                    401,
                    "InvalidAuthenticationToken",
                    "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
                    call,
                    id,
                    now),
                Authority,
                KnownIds.GraphAppId,
                now),
            FaultKind.Redirect => new HttpReply(302).With("Location", fault.Location?.AbsoluteUri ?? Root),
            _ => GraphRequest.Errors(503, "serviceNotAvailable", "The service is temporarily unavailable. Please try again later.", call, id, now)
                .WithRetryAfter(fault, now),
        });
    }

    private HttpReply AnswerBatch(HttpCall call, string requestId) =>
        Authenticate(call, requestId) is { Refusal: { } refusal } ? refusal : _batch.Answer(call, requestId, _timeProvider.GetUtcNow());

    private HttpReply AnswerOne(HttpCall call) => Finish(call, GraphRequest.NewId(), (current, id) =>
    {
        if (current.Segments is not ["v1.0" or "beta", _, ..])
        {
            return GraphRequest.Errors(400, "BadRequest", "Invalid version.", current, id, _timeProvider.GetUtcNow());
        }

        var (token, refusal) = Authenticate(current, id);
        return refusal ?? Route(new GraphRequest(current, Root, token!, id, _timeProvider.GetUtcNow(), _context.Behavior.GraphStartsWithEmptyPage));
    });

    private (AccessToken? Token, HttpReply? Refusal) Authenticate(HttpCall call, string requestId)
    {
        if (call.BearerToken is not { } text)
        {
            return (null, Unauthorized("Access token is empty.", call, requestId));
        }

        return _issuer.Read(text) switch
        {
            null => (null, Unauthorized("Access token validation failure.", call, requestId)),
            { Audience: not AccessToken.Graph } => (null, Unauthorized("Access token validation failure. Invalid audience.", call, requestId)),
            var token when _issuer.HasExpired(token) =>
                (null, Unauthorized("Lifetime validation failed, the token is expired.", call, requestId)),
            var token => (token, null),
        };
    }

    private HttpReply Unauthorized(string message, HttpCall call, string requestId) =>
        GraphRequest.Errors(401, "InvalidAuthenticationToken", message, call, requestId, _timeProvider.GetUtcNow()).With(
            "WWW-Authenticate",
            $"Bearer realm=\"\", authorization_uri=\"{Authority}/common/oauth2/authorize\", client_id=\"{KnownIds.GraphAppId}\"");

    private HttpReply Route(GraphRequest request) => request.Segments switch
    {
        ["policies", ..] => _policies.Answer(request),
        ["identity", "conditionalAccess", ..] => _conditionalAccess.Answer(request),
        ["users" or "me", ..] => _users.Answer(request),
        ["groups" or "subscribedSkus" or "domains" or "organization" or "roleManagement" or "tenantRelationships", ..] =>
            _directory.Answer(request),
        ["auditLogs" or "reports" or "admin", ..] => _reports.Answer(request),
        [var first, ..] when first.StartsWith("servicePrincipals", StringComparison.Ordinal)
            || first is "applications" or "oauth2PermissionGrants" => _applications.Answer(request),
        [var first, ..] => request.UnknownSegment(first),
        _ => request.UnknownSegment(string.Empty),
    };

    private static HttpReply Finish(HttpCall call, string requestId, Func<HttpCall, string, HttpReply> answer)
    {
        var reply = answer(call, requestId);
        reply.Headers.TryAdd("request-id", requestId);
        reply.Headers.TryAdd("client-request-id", call.Header("client-request-id") ?? requestId);
        reply.Headers.TryAdd(
            "x-ms-ags-diagnostic",
            """{"ServerInfo":{"DataCenter":"West Europe","Slice":"E","Ring":"5","ScaleUnit":"002","RoleInstance":"AM2PEPF0001C711"}}""");
        reply.Headers.TryAdd("OData-Version", "4.0");
        if (reply.Status < 300)
        {
            reply.Headers.TryAdd("x-ms-resource-unit", "1");
        }

        return reply;
    }
}
