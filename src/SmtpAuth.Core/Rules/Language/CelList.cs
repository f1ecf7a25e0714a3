using System.Collections;

namespace SmtpAuth.Rules.Language;

internal sealed class CelList : IReadOnlyList<CelValue>
{
    public CelList(CelValue[] items)
    {
        Items = items;
        long weight = 1;
        foreach (var item in items)
        {
            weight = CelWeight.Add(weight, item);
            HasUnknown |= CelWeight.HasUnknown(item);
        }

        Weight = weight;
    }

    public static CelList Empty { get; } = new([]);

    public CelValue[] Items { get; }

    // Counts shared parts as often as they occur, so that a small expression cannot build a huge value.
    public long Weight { get; }

    public bool HasUnknown { get; }

    public int Count => Items.Length;

    public CelValue this[int index] => Items[index];

    public IEnumerator<CelValue> GetEnumerator() => ((IEnumerable<CelValue>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
