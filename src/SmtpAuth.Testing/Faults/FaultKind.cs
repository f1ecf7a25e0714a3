namespace SmtpAuth.Testing;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>429 with Retry-After in seconds (<see cref="Fault.RetryAfter"/>), as an HTTP date
    /// (<see cref="Fault.RetryAfterAsDate"/>), or without it when there is no <see cref="Fault.RetryAfter"/>.</summary>
    TooManyRequests,

    /// <summary>Exchange's 400 with the text about concurrent requests per tenant; elsewhere like <see cref="TooManyRequests"/>.</summary>
    ThrottledText,

    /// <summary>503 in the service's own error shape, with Retry-After when <see cref="Fault.RetryAfter"/> is given.</summary>
    ServiceUnavailable,

    /// <summary>504 with an HTML page instead of JSON.</summary>
    GatewayTimeout,

    /// <summary>403 without a body.</summary>
    EmptyForbidden,

    /// <summary>401 without a body: the token counts as bad.</summary>
    Unauthorized,

    /// <summary>401 that asks for a token with certain claims (continuous access evaluation).</summary>
    ClaimsChallenge,

    /// <summary>200 with an error object inside (Exchange).</summary>
    EmbeddedError,

    /// <summary>302 to <see cref="Fault.Location"/>, or to the prefix host that Exchange uses when there is none.</summary>
    Redirect,

    /// <summary>The connection drops before the request is carried out.</summary>
    DropBefore,

    /// <summary>The connection drops after the request was carried out, so that the caller does not know.</summary>
    DropAfter,

    /// <summary>The answer comes only after <see cref="Fault.Delay"/>.</summary>
    Slow,

    /// <summary>The reply <see cref="Fault.Reply"/> instead of the server's own (SMTP).</summary>
    Reply,
}
