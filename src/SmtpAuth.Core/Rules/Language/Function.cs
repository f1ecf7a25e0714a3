namespace SmtpAuth.Rules.Language;

internal delegate CelValue FunctionBody(ReadOnlySpan<CelValue> arguments, Evaluation evaluation);

internal sealed class Function
{
    private readonly string? _signatures;
    private Overload[]? _overloads;

    public Function(string name, string signatures, FunctionBody body, bool acceptsUnknownParts = false)
    {
        Name = name;
        _signatures = signatures;
        Body = body;
        AcceptsUnknownParts = acceptsUnknownParts;
    }

    public Function(string name, Overload[] overloads, FunctionBody body)
    {
        Name = name;
        _overloads = overloads;
        Body = body;
    }

    public string Name { get; }

    public FunctionBody Body { get; }

    // Whether the body can say something although a list or map among the arguments has unknown parts.
    public bool AcceptsUnknownParts { get; }

    // Read on first use: a policy uses a few of the hundred functions.
    public Overload[] Overloads => _overloads ??= Overload.ParseAll(_signatures!);

    // Takes any number of numbers, or one list of them.
    public bool IsOfNumbers { get; private init; }

    public static Function OfNumbers(string name, FunctionBody body) => new(name, [], body) { IsOfNumbers = true };
}
