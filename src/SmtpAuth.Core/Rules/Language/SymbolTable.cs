namespace SmtpAuth.Rules.Language;

// The constants one fact is compared with, numbered: after one look-up every comparison is one of small numbers.
internal sealed class SymbolTable
{
    public const int Other = -1;
    public const int Unknown = -2;
    public const int Error = -3;

    private const int LinearLimit = 8;
    private const double ExactLimit = 9007199254740992;

    private readonly Dictionary<CelValue, int> _all = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly List<string> _few = [];
    private readonly List<int> _fewSymbols = [];
    private int _true = Other;
    private int _false = Other;
    private int _null = Other;

    public int Count => _all.Count;

    // Numbers past 2^53 equal their neighbours as doubles, so no single number stands for them.
    public static bool CanHold(CelValue value) => value.Kind switch
    {
        CelKind.Null or CelKind.Bool or CelKind.String => true,
        CelKind.Int => Math.Abs((double)value.Bits) < ExactLimit,
        CelKind.Uint => value.UintBits < ExactLimit,
        CelKind.Double => Math.Abs(value.DoubleBits) < ExactLimit,
        _ => false,
    };

    public int Add(CelValue constant)
    {
        if (_all.TryGetValue(constant, out var symbol))
        {
            return symbol;
        }

        symbol = _all.Count;
        _all.Add(constant, symbol);
        switch (constant.Kind)
        {
            case CelKind.Bool when constant.BoolBits:
                _true = symbol;
                break;
            case CelKind.Bool:
                _false = symbol;
                break;
            case CelKind.Null:
                _null = symbol;
                break;
            case CelKind.String:
                _texts.Add(constant.StringReference, symbol);
                _few.Add(constant.StringReference);
                _fewSymbols.Add(symbol);
                break;
        }

        return symbol;
    }

    public int Find(in CelValue value)
    {
        switch (value.Kind)
        {
            case CelKind.Unknown:
                return Unknown;
            case CelKind.Error:
                return Error;
            case CelKind.Bool:
                return value.BoolBits ? _true : _false;
            case CelKind.Null:
                return _null;
            case CelKind.String:
                return FindText(value.StringReference);
            case CelKind.Int or CelKind.Uint or CelKind.Double:
                return _all.TryGetValue(value, out var symbol) ? symbol : Other;
            default:
                return Other;
        }
    }

    private int FindText(string text)
    {
        if (_few.Count > LinearLimit)
        {
            return _texts.TryGetValue(text, out var symbol) ? symbol : Other;
        }

        for (var i = 0; i < _few.Count; i++)
        {
            if (_few[i].Length == text.Length && string.Equals(_few[i], text, StringComparison.Ordinal))
            {
                return _fewSymbols[i];
            }
        }

        return Other;
    }
}
