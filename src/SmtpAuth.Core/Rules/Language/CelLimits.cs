namespace SmtpAuth.Rules.Language;

/// <summary>How much an expression may ask for. What is beyond is a diagnostic or an error value, never a hang.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CelLimits
{
    /// <summary>Gets the limits used where none are given.</summary>
    public static CelLimits Default { get; } = new();

    /// <summary>Gets the longest expression, in UTF-16 code units.</summary>
    /// <value>The default is 100,000.</value>
    public int ExpressionLength { get; init; } = 100_000;

    /// <summary>Gets the deepest nesting of an expression.</summary>
    /// <value>The default is 100, which fits on a stack of 256 KB.</value>
    /// <remarks>Parser and evaluator recurse. Chains of <c>&amp;&amp;</c> and <c>||</c> are one level, however long.</remarks>
    public int Depth { get; init; } = 100;

    /// <summary>Gets the number of steps one evaluation may take.</summary>
    /// <value>The default is 5,000,000, well under a second.</value>
    /// <remarks>A step is one operator, one element or some 16 characters looked at.</remarks>
    public long Cost { get; init; } = 5_000_000;

    /// <summary>Gets the largest value an evaluation may build, counted in scalars and in 16 characters of text.</summary>
    /// <value>The default is 1,000,000.</value>
    public long ValueSize { get; init; } = 1_000_000;

    /// <summary>Gets the number of instructions a pattern of <c>matches</c> may compile to.</summary>
    /// <value>The default is 5,000.</value>
    public int PatternSize { get; init; } = 5_000;
}
