using System.Diagnostics.CodeAnalysis;

namespace SmtpAuth.Rules.Language;

// A compiled pattern. Says whether a text holds a match, in time linear in the text. Immutable but for its cache, and thread-safe.
internal sealed class Pattern
{
    private readonly PatternInstruction[] _instructions;
    private readonly PatternAutomaton? _automaton;
    private readonly string? _literal;

    private Pattern(PatternInstruction[] instructions)
    {
        _instructions = instructions;
        _literal = PlainText(instructions);
        _automaton = Array.Exists(instructions, static i => i.Operation == PatternOperation.Assert
            && i.Assertion is not (PatternAssertion.TextStart or PatternAssertion.TextEnd))
            ? null
            : new PatternAutomaton(instructions);
    }

    public int Size => _instructions.Length;

    public static bool TryCompile(string pattern, int limit, [NotNullWhen(true)] out Pattern? result, out string problem)
    {
        try
        {
            result = new(PatternCompiler.Compile(PatternParser.Parse(pattern), limit));
            problem = "";
            return true;
        }
        catch (PatternException exception)
        {
            result = null;
            problem = exception.Message;
            return false;
        }
    }

    public bool IsMatch(string text, Evaluation evaluation)
    {
        if (_literal is not null)
        {
            evaluation.Charge((text.Length / 16) + ((long)text.Length * _literal.Length / 1024));
            return text.Contains(_literal, StringComparison.Ordinal);
        }

        return _automaton?.TryMatch(text, evaluation) ?? PatternSimulation.IsMatch(_instructions, text, evaluation);
    }

    // A pattern without any operator is a search for itself.
    private static string? PlainText(PatternInstruction[] instructions)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 1; i < instructions.Length - 1; i++)
        {
            if (instructions[i].Operation != PatternOperation.Characters || instructions[i].Set!.Single is not (>= 0 and var single)
                || single is >= 0xD800 and <= 0xDFFF)
            {
                return null;
            }

            text.Append(char.ConvertFromUtf32(single));
        }

        return text.ToString();
    }
}
