namespace SmtpAuth.Rules.Language;

internal static class CelNumber
{
    // What Compare gives when one of the two is NaN: no order holds.
    public const int Unordered = int.MinValue;

    public static bool IsNumber(CelKind kind) => kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    public static int Compare(CelValue left, CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => left.Bits.CompareTo(right.Bits),
        (CelKind.Uint, CelKind.Uint) => left.UintBits.CompareTo(right.UintBits),
        (CelKind.Double, CelKind.Double) => Compare(left.DoubleBits, right.DoubleBits),
        (CelKind.Int, CelKind.Uint) => left.Bits < 0 ? -1 : left.UintBits.CompareTo(right.UintBits),
        (CelKind.Uint, CelKind.Int) => right.Bits < 0 ? 1 : left.UintBits.CompareTo(right.UintBits),
        (CelKind.Int, _) => Compare(left.Bits, right.DoubleBits),
        (_, CelKind.Int) => Reverse(Compare(right.Bits, left.DoubleBits)),
        (CelKind.Uint, _) => Compare(left.UintBits, right.DoubleBits),
        _ => Reverse(Compare(right.UintBits, left.DoubleBits)),
    };

    private static int Reverse(int order) => order == Unordered ? order : -order;

    private static int Compare(double left, double right)
    {
        if (left < right)
        {
            return -1;
        }

        if (left > right)
        {
            return 1;
        }

        return left == right ? 0 : Unordered;
    }

    private static int Compare(long left, double right)
    {
        if (double.IsNaN(right))
        {
            return Unordered;
        }

        if (right >= 9223372036854775808.0)
        {
            return -1;
        }

        if (right < -9223372036854775808.0)
        {
            return 1;
        }

        var whole = (long)right;
        return left != whole ? left.CompareTo(whole) : 0.0.CompareTo(right - whole);
    }

    private static int Compare(ulong left, double right)
    {
        if (double.IsNaN(right))
        {
            return Unordered;
        }

        if (right >= 18446744073709551616.0)
        {
            return -1;
        }

        if (right < 0)
        {
            return 1;
        }

        var whole = (ulong)right;
        return left != whole ? left.CompareTo(whole) : 0.0.CompareTo(right - whole);
    }
}
