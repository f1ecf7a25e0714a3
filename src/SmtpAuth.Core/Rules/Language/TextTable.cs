namespace SmtpAuth.Rules.Language;

// Numbers a fixed set of texts. Looks at four characters before it compares, as hashing a whole text costs more than that.
internal sealed class TextTable
{
    private const int MostProbes = 4;

    private readonly string?[] _texts;
    private readonly int[] _numbers;
    private readonly Dictionary<string, int>? _crowded;

    public TextTable(IReadOnlyList<string> texts, int firstNumber)
    {
        var size = 4;
        while (size < texts.Count * 3)
        {
            size *= 2;
        }

        _texts = new string?[size];
        _numbers = new int[size];
        for (var i = 0; i < texts.Count; i++)
        {
            if (!TryAdd(texts[i], firstNumber + i))
            {
                // Texts that agree in what the hash looks at: hash all of them.
                _crowded = texts.Select((text, j) => (text, j)).ToDictionary(pair => pair.text, pair => firstNumber + pair.j, StringComparer.Ordinal);
                return;
            }
        }
    }

    public int Find(string text, int otherwise)
    {
        if (_crowded is not null)
        {
            return _crowded.TryGetValue(text, out var number) ? number : otherwise;
        }

        var mask = _texts.Length - 1;
        for (var i = Hash(text) & mask; _texts[i] is { } known; i = (i + 1) & mask)
        {
            if (known.Length == text.Length && string.Equals(known, text, StringComparison.Ordinal))
            {
                return _numbers[i];
            }
        }

        return otherwise;
    }

    private static int Hash(string text)
    {
        var length = text.Length;
        if (length == 0)
        {
            return 0;
        }

        var hash = unchecked((uint)((((((length * 31) + text[0]) * 31) + text[length / 2]) * 31) + text[length - 1]) * 31);
        hash = unchecked((hash + text[Math.Max(0, length - 2)]) * 2654435769u);
        return (int)(hash >> 8);
    }

    private bool TryAdd(string text, int number)
    {
        var mask = _texts.Length - 1;
        var i = Hash(text) & mask;
        for (var probes = 0; probes < MostProbes; probes++, i = (i + 1) & mask)
        {
            if (_texts[i] is null)
            {
                _texts[i] = text;
                _numbers[i] = number;
                return true;
            }
        }

        return false;
    }
}
