namespace SmtpAuth.Rules.Language;

// All ways through the pattern at once, one character after the other: Thompson's simulation, with every assertion.
internal sealed class PatternSimulation
{
    private readonly PatternInstruction[] _instructions;
    private readonly string _text;
    private readonly int[] _marks;
    private readonly int[] _pending;
    private int _mark;

    private PatternSimulation(PatternInstruction[] instructions, string text)
    {
        _instructions = instructions;
        _text = text;
        _marks = new int[instructions.Length];
        _pending = new int[(2 * instructions.Length) + 2];
    }

    public static bool IsMatch(PatternInstruction[] instructions, string text, Evaluation evaluation) =>
        evaluation.Charge(instructions.Length / 4) && new PatternSimulation(instructions, text).Run(evaluation);

    private bool Run(Evaluation evaluation)
    {
        var current = new List<int>();
        var next = new List<int>();
        for (var position = 0; ;)
        {
            // A match may begin anywhere.
            if (Follow(0, position, current, keepMark: current.Count > 0))
            {
                return true;
            }

            if (position >= _text.Length || !evaluation.Charge(1 + (current.Count / 4)))
            {
                return false;
            }

            var codePoint = PatternText.CodePointAt(_text, ref position);
            next.Clear();
            _mark++;
            foreach (var index in current)
            {
                if (_instructions[index].Set!.Contains(codePoint) && Follow(_instructions[index].Next, position, next, keepMark: true))
                {
                    return true;
                }
            }

            (current, next) = (next, current);
        }
    }

    // Adds every character set reachable without reading; true where the end of the pattern is.
    private bool Follow(int start, int position, List<int> reached, bool keepMark)
    {
        _mark += keepMark ? 0 : 1;
        var count = 0;
        _pending[count++] = start;
        while (count > 0)
        {
            var index = _pending[--count];
            if (_marks[index] == _mark)
            {
                continue;
            }

            _marks[index] = _mark;
            ref readonly var instruction = ref _instructions[index];
            switch (instruction.Operation)
            {
                case PatternOperation.Match:
                    return true;
                case PatternOperation.Characters:
                    reached.Add(index);
                    break;
                case PatternOperation.Split:
                    Push(instruction.Other, ref count);
                    Push(instruction.Next, ref count);
                    break;
                case PatternOperation.Assert when !PatternAssertions.Holds(instruction.Assertion, _text, position):
                    break;
                default:
                    Push(instruction.Next, ref count);
                    break;
            }
        }

        return false;
    }

    private void Push(int index, ref int count)
    {
        if (_marks[index] != _mark)
        {
            _pending[count++] = index;
        }
    }
}

internal static class PatternAssertions
{
    public static bool Holds(PatternAssertion assertion, string text, int position) => assertion switch
    {
        PatternAssertion.TextStart => position == 0,
        PatternAssertion.TextEnd => position == text.Length,
        PatternAssertion.LineStart => position == 0 || text[position - 1] == '\n',
        PatternAssertion.LineEnd => position == text.Length || text[position] == '\n',
        PatternAssertion.WordBoundary => IsWord(text, position - 1) != IsWord(text, position),
        _ => IsWord(text, position - 1) == IsWord(text, position),
    };

    private static bool IsWord(string text, int position) => position >= 0 && position < text.Length
        && text[position] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';
}
