namespace SmtpAuth.Rules.Language;

internal sealed class RuleIndexBuilder(IReadOnlyList<Gate> gates, IReadOnlyList<int> operands, SymbolTable[] symbols)
{
    private const int LeafSize = 4;
    private const int LargestSet = 8;

    // A question is worth asking when it is expected to leave at most so many of a hundred rules.
    private const int WorthwhilePercent = 80;

    private readonly record struct Access(int Slot, int[] Symbols, bool IsFlag);

    public RuleIndex Build(int[] roots)
    {
        var accesses = roots.Select(AccessesOf).ToArray();
        return Build([.. Enumerable.Range(0, roots.Length)], accesses, []);
    }

    private static RuleIndex Build(int[] rules, Access[][] accesses, HashSet<int> asked)
    {
        var slot = rules.Length <= LeafSize ? -1 : BestSlot(rules, accesses, asked);
        if (slot < 0)
        {
            return new RuleIndex(rules);
        }

        var bySymbol = new SortedDictionary<int, List<int>>();
        var rest = new List<int>();
        var hasFlags = false;
        foreach (var rule in rules)
        {
            var access = Array.Find(accesses[rule], a => a.Slot == slot);
            if (access.Symbols is null)
            {
                rest.Add(rule);
                continue;
            }

            hasFlags |= access.IsFlag;
            foreach (var symbol in access.Symbols)
            {
                if (!bySymbol.TryGetValue(symbol, out var list))
                {
                    bySymbol.Add(symbol, list = []);
                }

                list.Add(rule);
            }
        }

        asked.Add(slot);
        var children = bySymbol.Select(pair => new KeyValuePair<int, RuleIndex>(pair.Key, Build([.. pair.Value], accesses, asked))).ToArray();
        var any = rest.Count == 0 ? null : Build([.. rest], accesses, asked);
        asked.Remove(slot);
        return new RuleIndex(slot, hasFlags, children, any);
    }

    private static int BestSlot(int[] rules, Access[][] accesses, HashSet<int> asked)
    {
        var counts = new Dictionary<int, (int Rules, HashSet<int> Symbols)>();
        foreach (var rule in rules)
        {
            foreach (var access in accesses[rule])
            {
                if (asked.Contains(access.Slot))
                {
                    continue;
                }

                if (!counts.TryGetValue(access.Slot, out var count))
                {
                    count = (0, []);
                }

                count.Symbols.UnionWith(access.Symbols);
                counts[access.Slot] = (count.Rules + 1, count.Symbols);
            }
        }

        var best = -1;
        var fewest = rules.Length * (long)WorthwhilePercent / 100;
        foreach (var count in counts.OrderBy(static pair => pair.Key))
        {
            // One more than there are constants: the fact may be something else altogether.
            var expected = rules.Length - count.Value.Rules + (count.Value.Rules / (count.Value.Symbols.Count + 1));
            if (expected < fewest)
            {
                best = count.Key;
                fewest = expected;
            }
        }

        return best;
    }

    // What a rule requires of single facts: where one of these does not hold, neither does the rule.
    private Access[] AccessesOf(int root)
    {
        var result = new Dictionary<int, Access>();
        var required = gates[root].Kind == GateKind.And ? Operands(root) : [root];
        foreach (var gate in required)
        {
            if (AccessOf(gate) is { } access && access.Symbols.Length <= LargestSet
                && (!result.TryGetValue(access.Slot, out var other) || other.Symbols.Length > access.Symbols.Length))
            {
                result[access.Slot] = access;
            }
        }

        return [.. result.Values];
    }

    private IEnumerable<int> Operands(int gate) => Enumerable.Range(gates[gate].First, gates[gate].Count).Select(i => operands[i]);

    private Access? AccessOf(int index)
    {
        var gate = gates[index];
        switch (gate.Kind)
        {
            case GateKind.Equal:
                return new(gate.Slot, [gate.Symbol], false);
            case GateKind.Flag:
                return new(gate.Slot, [symbols[gate.Slot].Add(CelValue.True)], true);
            case GateKind.OneOf:
                return new(gate.Slot, [.. SymbolsOf(gate.Symbols!)], false);
            case GateKind.Not when gates[operands[gate.First]] is { Kind: GateKind.Flag } flag:
                return new(flag.Slot, [symbols[flag.Slot].Add(CelValue.False)], true);
            case GateKind.Or:
                var parts = Operands(index).Select(AccessOf).ToArray();
                return Array.TrueForAll(parts, part => part is not null && part.Value.Slot == parts[0]!.Value.Slot)
                    ? new(parts[0]!.Value.Slot, [.. parts.SelectMany(static part => part!.Value.Symbols).Distinct()], parts.Any(static part => part!.Value.IsFlag))
                    : null;
            default:
                return null;
        }
    }

    private static IEnumerable<int> SymbolsOf(ulong[] bits)
    {
        for (var i = 0; i < bits.Length * 64; i++)
        {
            if ((bits[i / 64] >> (i % 64) & 1) != 0)
            {
                yield return i;
            }
        }
    }
}
