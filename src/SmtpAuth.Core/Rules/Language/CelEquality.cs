namespace SmtpAuth.Rules.Language;

internal static class CelEquality
{
    // The language's ==, three-valued: an unknown part decides nothing, a known difference does.
    public static CelValue Equal(CelValue left, CelValue right, Evaluation evaluation)
    {
        UnknownSet? unknown = null;
        if (!Compare(left, right, evaluation, ref unknown))
        {
            return CelValue.False;
        }

        return unknown is null ? CelValue.True : CelValue.Unknown(unknown);
    }

    // Identity for hashing, tests and hosts: like ==, but reflexive, and unknown values and errors compare by content.
    public static bool Same(CelValue left, CelValue right)
    {
        if (left.Kind == right.Kind)
        {
            switch (left.Kind)
            {
                case CelKind.Unknown:
                    return left.AsUnknown().Names.SequenceEqual(right.AsUnknown().Names);
                case CelKind.Error:
                    return left.AsError().Message == right.AsError().Message;
                case CelKind.Double when left.Bits == right.Bits:
                    return true;
            }
        }

        UnknownSet? unknown = null;
        return Compare(left, right, null, ref unknown);
    }

    public static int Hash(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.Bits.GetHashCode(),
        CelKind.Uint => value.Bits.GetHashCode(),
        CelKind.Double => HashDouble(value.DoubleBits),
        CelKind.String => value.StringReference.GetHashCode(),
        CelKind.Bool => value.BoolBits ? 1 : 2,
        CelKind.Timestamp or CelKind.Duration => unchecked((value.Bits.GetHashCode() * 31) + value.Nanos),
        CelKind.Bytes => ((byte[])value.Reference!).Length,
        CelKind.List => unchecked((int)value.Kind + value.ListReference.Count),
        CelKind.Map => unchecked((int)value.Kind + value.MapReference.Count),
        CelKind.Type => ((CelType)value.Reference!).GetHashCode(),
        _ => (int)value.Kind,
    };

    // False: a known difference. True with unknown set: equal as far as is known.
    private static bool Compare(CelValue left, CelValue right, Evaluation? evaluation, ref UnknownSet? unknown)
    {
        if (left.Kind != right.Kind)
        {
            return CompareMixed(left, right, evaluation, ref unknown);
        }

        switch (left.Kind)
        {
            case CelKind.Null:
                return true;
            case CelKind.Bool:
            case CelKind.Int:
            case CelKind.Uint:
                return left.Bits == right.Bits;
            case CelKind.Double:
                return left.DoubleBits == right.DoubleBits;
            case CelKind.String:
                return string.Equals(left.StringReference, right.StringReference, StringComparison.Ordinal);
            case CelKind.Timestamp:
            case CelKind.Duration:
                return left.Bits == right.Bits && left.Nanos == right.Nanos;
            case CelKind.Bytes:
                return ((byte[])left.Reference!).AsSpan().SequenceEqual((byte[])right.Reference!);
            case CelKind.Type:
                return SameType((CelType)left.Reference!, (CelType)right.Reference!);
            case CelKind.List:
                return CompareLists(left.ListReference, right.ListReference, evaluation, ref unknown);
            case CelKind.Map:
                return CompareMaps(left.MapReference, right.MapReference, evaluation, ref unknown);
            case CelKind.Optional:
                return CompareOptionals((CelOptional)left.Reference!, (CelOptional)right.Reference!, evaluation, ref unknown);
            case CelKind.Unknown when evaluation is null:
                return Same(left, right);
            case CelKind.Unknown:
                unknown = left.AsUnknown().Union(right.AsUnknown()).Union(unknown ?? right.AsUnknown());
                return true;
            default:
                return evaluation is null && Same(left, right);
        }
    }

    private static bool CompareMixed(CelValue left, CelValue right, Evaluation? evaluation, ref UnknownSet? unknown)
    {
        if (evaluation is not null && (left.IsUnknown || right.IsUnknown))
        {
            unknown = UnknownSet.Union(unknown, (left.IsUnknown ? left : right).AsUnknown());
            return true;
        }

        // Two numbers that are one value must have one hash, so here 2^53 and 2^53 + 1 are apart.
        return CelNumber.IsNumber(left.Kind) && CelNumber.IsNumber(right.Kind) && CelNumber.Compare(left, right) == 0
            && (evaluation is not null || Hash(left) == Hash(right));
    }

    // type(x) knows no parameters, so list(int) and list(string) are the same type at evaluation.
    private static bool SameType(CelType left, CelType right) => left.Kind == right.Kind && left.Name == right.Name;

    private static bool CompareLists(CelList left, CelList right, Evaluation? evaluation, ref UnknownSet? unknown)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (evaluation is not null && !evaluation.Charge(1))
            {
                return false;
            }

            if (!Compare(left.Items[i], right.Items[i], evaluation, ref unknown))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CompareMaps(CelMap left, CelMap right, Evaluation? evaluation, ref UnknownSet? unknown)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (evaluation is not null && !evaluation.Charge(1))
            {
                return false;
            }

            var entry = left[i];
            if (!right.TryGet(entry.Key, out var other) || !Compare(entry.Value, other, evaluation, ref unknown))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CompareOptionals(CelOptional left, CelOptional right, Evaluation? evaluation, ref UnknownSet? unknown) =>
        left.HasValue == right.HasValue && (!left.HasValue || Compare(left.Value, right.Value, evaluation, ref unknown));

    private static int HashDouble(double value)
    {
        if (value >= -9.2e18 && value <= 1.8e19 && Math.Floor(value) == value)
        {
            return value < 9.2e18 ? ((long)value).GetHashCode() : unchecked((long)(ulong)value).GetHashCode();
        }

        return value.GetHashCode();
    }
}
