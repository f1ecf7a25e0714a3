namespace SmtpAuth.Rules.Language;

// Sorts the values of one fact into classes which no indexed condition can tell apart: each constant it is compared with,
// the numbers between two constants, all other texts, and what is neither number, text, bool nor null.
internal sealed class SlotClasses
{
    private const int OtherText = 5;

    private readonly TextTable _texts;
    private readonly double[] _numbers;
    private readonly int _firstNumber;
    private readonly List<CelValue> _samples = [];

    public SlotClasses(CelValue[] constants)
    {
        // INVARIANT: the order of these is that of the constants below.
        _samples.AddRange([CelValue.FromList(CelList.Empty), CelValue.Null, CelValue.False, CelValue.True, CelValue.From(double.NaN)]);
        var texts = constants.Where(static c => c.Kind == CelKind.String).Select(static c => c.StringReference).Distinct(StringComparer.Ordinal).ToList();
        var other = "\u0001";
        while (texts.Contains(other))
        {
            other += "\u0001";
        }

        _samples.Add(CelValue.From(other));
        _texts = new TextTable(texts, _samples.Count);
        _samples.AddRange(texts.Select(static text => CelValue.From(text)));
        _firstNumber = _samples.Count;
        _numbers = [.. constants.Where(static c => CelNumber.IsNumber(c.Kind)).Select(ToDouble).Distinct().OrderBy(static n => n)];
        for (var i = 0; i < _numbers.Length; i++)
        {
            _samples.Add(CelValue.From(i == 0 ? _numbers[0] - 1 : (_numbers[i - 1] + _numbers[i]) / 2));
            _samples.Add(CelValue.From(_numbers[i]));
        }

        _samples.Add(CelValue.From(_numbers.Length == 0 ? 0.0 : _numbers[_numbers.Length - 1] + 1));
    }

    // One value of each class, to try conditions on.
    public IReadOnlyList<CelValue> Samples => _samples;

    // Of a known value.
    public int Of(in CelValue value)
    {
        if (value.Kind == CelKind.Bool)
        {
            return value.BoolBits ? 3 : 2;
        }

        if (value.Kind == CelKind.String)
        {
            return _texts.Find(value.StringReference, OtherText);
        }

        switch (value.Kind)
        {
            case CelKind.Null:
                return 1;
            case CelKind.Int or CelKind.Uint or CelKind.Double:
                return OfNumber(ToDouble(value));
            default:
                return 0;
        }
    }

    private static double ToDouble(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.Bits,
        CelKind.Uint => value.UintBits,
        _ => value.DoubleBits,
    };

    private int OfNumber(double value)
    {
        if (double.IsNaN(value))
        {
            return 4;
        }

        int low = 0, high = _numbers.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_numbers[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return _firstNumber + (2 * low) + (low < _numbers.Length && _numbers[low] == value ? 1 : 0);
    }
}
