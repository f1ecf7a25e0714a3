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

    // Beyond 2^53 a double stands for its neighbours too: the language compares as doubles there, except past the range.
    private static int Compare(long left, double right) => right > 9223372036854775808.0 ? -1
        : right < -9223372036854775808.0 ? 1
        : Compare((double)left, right);

    private static int Compare(ulong left, double right) => right > 18446744073709551616.0 ? -1
        : right < 0 ? 1
        : Compare((double)left, right);
}
