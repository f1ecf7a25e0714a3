namespace SmtpAuth.Rules.Language;

// A tree of questions "what is this fact?", so that rules which some known fact rules out are never looked at.
internal sealed class RuleIndex
{
    private const int LinearLimit = 8;

    private readonly int[] _symbols;
    private readonly RuleIndex[] _children;
    private readonly Dictionary<int, RuleIndex>? _bySymbol;

    public RuleIndex(int[] rules)
    {
        Slot = -1;
        Rules = rules;
        _symbols = [];
        _children = [];
    }

    public RuleIndex(int slot, bool hasFlags, KeyValuePair<int, RuleIndex>[] children, RuleIndex? any)
    {
        Slot = slot;
        HasFlags = hasFlags;
        Any = any;
        Rules = [];
        _symbols = [.. children.Select(static child => child.Key)];
        _children = [.. children.Select(static child => child.Value)];
        _bySymbol = children.Length > LinearLimit ? children.ToDictionary(static child => child.Key, static child => child.Value) : null;
    }

    // The fact asked about; -1 where there is no more question, only rules.
    public int Slot { get; }

    public int[] Rules { get; }

    // For rules that do not depend on the fact, or not in a way that is indexed.
    public RuleIndex? Any { get; }

    // Whether some rule uses the fact as a condition by itself, which is an error where it is no bool.
    public bool HasFlags { get; }

    public RuleIndex[] Children => _children;

    public RuleIndex? Find(int symbol)
    {
        if (_bySymbol is not null)
        {
            return _bySymbol.TryGetValue(symbol, out var found) ? found : null;
        }

        for (var i = 0; i < _symbols.Length; i++)
        {
            if (_symbols[i] == symbol)
            {
                return _children[i];
            }
        }

        return null;
    }
}
