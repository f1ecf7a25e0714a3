namespace SmtpAuth.Rules.Language;

/// <summary>A type of the expression language, such as <c>list(map(string, dyn))</c>.</summary>
/// <remarks>Immutable and thread-safe. Equality is structural.</remarks>
public sealed class CelType : IEquatable<CelType>
{
    private const string OptionalName = "optional_type";

    private readonly CelType[] _parameters;

    private CelType(CelTypeKind kind, string name, params CelType[] parameters)
    {
        Kind = kind;
        Name = name;
        _parameters = parameters;
    }

    /// <summary>Gets the type that is decided at evaluation.</summary>
    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");

    /// <summary>Gets the type of <c>null</c>.</summary>
    public static CelType Null { get; } = new(CelTypeKind.Null, "null_type");

    /// <summary>Gets the type of true and false.</summary>
    public static CelType Bool { get; } = new(CelTypeKind.Bool, "bool");

    /// <summary>Gets the type of signed 64-bit integers.</summary>
    public static CelType Int { get; } = new(CelTypeKind.Int, "int");

    /// <summary>Gets the type of unsigned 64-bit integers.</summary>
    public static CelType Uint { get; } = new(CelTypeKind.Uint, "uint");

    /// <summary>Gets the type of IEEE 754 doubles.</summary>
    public static CelType Double { get; } = new(CelTypeKind.Double, "double");

    /// <summary>Gets the type of Unicode text.</summary>
    public static CelType String { get; } = new(CelTypeKind.String, "string");

    /// <summary>Gets the type of octets.</summary>
    public static CelType Bytes { get; } = new(CelTypeKind.Bytes, "bytes");

    /// <summary>Gets the type of moments.</summary>
    public static CelType Timestamp { get; } = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");

    /// <summary>Gets the type of lengths of time.</summary>
    public static CelType Duration { get; } = new(CelTypeKind.Duration, "google.protobuf.Duration");

    /// <summary>Gets the type of types.</summary>
    public static CelType Type { get; } = new(CelTypeKind.Type, "type");

    internal static CelType AnyList { get; } = List(Dyn);

    internal static CelType AnyMap { get; } = Map(Dyn, Dyn);

    internal static CelType AnyOptional { get; } = Optional(Dyn);

    /// <summary>Gets the kind.</summary>
    public CelTypeKind Kind { get; }

    /// <summary>Gets the name without parameters, such as <c>list</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the parameters, such as the element type of a list; empty for most types.</summary>
    public IReadOnlyList<CelType> Parameters => _parameters;

    internal bool IsDyn => Kind == CelTypeKind.Dyn;

    internal bool IsOptional => Kind == CelTypeKind.Opaque && Name == OptionalName;

    /// <summary>Makes the type of lists of <paramref name="element"/>.</summary>
    /// <param name="element">The element type.</param>
    /// <returns>The list type.</returns>
    public static CelType List(CelType element) => new(CelTypeKind.List, "list", Required(element));

    /// <summary>Makes the type of maps from <paramref name="key"/> to <paramref name="value"/>.</summary>
    /// <param name="key">The key type: bool, int, uint, string or dyn.</param>
    /// <param name="value">The value type.</param>
    /// <returns>The map type.</returns>
    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", Required(key), Required(value));

    /// <summary>Makes the type of values of <paramref name="value"/> that may be absent.</summary>
    /// <param name="value">The type of the value where there is one.</param>
    /// <returns>The optional type.</returns>
    public static CelType Optional(CelType value) => new(CelTypeKind.Opaque, OptionalName, Required(value));

    /// <summary>Makes the type of values of <paramref name="value"/> that may also be <c>null</c>.</summary>
    /// <param name="value">The type of the value where it is not <c>null</c>.</param>
    /// <returns>The nullable type; <paramref name="value"/> itself where it can be <c>null</c> already.</returns>
    public static CelType Nullable(CelType value) => Required(value).Kind is CelTypeKind.Nullable or CelTypeKind.Dyn or CelTypeKind.Null
        ? value
        : new(CelTypeKind.Nullable, "nullable", value);

    /// <summary>Makes a named type of the host, known only to the host's functions.</summary>
    /// <param name="name">The name, such as <c>tuple</c>.</param>
    /// <param name="parameters">Its parameters, if any.</param>
    /// <returns>The type.</returns>
    public static CelType Opaque(string name, params CelType[] parameters)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(parameters);
        return new(CelTypeKind.Opaque, name, (CelType[])parameters.Clone());
    }

    /// <summary>Makes a placeholder for use in a function's signature.</summary>
    /// <param name="name">The name, such as <c>T</c>; equal names in one signature stand for one type.</param>
    /// <returns>The placeholder.</returns>
    public static CelType Parameter(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new(CelTypeKind.Parameter, name);
    }

    /// <summary>Reads a type as <see cref="ToString"/> writes it, such as <c>list(map(string, dyn))</c>.</summary>
    /// <param name="text">The text. <c>timestamp</c> and <c>duration</c> are accepted for their long names.</param>
    /// <returns>The type.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">The text is not a type; the message says where and what was expected.</exception>
    public static CelType Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CelTypeReader.Read(text);
    }

    /// <inheritdoc/>
    public bool Equals(CelType? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Kind != other.Kind || Name != other.Name || _parameters.Length != other._parameters.Length)
        {
            return false;
        }

        for (var i = 0; i < _parameters.Length; i++)
        {
            if (!_parameters[i].Equals(other._parameters[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CelType);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        unchecked((StringComparer.Ordinal.GetHashCode(Name) * 31) + _parameters.Length);

    /// <summary>Writes the type as <see cref="Parse"/> reads it.</summary>
    /// <returns>The text, such as <c>map(string, int)</c>.</returns>
    public override string ToString() => _parameters.Length == 0
        ? Kind switch
        {
            CelTypeKind.Timestamp => "timestamp",
            CelTypeKind.Duration => "duration",
            CelTypeKind.Null => "null",
            _ => Name,
        }
        : $"{(IsOptional ? "optional" : Name)}({string.Join(", ", (object[])_parameters)})";

    internal static CelType TypeOf(CelType value) => new(CelTypeKind.Type, "type", value);

    internal CelType WithParameters(CelType[] parameters) => new(Kind, Name, parameters);

    private static CelType Required(CelType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type;
    }
}
