namespace SmtpAuth;

/// <summary>A password or access token on its way to a service. Cannot be printed, compared or serialized by accident.</summary>
/// <remarks>
/// <para>A class and not a record, because a record's generated <c>ToString</c> prints every property.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Initializes a new instance of the <see cref="Secret"/> class.</summary>
    /// <param name="value">The secret. Neither trimmed nor validated.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is <see langword="null"/>.</exception>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Returns the secret. Call it in the one line that hands it to the service.</summary>
    /// <returns>The secret itself.</returns>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public override string ToString() => "(secret withheld)";
}
