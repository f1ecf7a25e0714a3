namespace SmtpAuth.Rules.Language;

internal enum TestKind : byte
{
    Constant,
    Flag,
    Equal,
    OneOf,
    Contains,
    StartsWith,
    EndsWith,
    Compare,
    Expression,
    Not,
    And,
    Or,
    Choose,
}

// One distinct condition of a set, in a flat table. What refers to other tests has a range of their numbers.
internal struct Test
{
    public TestKind Kind { get; set; }

    public BinaryOperator Operator { get; set; }

    // The fact it tests; -1 where it tests several, or not in a way that is indexed.
    public int Slot { get; set; }

    public int First { get; set; }

    public int Count { get; set; }

    // Roughly nanoseconds; && and || try the cheap first.
    public int Cost { get; set; }

    // What the fact is compared with, or searched for.
    public CelValue Constant { get; set; }

    public CelValue[]? Constants { get; set; }

    public HashSet<CelValue>? Set { get; set; }

    public Node? Expression { get; set; }
}
