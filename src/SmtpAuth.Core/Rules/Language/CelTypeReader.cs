namespace SmtpAuth.Rules.Language;

internal ref struct CelTypeReader
{
    private const int MaximumDepth = 32;

    private readonly string _text;
    private int _position;

    private CelTypeReader(string text)
    {
        _text = text;
        _position = 0;
    }

    public static CelType Read(string text)
    {
        var reader = new CelTypeReader(text);
        var type = reader.ReadType(0);
        reader.SkipSpace();
        return reader._position == text.Length ? type : throw reader.Unexpected("the end");
    }

    private CelType ReadType(int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new FormatException($"The type is nested deeper than {MaximumDepth} levels.");
        }

        SkipSpace();
        var start = _position;
        while (_position < _text.Length && (char.IsLetterOrDigit(_text[_position]) || _text[_position] is '_' or '.'))
        {
            _position++;
        }

        if (_position == start)
        {
            throw Unexpected("a type name");
        }

        var name = _text.Substring(start, _position - start);
        return Make(name, ReadParameters(depth), start);
    }

    private CelType[] ReadParameters(int depth)
    {
        SkipSpace();
        if (_position >= _text.Length || _text[_position] != '(')
        {
            return [];
        }

        var parameters = new List<CelType>();
        do
        {
            _position++;
            parameters.Add(ReadType(depth + 1));
            SkipSpace();
        }
        while (_position < _text.Length && _text[_position] == ',');

        if (_position >= _text.Length || _text[_position] != ')')
        {
            throw Unexpected("',' or ')'");
        }

        _position++;
        return [.. parameters];
    }

    private static CelType Make(string name, CelType[] parameters, int start) => (name, parameters.Length) switch
    {
        ("dyn", 0) => CelType.Dyn,
        ("null" or "null_type", 0) => CelType.Null,
        ("bool", 0) => CelType.Bool,
        ("int", 0) => CelType.Int,
        ("uint", 0) => CelType.Uint,
        ("double", 0) => CelType.Double,
        ("string", 0) => CelType.String,
        ("bytes", 0) => CelType.Bytes,
        ("timestamp" or "google.protobuf.Timestamp", 0) => CelType.Timestamp,
        ("duration" or "google.protobuf.Duration", 0) => CelType.Duration,
        ("type", 0) => CelType.Type,
        ("type", 1) => CelType.TypeOf(parameters[0]),
        ("list", 1) => CelType.List(parameters[0]),
        ("map", 2) => CelType.Map(parameters[0], parameters[1]),
        ("optional" or "optional_type", 1) => CelType.Optional(parameters[0]),
        ("nullable", 1) => CelType.Nullable(parameters[0]),
        ({ Length: 1 }, 0) when name[0] is >= 'A' and <= 'Z' => CelType.Parameter(name),
        ("list" or "map" or "optional" or "optional_type" or "nullable", _) => throw new FormatException(
            $"'{name}' at position {start + 1} takes {(name == "map" ? "two parameters, as in map(string, int)" : $"one parameter, as in {name}(string)")}."),
        _ => throw new FormatException(
            $"'{name}' at position {start + 1} is not a type. Known types: dyn, null, bool, int, uint, double, string, bytes, " +
            "timestamp, duration, type, list(T), map(K, V), optional(T), nullable(T)."),
    };

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }

    private readonly FormatException Unexpected(string expected) => new(_position < _text.Length
        ? $"Found '{_text[_position]}' at position {_position + 1} of the type '{_text}'; expected {expected}."
        : $"The type '{_text}' ends too early; expected {expected}.");
}
