namespace SmtpAuth.Exchange;

/// <summary>What is known about what an identity may do in Exchange Online.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ExchangePermissions
{
    /// <summary>Gets the cmdlets the identity may run.</summary>
    /// <value><see langword="null"/> (the default) means that it is not known.</value>
    public IReadOnlyCollection<string>? Cmdlets { get; init; }

    /// <summary>Gets what is certainly missing for any cmdlet at all, one sentence each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
