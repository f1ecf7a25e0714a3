using SmtpAuth.Http;

namespace SmtpAuth.Exchange;

/// <summary>The one place in which an answer that is no success gets its kind, its sentence and its advice.</summary>
internal static class ExchangeFailure
{
    private const string RoleAdvice =
        "Give the identity a role: Global Reader for reading, Exchange Recipient Administrator for mailboxes, Exchange Administrator "
        + "for the organization; for an application on its service principal. It takes effect after minutes to an hour.";

    private const string TokenAdvice =
        "Check that the token is for Exchange Online and this tenant, and that an application has the permission Exchange.ManageAsApp.";

    /// <summary>Judges an answer, also by its text: throttling comes as 400 too, and a broken service as 200.</summary>
    public static ReplyVerdict Judge(ServiceReply reply) => ExchangeError.Of(reply) switch
    {
        { IsThrottling: true } => ReplyVerdict.NotTaken,
        { IsNotFound: true } => ReplyVerdict.Final,
        { IsTransient: true } => ReplyVerdict.Broken,
        { } error when reply.IsSuccess && IsInternal(error) => ReplyVerdict.Broken,
        _ => ReplyVerdicts.OfStatus(reply),
    };

    /// <summary>Explains a result that is no success, or gives <see langword="null"/> for one that is.</summary>
    public static ExchangeResult.Failed? Of(ExchangeCommand command, CallResult result)
    {
        if (result.Reply is not { } reply)
        {
            return new(result.IsNothingSent ? ExchangeFailureKind.Unreachable : ExchangeFailureKind.AnswerLost, result.Lost!);
        }

        var error = ExchangeError.Of(reply);
        if (reply.IsSuccess && error is null)
        {
            return reply.Status == 204 || reply.Json is not null || !command.IsRead
                ? null
                : new(ExchangeFailureKind.AnswerLost, $"{command.Name} was answered with something that is not JSON.");
        }

        return error is null ? OfStatus(command, reply) : OfError(command, reply, error);
    }

    private static ExchangeResult.Failed OfError(ExchangeCommand command, ServiceReply reply, ExchangeError error)
    {
        if (error.IsNotFound || (reply.Status == 404 && Same(error.Code, "NotFound")))
        {
            return new(ExchangeFailureKind.NotFound, $"{command.Name}: {error.Text}");
        }

        if (reply.Status == 429 || error.IsThrottling)
        {
            return new(ExchangeFailureKind.Throttled, $"Exchange Online throttled {command.Name} for too long: {error.Text} Try again later.");
        }

        if (reply.Status is 401 or 403 || Same(error.Code, "Unauthorized") || Same(error.Code, "Forbidden"))
        {
            return new(ExchangeFailureKind.NotPermitted, $"{command.Name} is not permitted: {error.Text} {RoleAdvice}");
        }

        if (error.Text.Contains("Enable-OrganizationCustomization", StringComparison.OrdinalIgnoreCase))
        {
            return new(
                ExchangeFailureKind.Refused,
                $"{command.Name} was refused: the organization has to be prepared for changes once. Run Enable-OrganizationCustomization and try again.");
        }

        // An error of the service itself, also inside a 200, does not tell how far it got.
        var isBroken = reply.Status is 408 or >= 500 || error.IsTransient
            || (reply.IsSuccess && IsInternal(error));
        return isBroken
            ? new(ExchangeFailureKind.AnswerLost, $"Exchange Online failed at {command.Name} ({reply.Status}): {error.Text} Try again later.")
            : new(ExchangeFailureKind.Refused, $"{command.Name} was refused: {error.Text}");
    }

    private static ExchangeResult.Failed OfStatus(ExchangeCommand command, ServiceReply reply) => reply.Status switch
    {
        401 => new(ExchangeFailureKind.NoToken, $"Exchange Online did not take the access token for {command.Name} (401). {TokenAdvice}"),
        403 => new(
            ExchangeFailureKind.NotPermitted, $"{command.Name} is not permitted (403): the identity has no role in Exchange Online. {RoleAdvice}"),
        404 or 405 or 410 or 501 => new(
            ExchangeFailureKind.NoEndpoint,
            $"There is no Exchange administration endpoint at this address ({reply.Status}). Check the cloud and the tenant."),
        429 => new(ExchangeFailureKind.Throttled, $"Exchange Online throttled {command.Name} for too long (429). Try again later."),
        >= 300 and < 400 => new(
            ExchangeFailureKind.NoEndpoint,
            $"Exchange Online sent {command.Name} to another address ({reply.Status}, {OneLine.Of(reply.Header("Location"), 150)}), "
            + "which is not followed: it is outside the cloud's own hosts, or the way goes in circles."),
        408 or >= 500 => new(ExchangeFailureKind.AnswerLost, $"Exchange Online failed at {command.Name} ({reply.Status}). Try again later."),
        _ => new(ExchangeFailureKind.Refused, $"{command.Name} was refused with status {reply.Status} and no reason."),
    };

    private static bool IsInternal(ExchangeError error) => error.Code.Contains("InternalServerError", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
