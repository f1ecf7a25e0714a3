namespace SmtpAuth.Rules.Language;

internal static class CelWeight
{
    public static long Of(CelValue value) => value.Kind switch
    {
        CelKind.List => value.ListReference.Weight,
        CelKind.Map => value.MapReference.Weight,
        CelKind.String => 1 + (value.StringReference.Length / 16),
        CelKind.Bytes => 1 + (((byte[])value.Reference!).Length / 32),
        CelKind.Optional => ((CelOptional)value.Reference!).Weight,
        _ => 1,
    };

    public static long Add(long weight, CelValue value)
    {
        var added = Of(value);
        return weight > long.MaxValue - added ? long.MaxValue : weight + added;
    }

    public static bool HasUnknown(CelValue value) => value.Kind switch
    {
        CelKind.Unknown => true,
        CelKind.List => value.ListReference.HasUnknown,
        CelKind.Map => value.MapReference.HasUnknown,
        CelKind.Optional => HasUnknown(((CelOptional)value.Reference!).Value) && ((CelOptional)value.Reference!).HasValue,
        _ => false,
    };
}
