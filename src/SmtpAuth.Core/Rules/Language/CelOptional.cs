namespace SmtpAuth.Rules.Language;

internal sealed class CelOptional
{
    public CelOptional(CelValue value)
    {
        Value = value;
        HasValue = true;
        Weight = CelWeight.Add(1, value);
    }

    private CelOptional() => Weight = 1;

    public static CelOptional None { get; } = new();

    public bool HasValue { get; }

    public CelValue Value { get; }

    public long Weight { get; }
}
