#if NET
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace SmtpAuth.Rules.Language;

// Sets of small numbers as bits of words, 64 to a word.
internal static class Bits
{
    public static int Words(int count) => (count + 63) / 64;

    public static void Set(ulong[] bits, int index) => bits[index >> 6] |= 1UL << (index & 63);

    public static void Clear(ulong[] bits, int index) => bits[index >> 6] &= ~(1UL << (index & 63));

    public static bool Has(ulong[] bits, int index) => (bits[index >> 6] >> (index & 63) & 1) != 0;

    public static ulong[] All(int count)
    {
        var bits = new ulong[Words(count)];
        for (var i = 0; i < count; i++)
        {
            Set(bits, i);
        }

        return bits;
    }

    public static void And(ulong[] target, ulong[] other)
    {
        var i = 0;
#if NET
        if (target.Length >= Vector<ulong>.Count)
        {
            var targets = MemoryMarshal.Cast<ulong, Vector<ulong>>(target.AsSpan());
            var others = MemoryMarshal.Cast<ulong, Vector<ulong>>(other.AsSpan());
            for (var j = 0; j < targets.Length; j++)
            {
                targets[j] &= others[j];
            }

            i = targets.Length * Vector<ulong>.Count;
        }
#endif
        for (; i < target.Length; i++)
        {
            target[i] &= other[i];
        }
    }

    public static void Or(ulong[] target, ulong[] other)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] |= other[i];
        }
    }

    public static int Count(ulong[] bits)
    {
        var count = 0;
        foreach (var word in bits)
        {
            for (var rest = word; rest != 0; rest &= rest - 1)
            {
                count++;
            }
        }

        return count;
    }

    public static int Lowest(ulong word)
    {
#if NET
        return BitOperations.TrailingZeroCount(word);
#else
        var position = 0;
        for (var width = 32; width > 0; width /= 2)
        {
            if ((word & ((1UL << width) - 1)) == 0)
            {
                word >>= width;
                position += width;
            }
        }

        return position;
#endif
    }
}
