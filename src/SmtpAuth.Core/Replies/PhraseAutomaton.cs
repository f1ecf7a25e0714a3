namespace SmtpAuth.Replies;

/// <summary>Finds every phrase of a fixed set in one pass over a text (Aho-Corasick).</summary>
/// <remarks>
/// <para>Case is ignored and any white space equals a blank. <c>#</c> in a phrase stands for one digit. A phrase is made of
/// whole words, unless <c>*</c> at its start or end says that its first or last word may be part of a longer one. Work is
/// linear in the text; memory was spent when the automaton was built.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
internal sealed class PhraseAutomaton
{
    /// <summary>From Thai on, most scripts put no blanks between words.</summary>
    public const char FirstOfUnspacedScripts = '\u0E00';

    private const int AsciiLength = 128;
    private const char PartOfWord = '*';
    private readonly byte[] _classOf = new byte[AsciiLength];
    private readonly int _width;
    private readonly int[] _next;
    private readonly Dictionary<long, int> _nextBeyondAscii = [];
    private readonly int[] _fallback;
    private readonly int[][] _found;
    private readonly bool[] _isEnd;
    private readonly (int Length, bool IsStartWhole, bool IsEndWhole)[] _shapes;

    public PhraseAutomaton(IReadOnlyList<string> phrases)
    {
        var expanded = new List<(string Text, int Phrase)>();
        for (var phrase = 0; phrase < phrases.Count; phrase++)
        {
            Expand(phrases[phrase].Trim(PartOfWord), phrase, expanded);
        }

        _shapes = [.. phrases.Select(ShapeOf)];

        _width = AssignClasses(expanded);
        var rows = new List<int[]> { NewRow() };
        var found = new List<List<int>> { new() };
        foreach (var (text, phrase) in expanded)
        {
            found[Insert(text, rows, found)].Add(phrase);
        }

        _fallback = new int[rows.Count];
        Link(rows, found);
        _next = [.. rows.SelectMany(row => row)];
        _found = [.. found.Select(list => list.Distinct().ToArray())];
        _isEnd = [.. _found.Select(ends => ends.Length > 0)];
        PhraseCount = phrases.Count;
    }

    public int PhraseCount { get; }

    /// <summary>The state before the first character.</summary>
    public static int Start => 0;

    /// <summary>The state after one more character.</summary>
    public int Next(int state, char character) => character < AsciiLength
        ? _next[(state * _width) + _classOf[character]]
        : NextBeyondAscii(state, char.ToLowerInvariant(character));

    /// <summary>Says whether a phrase ends in a state.</summary>
    public bool IsEnd(int state) => _isEnd[state];

    /// <summary>The phrases that end in a state.</summary>
    public ReadOnlySpan<int> FoundAt(int state) => _found[state];

    /// <summary>Says whether a phrase whose last character is at an index neither starts nor ends within a word.</summary>
    public bool IsWhole(int phrase, ReadOnlySpan<char> text, int index)
    {
        var (length, isStartWhole, isEndWhole) = _shapes[phrase];
        var start = index - length + 1;
        return !(isStartWhole && start > 0 && IsInWord(text[start - 1], text[start]))
            && !(isEndWhole && index + 1 < text.Length && IsInWord(text[index], text[index + 1]));
    }

    /// <summary>Says whether a text holds any of the phrases. Allocates nothing.</summary>
    public bool IsAnyIn(ReadOnlySpan<char> text)
    {
        var (next, classOf, isEnd, width, state) = (_next, _classOf, _isEnd, _width, Start);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            state = character < AsciiLength ? next[(state * width) + classOf[character]] : NextBeyondAscii(state, char.ToLowerInvariant(character));
            if (isEnd[state] && IsAnyWhole(state, text, index))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Scripts that put no blanks between words have no ends of words to look for.</summary>
    private static bool IsInWord(char one, char next) =>
        one < FirstOfUnspacedScripts && next < FirstOfUnspacedScripts && char.IsLetterOrDigit(one) && char.IsLetterOrDigit(next);

    private static (int Length, bool IsStartWhole, bool IsEndWhole) ShapeOf(string phrase) =>
        (phrase.Trim(PartOfWord).Length, phrase[0] != PartOfWord, phrase[phrase.Length - 1] != PartOfWord);

    private bool IsAnyWhole(int state, ReadOnlySpan<char> text, int index)
    {
        foreach (var phrase in _found[state])
        {
            if (IsWhole(phrase, text, index))
            {
                return true;
            }
        }

        return false;
    }

    private static void Expand(string text, int phrase, List<(string Text, int Phrase)> expanded)
    {
        var wildcard = text.IndexOf('#');
        if (wildcard < 0)
        {
            expanded.Add((text.ToLowerInvariant(), phrase));
            return;
        }

        for (var digit = '0'; digit <= '9'; digit++)
        {
            Expand(text.Substring(0, wildcard) + digit + text.Substring(wildcard + 1), phrase, expanded);
        }
    }

    private int AssignClasses(List<(string Text, int Phrase)> expanded)
    {
        byte width = 1;
        foreach (var character in expanded.SelectMany(entry => entry.Text))
        {
            var folded = Fold(character);
            if (folded < AsciiLength && _classOf[folded] == 0)
            {
                _classOf[folded] = width++;
            }
        }

        for (var letter = 'A'; letter <= 'Z'; letter++)
        {
            _classOf[letter] = _classOf[char.ToLowerInvariant(letter)];
        }

        foreach (var blank in "\t\n\v\f\r")
        {
            _classOf[blank] = _classOf[' '];
        }

        return width;
    }

    private static char Fold(char character) => char.IsWhiteSpace(character) ? ' ' : char.ToLowerInvariant(character);

    private int[] NewRow()
    {
        var row = new int[_width];
        row.AsSpan().Fill(-1);
        return row;
    }

    private int Insert(string text, List<int[]> rows, List<List<int>> found)
    {
        var state = Start;
        foreach (var character in text)
        {
            var folded = Fold(character);
            var next = folded < AsciiLength
                ? rows[state][_classOf[folded]]
                : _nextBeyondAscii.TryGetValue(Key(state, folded), out var beyond) ? beyond : -1;
            if (next < 0)
            {
                next = rows.Count;
                rows.Add(NewRow());
                found.Add([]);
                if (folded < AsciiLength)
                {
                    rows[state][_classOf[folded]] = next;
                }
                else
                {
                    _nextBeyondAscii[Key(state, folded)] = next;
                }
            }

            state = next;
        }

        return state;
    }

    private void Link(List<int[]> rows, List<List<int>> found)
    {
        var beyond = _nextBeyondAscii
            .Select(entry => (Parent: (int)(entry.Key >> 16), Character: (char)(entry.Key & 0xFFFF), Child: entry.Value))
            .ToLookup(entry => entry.Parent);
        var queue = new Queue<int>();
        queue.Enqueue(Start);
        while (queue.Count > 0)
        {
            var state = queue.Dequeue();
            var fallback = _fallback[state];
            for (var kind = 0; kind < _width; kind++)
            {
                var child = rows[state][kind];
                var resume = state == Start ? Start : rows[fallback][kind];
                if (child < 0)
                {
                    rows[state][kind] = resume;
                }
                else
                {
                    Adopt(child, resume, found, queue);
                }
            }

            foreach (var (_, character, child) in beyond[state])
            {
                Adopt(child, state == Start ? Start : NextBeyondAscii(fallback, character), found, queue);
            }
        }
    }

    private void Adopt(int child, int fallback, List<List<int>> found, Queue<int> queue)
    {
        _fallback[child] = fallback;
        found[child].AddRange(found[fallback]);
        queue.Enqueue(child);
    }

    private int NextBeyondAscii(int state, char character)
    {
        if (char.IsWhiteSpace(character))
        {
            return _next[(state * _width) + _classOf[' ']];
        }

        while (true)
        {
            if (_nextBeyondAscii.TryGetValue(Key(state, character), out var next))
            {
                return next;
            }

            if (state == Start)
            {
                return Start;
            }

            state = _fallback[state];
        }
    }

    private static long Key(int state, char character) => ((long)state << 16) | character;
}
