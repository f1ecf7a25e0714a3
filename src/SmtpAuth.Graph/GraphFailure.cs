using SmtpAuth.Http;

namespace SmtpAuth.Graph;

/// <summary>The one place in which an answer of Microsoft Graph that is no success gets its sentence and its advice.</summary>
internal static class GraphFailure
{
    /// <summary>Says why something could not be read, or gives <see langword="null"/> where it could.</summary>
    /// <param name="result">What became of the call.</param>
    /// <param name="permission">The permission that it takes.</param>
    public static string? OfRead(CallResult result, string permission)
    {
        if (result.Reply is not { } reply)
        {
            return result.Lost;
        }

        if (reply.IsSuccess)
        {
            return reply.Json is null ? "Microsoft Graph answered with something that is not JSON. Check the cloud and what is between here and it." : null;
        }

        var error = GraphError.Of(reply);
        return reply.Status switch
        {
            403 when NeedsPremium(error) => "The tenant has no Microsoft Entra ID P1, which this takes. Without it the sign-in log is in the portal only.",
            403 => $"Microsoft Graph does not let this identity read it (403). It takes the permission {permission}: consent to it and get a new token. {error}",
            404 => $"Microsoft Graph does not have it (404). {error}",
            _ => OfStatus(reply, error),
        };
    }

    /// <summary>Says why a change was refused, or whether that is not certain; for a success gives <see langword="null"/>.</summary>
    public static Execution.StepOutcome? OfWrite(CallResult result)
    {
        if (result.Reply is not { } reply)
        {
            return result.IsNothingSent ? new Execution.StepOutcome.Refused(result.Lost!) : new Execution.StepOutcome.Uncertain(result.Lost!);
        }

        var error = GraphError.Of(reply);
        return reply.Status switch
        {
            >= 200 and < 300 => null,
            403 when NeedsPremium(error) => new Execution.StepOutcome.Refused($"The tenant has no Microsoft Entra ID P1, which this change takes. {error}"),
            403 => new Execution.StepOutcome.Refused($"Microsoft Graph does not let this identity make the change (403). {error}", MissingPermission: true),
            408 or >= 500 => new Execution.StepOutcome.Uncertain(OfStatus(reply, error)),
            404 => new Execution.StepOutcome.Refused($"Microsoft Graph does not have the object to change (404). {error}"),
            _ => new Execution.StepOutcome.Refused(OfStatus(reply, error)),
        };
    }

    private static bool NeedsPremium(GraphError error) => error.Is("Authentication_RequestFromNonPremiumTenantOrB2CTenant")
        || error.Message.Contains("premium license", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("AADPremium", StringComparison.OrdinalIgnoreCase);

    private static string OfStatus(ServiceReply reply, GraphError error) => reply.Status switch
    {
        401 => $"Microsoft Graph did not take the access token (401). Get one for this cloud and tenant. {error}",
        429 => $"Microsoft Graph throttled the call for too long (429). Try again later. {error}",
        408 or >= 500 => $"Microsoft Graph failed ({reply.Status}). Try again later. {error}",
        >= 300 and < 400 => $"Microsoft Graph sent the call to another address ({reply.Status}), which is not followed. Check the cloud.",
        _ => $"Microsoft Graph refused the call ({reply.Status}). {error}",
    };
}
