namespace SmtpAuth.Testing;

/// <summary>One request that a service of the emulated tenant answered. It never holds a token, a secret or a password.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="Service">The service.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query, as received.</param>
/// <param name="Cmdlet">The cmdlet, for Exchange; otherwise <see langword="null"/>.</param>
/// <param name="Body">The request's body, its first 32 Ki characters when it is longer; empty for the token endpoint.</param>
/// <param name="Caller">The user or application of the token, or <see langword="null"/> without a valid one.</param>
/// <param name="Status">The status it was answered with; 0 when the connection was dropped instead.</param>
/// <param name="At">When, in UTC.</param>
public sealed record RecordedRequest(
    EmulatedService Service,
    string Method,
    string Target,
    string? Cmdlet,
    string Body,
    string? Caller,
    int Status,
    DateTimeOffset At);
