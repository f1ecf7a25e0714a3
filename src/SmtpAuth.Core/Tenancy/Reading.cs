namespace SmtpAuth.Tenancy;

/// <summary>A value that was read from an answer, or the sentence that says why it could not be.</summary>
internal readonly record struct Reading<T>
{
    private readonly T? _value;
    private readonly string? _reason;

    private Reading(bool isKnown, T? value, string? reason)
    {
        IsKnown = isKnown;
        _value = value;
        _reason = reason;
    }

    public bool IsKnown { get; }

    public T Value => IsKnown ? _value! : throw new InvalidOperationException("The reading is unknown. Check IsKnown first.");

    public string Reason => _reason ?? "It was not read.";

    public static Reading<T> Of(T value) => new(true, value, null);

    public static Reading<T> Unknown(string reason) => new(false, default, reason);

    public Reading<TResult> Then<TResult>(Func<T, Reading<TResult>> next) =>
        IsKnown ? next(_value!) : Reading<TResult>.Unknown(Reason);
}
