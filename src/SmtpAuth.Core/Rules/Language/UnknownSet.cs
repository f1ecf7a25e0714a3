namespace SmtpAuth.Rules.Language;

/// <summary>The facts on which an unknown result depends.</summary>
/// <remarks>Immutable and thread-safe. Names are distinct and sorted by ordinal.</remarks>
public sealed class UnknownSet
{
    private readonly string[] _names;

    private UnknownSet(string[] sortedNames) => _names = sortedNames;

    /// <summary>Gets the names of the facts, such as <c>mailbox.smtpClientAuthenticationDisabled</c>.</summary>
    public IReadOnlyList<string> Names => _names;

    internal static UnknownSet Unnamed { get; } = new(["(unset)"]);

    /// <summary>Makes a set of one fact.</summary>
    /// <param name="name">The name of the fact.</param>
    /// <returns>The set.</returns>
    public static UnknownSet Of(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new([name]);
    }

    /// <summary>Makes a set of several facts.</summary>
    /// <param name="names">The names; at least one.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">There is no name.</exception>
    public static UnknownSet Of(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var sorted = new SortedSet<string>(names, StringComparer.Ordinal).ToArray();
        return sorted.Length == 0 ? throw new ArgumentException("An unknown names at least one fact.", nameof(names)) : new(sorted);
    }

    /// <summary>Joins two sets.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>A set of the facts of both; one of the two where it holds the other.</returns>
    public UnknownSet Union(UnknownSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Contains(other))
        {
            return this;
        }

        return other.Contains(this) ? other : Of(_names.Concat(other._names));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _names);

    internal static UnknownSet? Union(UnknownSet? left, UnknownSet right) => left is null ? right : left.Union(right);

    private bool Contains(UnknownSet other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other._names.Length > _names.Length)
        {
            return false;
        }

        foreach (var name in other._names)
        {
            if (Array.BinarySearch(_names, name, StringComparer.Ordinal) < 0)
            {
                return false;
            }
        }

        return true;
    }
}
