namespace SmtpAuth.Rules.Language;

/// <summary>Stands, in a graph of plain .NET values, for a fact that could not be read.</summary>
/// <remarks>Immutable and thread-safe. See <see cref="CelValue.FromObject"/>.</remarks>
public sealed class UnknownValue
{
    /// <summary>Initializes a new instance of the <see cref="UnknownValue"/> class.</summary>
    /// <param name="name">The name of the fact, such as <c>mailbox.smtpClientAuthenticationDisabled</c>.</param>
    public UnknownValue(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Gets the name of the fact.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => $"unknown {Name}";
}
