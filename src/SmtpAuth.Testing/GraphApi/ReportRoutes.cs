using System.Text.Json.Nodes;
using SmtpAuth.Testing.Http;
using SmtpAuth.Testing.Model;

namespace SmtpAuth.Testing.GraphApi;

/// <summary>Sign-in logs, usage reports and message traces.</summary>
internal sealed class ReportRoutes(GraphContext context, Func<IReadOnlyList<AcceptedMessage>> accepted)
{
    private static readonly string[] LogReaders =
    [
        KnownIds.ReportsReader, KnownIds.GlobalReader, KnownIds.SecurityReader, KnownIds.SecurityAdministrator,
    ];

    private readonly SlidingLimit _limit = new(5, TimeSpan.FromSeconds(10), context.TimeProvider);

    public HttpReply Answer(GraphRequest request) => request.Method != "GET" ? request.NotAllowed() : request.Segments switch
    {
        ["auditLogs", "signIns"] => SignIns(request),
        ["auditLogs", "directoryAudits"] => request.Deny(false, LogReaders, ["AuditLog.Read.All"]) ?? request.List("auditLogs/directoryAudits", []),
        ["reports", var report] when report.StartsWith("getEmailAppUsageUserDetail", StringComparison.Ordinal) =>
            request.Deny(false, LogReaders, ["Reports.Read.All"])
            ?? new HttpReply(302) { ContentType = "text/plain" }
                .With("Location", "https://reports.example.invalid/data/v1.0/download?token=invented"),
        ["admin", "exchange", "tracing", "messageTraces"] => request.Deny(false, [], ["ExchangeMessageTrace.Read.All"])
            ?? request.List("admin/exchange/tracing/messageTraces", accepted().SelectMany(Traces), null, 1000, 1000),
        [.., var last] => request.UnknownSegment(last),
        _ => request.UnknownSegment(string.Empty),
    };

    private static IEnumerable<JsonObject> Traces(AcceptedMessage message) => message.Recipients.Select(recipient => new JsonObject
    {
        ["id"] = message.Id,
        ["senderAddress"] = message.Sender,
        ["recipientAddress"] = recipient,
        ["messageId"] = message.MessageId,
        ["receivedDateTime"] = Times.Seconds(message.At),
        ["subject"] = message.Subject,
        ["size"] = message.Size,
        ["status"] = "delivered",
        ["fromIP"] = message.FromIp,
        ["toIP"] = null,
    });

    private HttpReply SignIns(GraphRequest request)
    {
        if (context.Behavior.EnforceGraphLimits && !_limit.TryTake())
        {
            return request.Error(429, "TooManyRequests", "Too many requests.").With("Retry-After", "10");
        }

        if (request.Deny(false, LogReaders, ["AuditLog.Read.All"]) is { } denied)
        {
            return denied;
        }

        if (!context.HasPremium)
        {
            return request.Error(
                403,
                "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                "Neither tenant is B2C or tenant doesn't have premium license");
        }

        var seesPolicies = request.Token.Permissions.Any(permission => permission is "Policy.Read.All" or "Policy.Read.ConditionalAccess");
        return request.List("auditLogs/signIns", context.SignIns.NewestFirst().Select(entry =>
        {
            if (!seesPolicies)
            {
                entry["appliedConditionalAccessPolicies"] = new JsonArray();
            }

            return entry;
        }), null, 1000, 1000);
    }
}
