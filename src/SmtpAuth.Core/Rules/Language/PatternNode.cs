namespace SmtpAuth.Rules.Language;

// A regular expression in RE2's syntax, parsed.
internal abstract class PatternNode
{
    public sealed class Characters(PatternSet set) : PatternNode
    {
        public PatternSet Set { get; } = set;
    }

    public sealed class Assertion(PatternAssertion kind) : PatternNode
    {
        public PatternAssertion Kind { get; } = kind;
    }

    public sealed class Sequence(List<PatternNode> parts) : PatternNode
    {
        public List<PatternNode> Parts { get; } = parts;
    }

    public sealed class Choice(List<PatternNode> branches) : PatternNode
    {
        public List<PatternNode> Branches { get; } = branches;
    }

    // Maximum is -1 where there is none.
    public sealed class Repeat(PatternNode inner, int minimum, int maximum) : PatternNode
    {
        public PatternNode Inner { get; } = inner;

        public int Minimum { get; } = minimum;

        public int Maximum { get; } = maximum;
    }
}

internal enum PatternAssertion
{
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordBoundary,
    NotWordBoundary,
}
