namespace SmtpAuth.Testing;

/// <summary>Something that goes wrong for some requests. Which ones is decided by the counters and the seed, never by chance.</summary>
/// <remarks>Immutable but for its counter, and thread-safe. One fault belongs to one tenant.</remarks>
public sealed class Fault
{
    private int _matched;

    /// <summary>Initializes a new instance of the <see cref="Fault"/> class.</summary>
    /// <param name="service">The service it hits.</param>
    /// <param name="kind">What goes wrong.</param>
    public Fault(EmulatedService service, FaultKind kind) => (Service, Kind) = (service, kind);

    /// <summary>Gets the service it hits.</summary>
    public EmulatedService Service { get; }

    /// <summary>Gets what goes wrong.</summary>
    public FaultKind Kind { get; }

    /// <summary>Gets the HTTP method it is limited to.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public string? Method { get; init; }

    /// <summary>Gets a part of the path, the cmdlet (Exchange) or the command line's first word (SMTP; <c>CONNECT</c> for the
    /// connection and <c>END-OF-DATA</c> for the end of a message) that it is limited to. Letter case does not matter.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public string? Target { get; init; }

    /// <summary>Gets how many matching requests pass before the first is hit. One that a fault added earlier hits does not
    /// count, so faults on the same target hit one after the other.</summary>
    /// <value>The default is 0.</value>
    public int After { get; init; }

    /// <summary>Gets how many requests are hit.</summary>
    /// <value>The default is 1; <see cref="int.MaxValue"/> for all.</value>
    public int Times { get; init; } = 1;

    /// <summary>Gets the part of the matching requests that is hit, above 0 and up to 1, decided by the tenant's seed.</summary>
    /// <value>The default is 1.</value>
    public double Probability { get; init; } = 1;

    /// <summary>Gets the time in Retry-After.</summary>
    /// <value>The default is <see langword="null"/>: the header is left out.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets a value indicating whether Retry-After is an HTTP date instead of seconds.</summary>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>Gets how late a slow answer comes, by the tenant's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Gets where a redirect points.</summary>
    public Uri? Location { get; init; }

    /// <summary>Gets the SMTP reply, code and text, without the line end.</summary>
    public string? Reply { get; init; }

    /// <summary>Counts one matching request and decides whether it is hit.</summary>
    internal bool Hits(int seed)
    {
        var number = Interlocked.Increment(ref _matched) - 1;
        return number >= After
            && (Times == int.MaxValue || number - After < Times)
            && (Probability >= 1 || Roll(seed, number) < Probability);
    }

    // A small integer hash (splitmix64): the same seed and request number always give the same fraction.
    private static double Roll(int seed, int number)
    {
        unchecked
        {
            var mixed = ((ulong)(uint)seed << 32) + (uint)number + 0x9E3779B97F4A7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            mixed ^= mixed >> 31;
            return (mixed >> 11) * (1.0 / (1UL << 53));
        }
    }
}
