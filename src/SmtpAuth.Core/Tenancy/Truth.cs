namespace SmtpAuth.Tenancy;

/// <summary>Yes, no, or open for want of something that was not read. A decided part decides whatever else is open.</summary>
internal readonly record struct Truth
{
    private readonly bool _value;
    private readonly Unread? _missing;

    private Truth(bool value, Unread? missing)
    {
        _value = value;
        _missing = missing;
    }

    public static Truth Yes => new(true, null);

    public static Truth No => new(false, null);

    public bool IsYes => _missing is null && _value;

    public bool IsNo => _missing is null && !_value;

    public static Truth Of(bool value) => new(value, null);

    public static Truth Open(string fact, string reason) => new(false, new Unread(fact, reason));

    public static Truth All(IEnumerable<Truth> parts) => parts.Aggregate(Yes, (left, right) => left.And(right));

    public static Truth Any(IEnumerable<Truth> parts) => parts.Aggregate(No, (left, right) => left.Or(right));

    public Truth And(Truth other) => IsNo || other.IsNo ? No : _missing is not null ? this : other;

    public Truth Or(Truth other) => IsYes || other.IsYes ? Yes : _missing is not null ? this : other;

    public Truth Not() => _missing is not null ? this : new(!_value, null);

    /// <summary>Gives the value as a fact holds it: a <see cref="bool"/> or an <see cref="Unread"/>.</summary>
    public object ToValue() => _missing ?? (object)_value;
}
