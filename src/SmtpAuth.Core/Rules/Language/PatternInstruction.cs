namespace SmtpAuth.Rules.Language;

internal enum PatternOperation
{
    Characters,
    Split,
    Jump,
    Assert,
    Match,
}

// Next is where to go on; Other is the second way of a split.
internal struct PatternInstruction
{
    public PatternOperation Operation { get; set; }

    public int Next { get; set; }

    public int Other { get; set; }

    public PatternSet? Set { get; set; }

    public PatternAssertion Assertion { get; set; }
}
