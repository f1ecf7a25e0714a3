namespace SmtpAuth.Rules.Language;

// Remembers which sets of ways through the pattern lead where, so that a character usually costs one look-up.
// For patterns without assertions that look at neighbours. States are made as texts ask for them, up to a limit.
internal sealed class PatternAutomaton
{
    private const int MaximumStates = 1_000;
    private const int MaximumIndexes = 200_000;
    private const int AsciiCount = 128;

    private readonly PatternInstruction[] _instructions;
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private readonly object _growth = new();
    private readonly State _first;
    private int _indexes;

    public PatternAutomaton(PatternInstruction[] instructions)
    {
        _instructions = instructions;
        _first = Close([0], atStart: true);
    }

    // Null where the pattern has too many states to remember: the caller simulates.
    public bool? TryMatch(string text, Evaluation evaluation)
    {
        var state = _first;
        var position = 0;
        while (position < text.Length)
        {
            if (state.Matches)
            {
                return true;
            }

            if (state.Indexes.Length == 0)
            {
                return false;
            }

            var c = text[position];
            var next = c < AsciiCount ? Volatile.Read(ref state.Next[c]) : null;
            if (next is null)
            {
                next = Step(state, PatternText.CodePointAt(text, ref position), evaluation);
                if (next is null)
                {
                    return evaluation.IsExhausted ? false : null;
                }
            }
            else
            {
                position++;
            }

            state = next;
        }

        evaluation.Charge(text.Length / 4);
        return state.Matches || state.MatchesAtEnd;
    }

    private State? Step(State state, int codePoint, Evaluation evaluation)
    {
        if (!evaluation.Charge(1 + (state.Indexes.Length / 4)))
        {
            return null;
        }

        lock (_growth)
        {
            if (_states.Count >= MaximumStates || _indexes >= MaximumIndexes)
            {
                return null;
            }

            var starts = new List<int>();
            foreach (var index in state.Indexes)
            {
                if (_instructions[index].Set!.Contains(codePoint))
                {
                    starts.Add(_instructions[index].Next);
                }
            }

            // A match may begin anywhere.
            starts.Add(0);
            var next = Close(starts, atStart: false);
            if (codePoint < AsciiCount)
            {
                Volatile.Write(ref state.Next[codePoint], next);
            }

            return next;
        }
    }

    private State Close(List<int> starts, bool atStart)
    {
        var reached = Reach(starts, atStart, atEnd: false, out var matches);
        var matchesAtEnd = matches;
        if (!matches)
        {
            _ = Reach(starts, atStart, atEnd: true, out matchesAtEnd);
        }

        var key = (matchesAtEnd ? "$" : "") + (matches ? "!" : "") + new string([.. reached.Select(static index => (char)index)]);
        if (!_states.TryGetValue(key, out var state))
        {
            _states.Add(key, state = new State([.. reached], matches, matchesAtEnd));
            _indexes += reached.Count;
        }

        return state;
    }

    private SortedSet<int> Reach(List<int> starts, bool atStart, bool atEnd, out bool matches)
    {
        matches = false;
        var reached = new SortedSet<int>();
        var seen = new HashSet<int>();
        var pending = new Stack<int>(starts);
        while (pending.Count > 0)
        {
            var index = pending.Pop();
            if (!seen.Add(index))
            {
                continue;
            }

            ref readonly var instruction = ref _instructions[index];
            switch (instruction.Operation)
            {
                case PatternOperation.Match:
                    matches = true;
                    break;
                case PatternOperation.Characters:
                    reached.Add(index);
                    break;
                case PatternOperation.Assert when instruction.Assertion == PatternAssertion.TextStart ? !atStart : !atEnd:
                    break;
                case PatternOperation.Split:
                    pending.Push(instruction.Other);
                    pending.Push(instruction.Next);
                    break;
                default:
                    pending.Push(instruction.Next);
                    break;
            }
        }

        return reached;
    }

    private sealed class State(int[] indexes, bool matches, bool matchesAtEnd)
    {
        public readonly State?[] Next = new State?[AsciiCount];

        public int[] Indexes { get; } = indexes;

        public bool Matches { get; } = matches;

        public bool MatchesAtEnd { get; } = matchesAtEnd;
    }
}
