namespace SmtpAuth.Http;

/// <summary>How patient a connection is.</summary>
internal sealed class ConnectionOptions
{
    private static readonly Random Randomness = new();

    /// <summary>Gets how long one attempt may take. The default is 100 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Gets the time within which attempts are repeated. The default is 2 minutes.</summary>
    public TimeSpan RetryBudget { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets the part of a pause that is waited, above 0 and up to 1, so that many callers do not come back at once.</summary>
    public Func<double> Jitter { get; init; } = DefaultJitter;

    /// <summary>Gives a part between a quarter and the whole.</summary>
    public static double DefaultJitter()
    {
        lock (Randomness)
        {
            return 0.25 + (0.75 * Randomness.NextDouble());
        }
    }
}
