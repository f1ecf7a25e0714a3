using System.Collections;

namespace SmtpAuth.Rules.Language;

internal sealed class CelMap : IReadOnlyList<KeyValuePair<CelValue, CelValue>>
{
    private const int LinearLimit = 8;

    private readonly KeyValuePair<CelValue, CelValue>[] _entries;
    private readonly Dictionary<CelValue, int>? _index;

    // INVARIANT: keys are bool, int, uint or string, and distinct; CelMapBuilder sees to it.
    internal CelMap(KeyValuePair<CelValue, CelValue>[] entries, Dictionary<CelValue, int>? index)
    {
        _entries = entries;
        _index = entries.Length > LinearLimit ? index : null;
        long weight = 1;
        foreach (var entry in entries)
        {
            weight = CelWeight.Add(CelWeight.Add(weight, entry.Key), entry.Value);
            HasUnknown |= CelWeight.HasUnknown(entry.Value);
        }

        Weight = weight;
    }

    public static CelMap Empty { get; } = new([], null);

    public long Weight { get; }

    public bool HasUnknown { get; }

    public int Count => _entries.Length;

    public KeyValuePair<CelValue, CelValue> this[int index] => _entries[index];

    public IEnumerator<KeyValuePair<CelValue, CelValue>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<CelValue, CelValue>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool TryGet(CelValue key, out CelValue value)
    {
        if (key.Kind == CelKind.String)
        {
            return TryGet(key.StringReference, out value);
        }

        if (_index is not null)
        {
            return TryGetIndexed(key, out value);
        }

        foreach (var entry in _entries)
        {
            if (CelEquality.Same(entry.Key, key))
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public bool TryGet(string key, out CelValue value)
    {
        if (_index is not null)
        {
            return TryGetIndexed(CelValue.From(key), out value);
        }

        foreach (var entry in _entries)
        {
            if (entry.Key.Kind == CelKind.String && string.Equals(entry.Key.StringReference, key, StringComparison.Ordinal))
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    private bool TryGetIndexed(CelValue key, out CelValue value)
    {
        if (_index!.TryGetValue(key, out var position))
        {
            value = _entries[position].Value;
            return true;
        }

        value = default;
        return false;
    }
}
