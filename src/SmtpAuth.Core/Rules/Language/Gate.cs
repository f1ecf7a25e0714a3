namespace SmtpAuth.Rules.Language;

internal enum GateKind : byte
{
    Constant,
    Flag,
    Equal,
    OneOf,
    Contains,
    StartsWith,
    EndsWith,
    Expression,
    Not,
    And,
    Or,
    Choose,
}

// One distinct condition of a set, in a flat table. What refers to other gates has a range of their numbers.
internal struct Gate
{
    public GateKind Kind { get; set; }

    public byte Constant { get; set; }

    public int Slot { get; set; }

    public int Symbol { get; set; }

    public int First { get; set; }

    public int Count { get; set; }

    // Roughly nanoseconds; && and || try the cheap first.
    public int Cost { get; set; }

    public string? Text { get; set; }

    public Node? Expression { get; set; }

    public ulong[]? Symbols { get; set; }
}
