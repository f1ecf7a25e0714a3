namespace SmtpAuth.Rules.Language;

// For one fact: which rows of the plan its value leaves possible.
internal sealed class SlotIndex
{
    // Past this size the table is kept as lists of rows instead of bits.
    private const long LargestTable = 1 << 18;
    private const double ExactLimit = 9007199254740992;

    private readonly SlotClasses _classes;
    private readonly ulong[][] _possible;
    private readonly ulong[]?[] _doubtful;
    private readonly int[][]? _rows;
    private readonly ulong _dependsWord;
    private readonly ulong[] _possibleWords;
    private readonly ulong[] _doubtfulWords;

    private SlotIndex(int slot, ulong[] depends, SlotClasses classes, ulong[][] possible, ulong[]?[] doubtful, int[][]? rows)
    {
        Slot = slot;
        Depends = depends;
        _classes = classes;
        _possible = possible;
        _doubtful = doubtful;
        _rows = rows;
        _dependsWord = depends.Length == 0 ? 0 : depends[0];
        _possibleWords = [.. possible.Select(static bits => bits.Length == 0 ? 0 : bits[0])];
        _doubtfulWords = [.. doubtful.Select(static bits => bits is null || bits.Length == 0 ? 0 : bits[0])];
    }

    public int Slot { get; }

    // The rows with a condition on the fact.
    public ulong[] Depends { get; }

    // Numbers past 2^53 equal their neighbours as doubles, so their classes would overlap.
    public static bool CanHold(CelValue value) => value.Kind switch
    {
        CelKind.Null or CelKind.Bool or CelKind.String => true,
        CelKind.Int => Math.Abs((double)value.Bits) < ExactLimit,
        CelKind.Uint => value.UintBits < ExactLimit,
        CelKind.Double => Math.Abs(value.DoubleBits) < ExactLimit,
        _ => false,
    };

    public static bool IsLarge(int rowCount, IReadOnlyList<(int Row, int Test)> conditions, TestTable tests) =>
        (long)ClassesOf(conditions, tests).Samples.Count * Bits.Words(rowCount) > LargestTable;

    public static SlotIndex Build(int slot, int rowCount, IReadOnlyList<(int Row, int Test)> conditions, TestTable tests, bool isSparse)
    {
        var depends = new ulong[Bits.Words(rowCount)];
        foreach (var (row, _) in conditions)
        {
            Bits.Set(depends, row);
        }

        var classes = ClassesOf(conditions, tests);
        return isSparse
            ? BuildSparse(slot, rowCount, depends, classes, conditions, tests)
            : BuildDense(slot, rowCount, depends, classes, conditions, tests);
    }

    // Takes out of the possible rows those the value rules out, and adds to the doubtful ones those it makes unknown or faulty.
    public void Apply(in CelValue value, ulong[] possible, ulong[] doubtful, ref bool hasDoubt)
    {
        if (value.IsAbnormal)
        {
            Bits.Or(doubtful, Depends);
            hasDoubt = true;
            return;
        }

        var index = _classes.Of(value);
        if (_rows is not null)
        {
            ApplySparse(_rows[index], possible);
            return;
        }

        Bits.And(possible, _possible[index]);
        if (_doubtful[index] is { } doubt)
        {
            Bits.Or(doubtful, doubt);
            hasDoubt = true;
        }
    }

    // The same for plans of up to 64 rows.
    public SlotWord ToWord() => new(Slot, _dependsWord, _classes, _possibleWords, Array.TrueForAll(_doubtfulWords, static word => word == 0) ? null : _doubtfulWords);

    // How many of its rows a value is expected to rule out.
    public double Power => Bits.Count(Depends) * (1 - (1 / (double)Math.Max(2, _classes.Samples.Count - 6)));

    private static SlotClasses ClassesOf(IReadOnlyList<(int Row, int Test)> conditions, TestTable tests) =>
        new([.. conditions.Select(static c => c.Test).Distinct().SelectMany(tests.ConstantsOf)]);

    private void ApplySparse(int[] rows, ulong[] possible)
    {
        // _possible[0] holds the rows that do not depend on the fact.
        var kept = 0;
        Span<int> few = stackalloc int[64];
        foreach (var row in rows)
        {
            if (Bits.Has(possible, row))
            {
                if (kept == few.Length)
                {
                    ApplyMany(rows, possible);
                    return;
                }

                few[kept++] = row;
            }
        }

        Bits.And(possible, _possible[0]);
        foreach (var row in few.Slice(0, kept))
        {
            Bits.Set(possible, row);
        }
    }

    // What is to be kept is marked in the words themselves: a row that depends on the fact is kept when it is in the list.
    private void ApplyMany(int[] rows, ulong[] possible)
    {
        var next = 0;
        for (var word = 0; word < possible.Length; word++)
        {
            ulong keep = 0;
            for (; next < rows.Length && rows[next] >> 6 == word; next++)
            {
                keep |= 1UL << (rows[next] & 63);
            }

            possible[word] &= _possible[0][word] | keep;
        }
    }

    private static SlotIndex BuildDense(
        int slot, int rowCount, ulong[] depends, SlotClasses classes, IReadOnlyList<(int Row, int Test)> conditions, TestTable tests)
    {
        var possible = new ulong[classes.Samples.Count][];
        var doubtful = new ulong[]?[classes.Samples.Count];
        var outcomes = new Dictionary<int, CelOutcome>();
        for (var i = 0; i < possible.Length; i++)
        {
            possible[i] = Bits.All(rowCount);
            outcomes.Clear();
            foreach (var (row, test) in conditions)
            {
                if (!outcomes.TryGetValue(test, out var outcome))
                {
                    outcomes.Add(test, outcome = tests.Try(test, classes.Samples[i]));
                }

                if (outcome == CelOutcome.False)
                {
                    Bits.Clear(possible[i], row);
                }
                else if (outcome != CelOutcome.True)
                {
                    Bits.Set(doubtful[i] ??= new ulong[depends.Length], row);
                }
            }
        }

        return new(slot, depends, classes, possible, doubtful, null);
    }

    private static SlotIndex BuildSparse(
        int slot, int rowCount, ulong[] depends, SlotClasses classes, IReadOnlyList<(int Row, int Test)> conditions, TestTable tests)
    {
        var free = Bits.All(rowCount);
        var rows = new List<int>[classes.Samples.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = [];
        }

        // INVARIANT: the plan gives a fact of many classes only conditions that hold for a few of them, and for known values decide.
        foreach (var group in conditions.GroupBy(static c => c.Row))
        {
            Bits.Clear(free, group.Key);
            foreach (var constant in tests.ConstantsOf(group.First().Test))
            {
                var index = classes.Of(constant);
                if (group.All(c => tests.Try(c.Test, constant) == CelOutcome.True) && (rows[index].Count == 0 || rows[index][rows[index].Count - 1] != group.Key))
                {
                    rows[index].Add(group.Key);
                }
            }
        }

        return new(slot, depends, classes, [free], [], [.. rows.Select(static list => list.OrderBy(static row => row).ToArray())]);
    }
}
