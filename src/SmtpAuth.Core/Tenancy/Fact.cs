namespace SmtpAuth.Tenancy;

/// <summary>One thing we know, or do not know, about the tenant, the user, the mailbox or the client.</summary>
/// <remarks>Immutable and thread-safe as long as nobody changes the lists and maps handed in.</remarks>
public sealed record Fact
{
    private readonly object? _value;

    private Fact(string name, bool isKnown, object? value, string? reason, string source, DateTimeOffset? readAt)
    {
        Name = name;
        IsKnown = isKnown;
        _value = value;
        Reason = reason;
        Source = source;
        ReadAt = readAt;
    }

    /// <summary>Gets the name, such as <c>mailbox.smtpClientAuthenticationDisabled</c>.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the fact is known. A known value may be <see langword="null"/>.</summary>
    public bool IsKnown { get; }

    /// <summary>
    /// Gets the value: <see langword="null"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>,
    /// <see cref="string"/>, <see cref="DateTimeOffset"/>, a list (<see cref="IReadOnlyList{T}"/> of <see cref="object"/>) or
    /// a map (<see cref="IReadOnlyDictionary{TKey, TValue}"/> from <see cref="string"/> to <see cref="object"/>), in which
    /// <see cref="Unread"/> may stand for a part.
    /// </summary>
    /// <exception cref="InvalidOperationException">The fact is unknown.</exception>
    public object? Value => IsKnown
        ? _value
        : throw new InvalidOperationException($"The fact {Name} is unknown: {Reason} Check IsKnown first.");

    /// <summary>Gets why the fact is unknown, one sentence for a person.</summary>
    /// <value><see langword="null"/> means that it is known.</value>
    public string? Reason { get; }

    /// <summary>Gets where the value came from, or would come from: a request, a cmdlet, a file.</summary>
    public string Source { get; }

    /// <summary>Gets when the value was read, in UTC.</summary>
    /// <value><see langword="null"/> means that the time is not known, or that it was not read.</value>
    public DateTimeOffset? ReadAt { get; }

    /// <summary>Makes a known fact.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, of one of the types that <see cref="Value"/> lists.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="readAt">When it was read.</param>
    /// <returns>The fact.</returns>
    public static Fact Known(string name, object? value, string source, DateTimeOffset? readAt) =>
        new(name, true, value, null, source, readAt);

    /// <summary>Makes an unknown fact.</summary>
    /// <param name="name">The name.</param>
    /// <param name="reason">Why, in one sentence for a person.</param>
    /// <param name="source">Where it would come from.</param>
    /// <returns>The fact.</returns>
    public static Fact Unknown(string name, string reason, string source) => new(name, false, null, reason, source, null);

    /// <inheritdoc/>
    public override string ToString() => IsKnown ? $"{Name} = {_value ?? "null"}" : $"{Name} is unknown: {Reason}";
}
