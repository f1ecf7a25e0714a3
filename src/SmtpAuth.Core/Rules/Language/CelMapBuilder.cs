namespace SmtpAuth.Rules.Language;

internal struct CelMapBuilder(int capacity)
{
    private readonly List<KeyValuePair<CelValue, CelValue>> _entries = new(capacity);
    private readonly Dictionary<CelValue, int> _index = new(capacity);

    public readonly int Count => _entries.Count;

    // Null where the entry was added, an error where it cannot be.
    public readonly CelValue Add(CelValue key, CelValue value)
    {
        if (key.Kind is not (CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.String))
        {
            return CelValue.Error($"unsupported key type: a map key is a bool, int, uint or string, not {CelLiteral.KindName(key)}");
        }

        if (_index.ContainsKey(key))
        {
            return CelValue.Error($"Failed with repeated key: {key}");
        }

        _index.Add(key, _entries.Count);
        _entries.Add(new(key, value));
        return CelValue.Null;
    }

    public readonly CelMap Build() => _entries.Count == 0 ? CelMap.Empty : new([.. _entries], _index);
}
