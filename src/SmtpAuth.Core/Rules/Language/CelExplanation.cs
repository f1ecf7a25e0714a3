namespace SmtpAuth.Rules.Language;

/// <summary>One part of an expression with the value it had.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CelExplanation
{
    internal CelExplanation(string text, int start, CelValue value, string? fact, string? element, IReadOnlyList<CelExplanation> children)
    {
        Text = text;
        Start = start;
        Value = value;
        Fact = fact;
        Element = element;
        Children = children;
    }

    /// <summary>Gets the part as it was written.</summary>
    public string Text { get; }

    /// <summary>Gets its position in the expression in UTF-16 code units, from 0.</summary>
    public int Start { get; }

    /// <summary>Gets the value: known, unknown or an error.</summary>
    public CelValue Value { get; }

    /// <summary>Gets the name of the fact the value was read from, or <see langword="null"/> where it was computed.</summary>
    public string? Fact { get; }

    /// <summary>Gets the element of a list or map the part was evaluated for, such as <c>p = {…}</c>, or <see langword="null"/>.</summary>
    public string? Element { get; }

    /// <summary>Gets the parts of the part. All of them: also those which did not matter for the result.</summary>
    public IReadOnlyList<CelExplanation> Children { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{(Element is null ? "" : $"[{Element}] ")}{Text} => {Value}";
}
