namespace SmtpAuth.Rules.Language;

internal static class Arithmetic
{
    public static CelValue Negate(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.Bits == long.MinValue ? Overflow() : CelValue.From(-value.Bits),
        CelKind.Double => CelValue.From(-value.DoubleBits),
        CelKind.Duration => value.Bits == long.MinValue ? Overflow() : CelValue.FromDuration(-value.Bits),
        _ => Functions.NoOverload("-", value),
    };

    public static CelValue Add(CelValue left, CelValue right, Evaluation evaluation) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => AddInts(left.Bits, right.Bits),
        (CelKind.Uint, CelKind.Uint) => AddUints(left.UintBits, right.UintBits),
        (CelKind.Double, CelKind.Double) => CelValue.From(left.DoubleBits + right.DoubleBits),
        (CelKind.String, CelKind.String) => Concatenate(left.StringReference, right.StringReference, evaluation),
        (CelKind.Bytes, CelKind.Bytes) => Concatenate((byte[])left.Reference!, (byte[])right.Reference!, evaluation),
        (CelKind.List, CelKind.List) => Concatenate(left.ListReference, right.ListReference, evaluation),
        (CelKind.Timestamp, CelKind.Duration) => CelTime.Add(left, right.Bits),
        (CelKind.Duration, CelKind.Timestamp) => CelTime.Add(right, left.Bits),
        (CelKind.Duration, CelKind.Duration) => CelTime.Duration((decimal)left.Bits + right.Bits),
        _ => Functions.NoOverload("+", left, right),
    };

    public static CelValue Subtract(CelValue left, CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => SubtractInts(left.Bits, right.Bits),
        (CelKind.Uint, CelKind.Uint) => left.UintBits < right.UintBits ? Overflow() : CelValue.From(left.UintBits - right.UintBits),
        (CelKind.Double, CelKind.Double) => CelValue.From(left.DoubleBits - right.DoubleBits),
        (CelKind.Timestamp, CelKind.Duration) => CelTime.Subtract(left, right.Bits),
        (CelKind.Timestamp, CelKind.Timestamp) => CelTime.Between(left, right),
        (CelKind.Duration, CelKind.Duration) => CelTime.Duration((decimal)left.Bits - right.Bits),
        _ => Functions.NoOverload("-", left, right),
    };

    public static CelValue Multiply(CelValue left, CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => MultiplyInts(left.Bits, right.Bits),
        (CelKind.Uint, CelKind.Uint) => MultiplyUints(left.UintBits, right.UintBits),
        (CelKind.Double, CelKind.Double) => CelValue.From(left.DoubleBits * right.DoubleBits),
        _ => Functions.NoOverload("*", left, right),
    };

    public static CelValue Divide(CelValue left, CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => right.Bits == 0 ? CelValue.Error("divide by zero")
            : left.Bits == long.MinValue && right.Bits == -1 ? Overflow()
            : CelValue.From(left.Bits / right.Bits),
        (CelKind.Uint, CelKind.Uint) => right.Bits == 0 ? CelValue.Error("divide by zero") : CelValue.From(left.UintBits / right.UintBits),
        (CelKind.Double, CelKind.Double) => CelValue.From(left.DoubleBits / right.DoubleBits),
        _ => Functions.NoOverload("/", left, right),
    };

    public static CelValue Modulo(CelValue left, CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => right.Bits == 0 ? CelValue.Error("modulus by zero")
            : left.Bits == long.MinValue && right.Bits == -1 ? Overflow()
            : CelValue.From(left.Bits % right.Bits),
        (CelKind.Uint, CelKind.Uint) => right.Bits == 0 ? CelValue.Error("modulus by zero") : CelValue.From(left.UintBits % right.UintBits),
        _ => Functions.NoOverload("%", left, right),
    };

    public static CelValue Overflow() => CelValue.Error("return error for overflow: the number does not fit into 64 bits");

    private static CelValue AddInts(long left, long right)
    {
        var sum = unchecked(left + right);
        return ((left ^ sum) & (right ^ sum)) < 0 ? Overflow() : CelValue.From(sum);
    }

    private static CelValue AddUints(ulong left, ulong right)
    {
        var sum = unchecked(left + right);
        return sum < left ? Overflow() : CelValue.From(sum);
    }

    private static CelValue SubtractInts(long left, long right)
    {
        var difference = unchecked(left - right);
        return ((left ^ right) & (left ^ difference)) < 0 ? Overflow() : CelValue.From(difference);
    }

    private static CelValue MultiplyInts(long left, long right)
    {
        if ((left == -1 && right == long.MinValue) || (right == -1 && left == long.MinValue))
        {
            return Overflow();
        }

        var product = unchecked(left * right);
        return left != 0 && product / left != right ? Overflow() : CelValue.From(product);
    }

    private static CelValue MultiplyUints(ulong left, ulong right)
    {
        var product = unchecked(left * right);
        return left != 0 && product / left != right ? Overflow() : CelValue.From(product);
    }

    private static CelValue Concatenate(string left, string right, Evaluation evaluation) =>
        evaluation.Fits(((long)left.Length + right.Length) / 16) ? evaluation.Text(left + right) : evaluation.TooLarge();

    private static CelValue Concatenate(byte[] left, byte[] right, Evaluation evaluation)
    {
        var length = (long)left.Length + right.Length;
        if (!evaluation.Fits(length / 32) || !evaluation.Charge(length / 32))
        {
            return evaluation.TooLarge();
        }

        var octets = new byte[length];
        left.CopyTo(octets, 0);
        right.CopyTo(octets, left.Length);
        return CelValue.From(octets);
    }

    private static CelValue Concatenate(CelList left, CelList right, Evaluation evaluation)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return CelValue.FromList(left.Count == 0 ? right : left);
        }

        var count = (long)left.Count + right.Count;
        if (!evaluation.Fits(count))
        {
            return evaluation.TooLarge();
        }

        var items = new CelValue[count];
        left.Items.CopyTo(items, 0);
        right.Items.CopyTo(items, left.Count);
        return evaluation.List(items);
    }
}
