using System.Globalization;

namespace SmtpAuth.Rules.Language;

// A set of code points: ranges and Unicode categories, possibly ignoring case, possibly all the others.
internal sealed class PatternSet
{
    private const int AsciiCount = 128;

    private readonly int[] _ranges;
    private readonly int _categories;
    private readonly bool _ignoresCase;
    private readonly bool _isNegated;
    private readonly ulong _asciiLow;
    private readonly ulong _asciiHigh;

    private PatternSet(int[] ranges, int categories, bool ignoresCase, bool isNegated)
    {
        _ranges = ranges;
        _categories = categories;
        _ignoresCase = ignoresCase;
        _isNegated = isNegated;
        for (var c = 0; c < AsciiCount; c++)
        {
            if (Compute(c))
            {
                _asciiLow |= c < 64 ? 1UL << c : 0;
                _asciiHigh |= c >= 64 ? 1UL << (c - 64) : 0;
            }
        }
    }

    // The one code point in the set, or -1.
    public int Single => _ranges.Length == 2 && _ranges[0] == _ranges[1] && _categories == 0 && !_isNegated && !_ignoresCase ? _ranges[0] : -1;

    public static PatternSet Of(int codePoint, bool ignoresCase) => new Builder { IgnoresCase = ignoresCase }.Add(codePoint, codePoint).Build();

    public bool Contains(int codePoint) => codePoint < 64 ? ((_asciiLow >> codePoint) & 1) != 0
        : codePoint < AsciiCount ? ((_asciiHigh >> (codePoint - 64)) & 1) != 0
        : Compute(codePoint);

    private bool Compute(int codePoint) => _isNegated != (Holds(codePoint) || (_ignoresCase && HoldsInOtherCase(codePoint)));

    private bool HoldsInOtherCase(int codePoint)
    {
        var upper = PatternCase.Upper(codePoint);
        return Holds(PatternCase.Lower(codePoint)) || Holds(upper) || Holds(PatternCase.Lower(upper)) || HoldsByPeculiarCase(codePoint);
    }

    // Two letters of ASCII have third forms: the Kelvin sign and the long s.
    private bool HoldsByPeculiarCase(int codePoint) => codePoint switch
    {
        'k' or 'K' => Holds(0x212A),
        's' or 'S' => Holds(0x017F),
        _ => false,
    };

    private bool Holds(int codePoint)
    {
        // Ranges are sorted and apart: find the last that begins at or before the code point.
        int low = 0, high = (_ranges.Length / 2) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (codePoint < _ranges[2 * middle])
            {
                high = middle - 1;
            }
            else if (codePoint > _ranges[(2 * middle) + 1])
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return _categories != 0 && ((_categories >> (int)PatternCase.Category(codePoint)) & 1) != 0;
    }

    internal sealed class Builder
    {
        private readonly List<(int Low, int High)> _ranges = [];

        public bool IgnoresCase { get; set; }

        public bool IsNegated { get; set; }

        public int Categories { get; set; }

        public Builder Add(int low, int high)
        {
            _ranges.Add((low, high));
            return this;
        }

        public void AddOthers(params (int Low, int High)[] ranges)
        {
            var next = 0;
            foreach (var (low, high) in ranges)
            {
                if (low > next)
                {
                    Add(next, low - 1);
                }

                next = high + 1;
            }

            Add(next, 0x10FFFF);
        }

        public PatternSet Build()
        {
            _ranges.Sort();
            var merged = new List<int>();
            foreach (var (low, high) in _ranges)
            {
                if (merged.Count > 0 && low <= merged[merged.Count - 1] + 1)
                {
                    merged[merged.Count - 1] = Math.Max(merged[merged.Count - 1], high);
                }
                else
                {
                    merged.Add(low);
                    merged.Add(high);
                }
            }

            return new([.. merged], Categories, IgnoresCase, IsNegated);
        }
    }
}

internal static class PatternCase
{
    public static int Upper(int codePoint) => codePoint < 0x10000
        ? char.IsSurrogate((char)codePoint) ? codePoint : char.ToUpperInvariant((char)codePoint)
        : Map(codePoint, static text => text.ToUpperInvariant());

    public static int Lower(int codePoint) => codePoint < 0x10000
        ? char.IsSurrogate((char)codePoint) ? codePoint : char.ToLowerInvariant((char)codePoint)
        : Map(codePoint, static text => text.ToLowerInvariant());

    public static UnicodeCategory Category(int codePoint) => codePoint < 0x10000
        ? CharUnicodeInfo.GetUnicodeCategory((char)codePoint)
        : CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(codePoint), 0);

    private static int Map(int codePoint, Func<string, string> map) => char.ConvertToUtf32(map(char.ConvertFromUtf32(codePoint)), 0);
}
