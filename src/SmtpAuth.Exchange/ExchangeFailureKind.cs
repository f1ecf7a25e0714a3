namespace SmtpAuth.Exchange;

/// <summary>How a cmdlet failed.</summary>
public enum ExchangeFailureKind
{
    /// <summary>The service refused for a reason of its own. Nothing was written.</summary>
    Refused,

    /// <summary>The object does not exist. Nothing was written.</summary>
    NotFound,

    /// <summary>The identity may not do this. Nothing was written.</summary>
    NotPermitted,

    /// <summary>There was no access token, or the service did not take it. Nothing was written.</summary>
    NoToken,

    /// <summary>The service asked to come back later, for longer than we do. Nothing was written.</summary>
    Throttled,

    /// <summary>The service could not be reached. Nothing was written.</summary>
    Unreachable,

    /// <summary>The endpoint does not exist at that address. Nothing was written.</summary>
    NoEndpoint,

    /// <summary>The answer was lost, or says that the service broke. Whether anything was written is for a read to say.</summary>
    AnswerLost,
}
