using System.Runtime.CompilerServices;

namespace SmtpAuth.Rules.Language;

/// <summary>A value of the expression language. Scalars are held without boxing.</summary>
/// <remarks>
/// <para>Immutable and thread-safe. The default value is unknown, so a forgotten value never passes for an answer.</para>
/// <para>Equality is that of the language: <c>1 == 1u == 1.0</c>, lists and maps by content, NaN unequal to itself except
/// through <see cref="object.Equals(object)"/> of the same bits. Unknown values and errors are equal by what they name.</para>
/// </remarks>
public readonly struct CelValue : IEquatable<CelValue>
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _nanos;
    private readonly CelKind _kind;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CelValue(CelKind kind, object? reference, long bits = 0, int nanos = 0)
    {
        _kind = kind;
        _reference = reference;
        _bits = bits;
        _nanos = nanos;
    }

    /// <summary>Gets the value <c>null</c>.</summary>
    public static CelValue Null => new(CelKind.Null, null);

    /// <summary>Gets the value <c>true</c>.</summary>
    public static CelValue True => new(CelKind.Bool, null, 1);

    /// <summary>Gets the value <c>false</c>.</summary>
    public static CelValue False => new(CelKind.Bool, null, 0);

    /// <summary>Gets what the value holds.</summary>
    public CelKind Kind => _kind;

    /// <summary>Gets a value indicating whether the value is unknown.</summary>
    public bool IsUnknown => _kind == CelKind.Unknown;

    /// <summary>Gets a value indicating whether the value is an error.</summary>
    public bool IsError => _kind == CelKind.Error;

    /// <summary>Gets a value indicating whether the value is known and <c>true</c>.</summary>
    public bool IsTrue => _kind == CelKind.Bool && _bits != 0;

    /// <summary>Gets a value indicating whether the value is known and <c>false</c>.</summary>
    public bool IsFalse => _kind == CelKind.Bool && _bits == 0;

    internal object? Reference => _reference;

    internal long Bits => _bits;

    internal int Nanos => _nanos;

    internal bool BoolBits => _bits != 0;

    internal ulong UintBits => unchecked((ulong)_bits);

    internal double DoubleBits => BitConverter.Int64BitsToDouble(_bits);

    internal string StringReference => Unsafe.As<string>(_reference)!;

    internal CelList ListReference => Unsafe.As<CelList>(_reference)!;

    internal CelMap MapReference => Unsafe.As<CelMap>(_reference)!;

    internal bool IsAbnormal => _kind <= CelKind.Error;

    /// <summary>Compares as the language does.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    /// <returns><see langword="true"/> when they are equal.</returns>
    public static bool operator ==(CelValue left, CelValue right) => left.Equals(right);

    /// <summary>Compares as the language does.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    /// <returns><see langword="true"/> when they are unequal.</returns>
    public static bool operator !=(CelValue left, CelValue right) => !left.Equals(right);

    /// <summary>Makes a bool.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value.</returns>
    public static CelValue From(bool value) => new(CelKind.Bool, null, value ? 1 : 0);

    /// <summary>Makes an int.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value.</returns>
    public static CelValue From(long value) => new(CelKind.Int, null, value);

    /// <summary>Makes a uint.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value.</returns>
    public static CelValue From(ulong value) => new(CelKind.Uint, null, unchecked((long)value));

    /// <summary>Makes a double.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The value.</returns>
    public static CelValue From(double value) => new(CelKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Makes a string.</summary>
    /// <param name="value">The text; <see langword="null"/> makes the value <c>null</c>.</param>
    /// <returns>The value.</returns>
    public static CelValue From(string? value) => value is null ? Null : new(CelKind.String, value);

    /// <summary>Makes a bytes value.</summary>
    /// <param name="value">The octets, which the caller no longer changes; <see langword="null"/> makes the value <c>null</c>.</param>
    /// <returns>The value.</returns>
    public static CelValue From(byte[]? value) => value is null ? Null : new(CelKind.Bytes, value);

    /// <summary>Makes a timestamp.</summary>
    /// <param name="value">The moment, of any offset.</param>
    /// <returns>The value.</returns>
    public static CelValue From(DateTimeOffset value) => CelTime.FromDateTimeOffset(value);

    /// <summary>Makes a duration.</summary>
    /// <param name="value">The length of time.</param>
    /// <returns>The value.</returns>
    public static CelValue From(TimeSpan value) => CelTime.FromTimeSpan(value);

    /// <summary>Makes a list.</summary>
    /// <param name="items">The items; they may be unknown, and may not be errors.</param>
    /// <returns>The value, or the first error among the items.</returns>
    public static CelValue List(params CelValue[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
        {
            if (item.IsError)
            {
                return item;
            }
        }

        return FromList(new CelList((CelValue[])items.Clone()));
    }

    /// <summary>Makes a map. Entries keep their order.</summary>
    /// <param name="entries">The entries: keys are bool, int, uint or string; values may be unknown, and may not be errors.</param>
    /// <returns>The value, or an error when a key is of another kind or occurs twice.</returns>
    public static CelValue Map(params KeyValuePair<CelValue, CelValue>[] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var builder = new CelMapBuilder(entries.Length);
        foreach (var entry in entries)
        {
            var problem = entry.Value.IsError ? entry.Value : builder.Add(entry.Key, entry.Value);
            if (problem.IsError)
            {
                return problem;
            }
        }

        return FromMap(builder.Build());
    }

    /// <summary>Makes a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The value.</returns>
    public static CelValue From(CelType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new(CelKind.Type, type);
    }

    /// <summary>Makes an unknown value.</summary>
    /// <param name="facts">The facts it depends on.</param>
    /// <returns>The value.</returns>
    public static CelValue Unknown(UnknownSet facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new(CelKind.Unknown, facts);
    }

    /// <summary>Makes an error.</summary>
    /// <param name="error">What went wrong.</param>
    /// <returns>The value.</returns>
    public static CelValue Error(CelError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(CelKind.Error, error);
    }

    /// <summary>Makes an optional that holds <paramref name="value"/>.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The optional; <paramref name="value"/> itself where it is unknown or an error.</returns>
    public static CelValue OptionalOf(CelValue value) => value.IsAbnormal ? value : new(CelKind.Optional, new CelOptional(value));

    /// <summary>Makes an optional that holds nothing.</summary>
    /// <returns>The optional.</returns>
    public static CelValue OptionalNone() => new(CelKind.Optional, CelOptional.None);

    /// <summary>Makes a value of plain .NET values, however nested.</summary>
    /// <param name="value">
    /// <see langword="null"/>, a bool, an integer, a float, double or decimal, a string, a byte array, a
    /// <see cref="DateTimeOffset"/>, a <see cref="DateTime"/> (unspecified kind is taken as UTC), a <see cref="TimeSpan"/>,
    /// an <see cref="UnknownValue"/>, a <see cref="CelValue"/>, a dictionary with string keys, or a sequence of these.
    /// </param>
    /// <returns>The value; an error for anything else, and for graphs deeper than 64 levels.</returns>
    public static CelValue FromObject(object? value) => CelConversion.FromObject(value, 0);

    /// <summary>Gets the bool.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public bool AsBool() => Checked(CelKind.Bool)._bits != 0;

    /// <summary>Gets the int.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public long AsInt64() => Checked(CelKind.Int)._bits;

    /// <summary>Gets the uint.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ulong AsUInt64() => Checked(CelKind.Uint).UintBits;

    /// <summary>Gets the double.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public double AsDouble() => Checked(CelKind.Double).DoubleBits;

    /// <summary>Gets the string.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public string AsString() => Checked(CelKind.String).StringReference;

    /// <summary>Gets the bytes.</summary>
    /// <returns>The octets.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ReadOnlyMemory<byte> AsBytes() => (byte[])Checked(CelKind.Bytes)._reference!;

    /// <summary>Gets the timestamp, to 100 nanoseconds.</summary>
    /// <returns>The moment in UTC.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public DateTimeOffset AsTimestamp() => CelTime.ToDateTimeOffset(Checked(CelKind.Timestamp));

    /// <summary>Gets the duration, to 100 nanoseconds.</summary>
    /// <returns>The length of time.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public TimeSpan AsDuration() => CelTime.ToTimeSpan(Checked(CelKind.Duration));

    /// <summary>Gets the items of a list.</summary>
    /// <returns>The items.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public IReadOnlyList<CelValue> AsList() => Checked(CelKind.List).ListReference;

    /// <summary>Gets the entries of a map, in order.</summary>
    /// <returns>The entries.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public IReadOnlyList<KeyValuePair<CelValue, CelValue>> AsMap() => Checked(CelKind.Map).MapReference;

    /// <summary>Gets the type of a type value.</summary>
    /// <returns>The type.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public CelType AsType() => (CelType)Checked(CelKind.Type)._reference!;

    /// <summary>Gets the facts an unknown value depends on.</summary>
    /// <returns>The facts.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public UnknownSet AsUnknown() => (UnknownSet?)Checked(CelKind.Unknown)._reference ?? UnknownSet.Unnamed;

    /// <summary>Gets what went wrong.</summary>
    /// <returns>The error.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public CelError AsError() => (CelError)Checked(CelKind.Error)._reference!;

    /// <summary>Gets the value of an optional.</summary>
    /// <param name="value">The value, or the default where there is none.</param>
    /// <returns><see langword="true"/> where the optional holds a value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public bool TryGetOptional(out CelValue value)
    {
        var optional = (CelOptional)Checked(CelKind.Optional)._reference!;
        value = optional.Value;
        return optional.HasValue;
    }

    /// <summary>Makes plain .NET values, the reverse of <see cref="FromObject"/>.</summary>
    /// <returns>
    /// The value as <see cref="FromObject"/> takes it; a map has string keys. An error is its <see cref="CelError"/>, a type its
    /// <see cref="CelType"/>, an optional its value or <see langword="null"/>; an unknown is an <see cref="UnknownValue"/>
    /// naming all its facts.
    /// </returns>
    public object? ToObject() => CelConversion.ToObject(this);

    /// <inheritdoc/>
    public bool Equals(CelValue other) => CelEquality.Same(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CelValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => CelEquality.Hash(this);

    /// <summary>Writes the value as an expression would.</summary>
    /// <returns>The text, such as <c>["a", 1u]</c>; <c>unknown (…)</c> and <c>error (…)</c> where there is no value.</returns>
    public override string ToString() => CelLiteral.Write(this);

    internal static CelValue FromList(CelList list) => new(CelKind.List, list);

    internal static CelValue FromMap(CelMap map) => new(CelKind.Map, map);

    internal static CelValue FromTimestamp(long seconds, int nanos) => new(CelKind.Timestamp, null, seconds, nanos);

    internal static CelValue FromDuration(long nanoseconds) => new(CelKind.Duration, null, nanoseconds);

    internal static CelValue Error(string message) => new(CelKind.Error, new CelError(message));

    private CelValue Checked(CelKind kind) => _kind == kind
        ? this
        : throw new InvalidOperationException($"The value is of kind {_kind}, not {kind}. Check Kind first.");
}
