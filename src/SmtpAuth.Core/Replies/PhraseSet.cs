namespace SmtpAuth.Replies;

/// <summary>Which of a catalog's phrases were seen in a stretch of text.</summary>
internal sealed class PhraseSet(int phraseCount)
{
    private const int WordBits = 64;
    private readonly ulong[] _words = new ulong[(phraseCount + WordBits - 1) / WordBits];
    private readonly List<int> _seen = [];

    /// <summary>The phrases that were seen, in the order of their first appearance.</summary>
    public IReadOnlyList<int> Seen => _seen;

    public bool Contains(int phrase) => (_words[phrase / WordBits] & (1UL << (phrase % WordBits))) != 0;

    public void Add(int phrase)
    {
        if (!Contains(phrase))
        {
            _words[phrase / WordBits] |= 1UL << (phrase % WordBits);
            _seen.Add(phrase);
        }
    }

    public bool ContainsAny(int[] phrases)
    {
        foreach (var phrase in phrases)
        {
            if (Contains(phrase))
            {
                return true;
            }
        }

        return false;
    }

    public void Clear()
    {
        Array.Clear(_words, 0, _words.Length);
        _seen.Clear();
    }
}
