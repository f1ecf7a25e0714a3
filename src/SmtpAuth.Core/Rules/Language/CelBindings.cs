namespace SmtpAuth.Rules.Language;

/// <summary>The values of facts, in a dictionary.</summary>
/// <remarks>Not thread-safe while it is written to.</remarks>
public sealed class CelBindings : ICelBindings
{
    private readonly Dictionary<string, CelValue> _values = new(StringComparer.Ordinal);

    /// <summary>Gets bindings without any value: every fact is unknown.</summary>
    public static ICelBindings Empty { get; } = new CelBindings();

    /// <summary>Sets the value of a fact.</summary>
    /// <param name="name">The declared name.</param>
    /// <param name="value">The value.</param>
    /// <returns>The same bindings.</returns>
    public CelBindings Set(string name, CelValue value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _values[name] = value;
        return this;
    }

    /// <summary>Sets the value of a fact from plain .NET values.</summary>
    /// <param name="name">The declared name.</param>
    /// <param name="value">What <see cref="CelValue.FromObject"/> takes.</param>
    /// <returns>The same bindings.</returns>
    public CelBindings Set(string name, object? value) => Set(name, CelValue.FromObject(value));

    /// <inheritdoc/>
    public bool TryGet(string name, out CelValue value) => _values.TryGetValue(name, out value);
}
