using SmtpAuth.Rules.Language;

namespace SmtpAuth.Rules;

/// <summary>What became of one rule on one state, and why.</summary>
/// <remarks>Immutable and thread-safe. The explanation is made when it is asked for.</remarks>
public sealed class RuleResult
{
    private readonly StateBindings _bindings;

    internal RuleResult(Rule rule, StateBindings bindings)
    {
        Rule = rule;
        _bindings = bindings;
        var value = rule.When.Evaluate(bindings);
        Outcome = value.Kind switch
        {
            CelKind.Bool => value.IsTrue ? RuleOutcome.Matched : RuleOutcome.NotMatched,
            CelKind.Unknown => RuleOutcome.Unknown,
            _ => RuleOutcome.Faulted,
        };
        Unknowns = value.IsUnknown ? value.AsUnknown().Names : [];
        Fault = Outcome != RuleOutcome.Faulted ? null
            : value.IsError ? value.AsError().Message
            : $"the condition gave {value}, expected true or false";
    }

    /// <summary>Gets the rule.</summary>
    public Rule Rule { get; }

    /// <summary>Gets what became of it.</summary>
    public RuleOutcome Outcome { get; }

    /// <summary>Gets the names of the facts, or of the answers, that would decide; empty unless the outcome is unknown.</summary>
    public IReadOnlyList<string> Unknowns { get; }

    /// <summary>Gets what went wrong.</summary>
    /// <value><see langword="null"/> unless the outcome is <see cref="RuleOutcome.Faulted"/>.</value>
    public string? Fault { get; }

    /// <summary>Gets a value indicating whether not knowing does not matter, because another gate settles it.</summary>
    internal bool IsMoot => Outcome == RuleOutcome.Unknown && Rule.MootWhen?.Evaluate(_bindings).IsTrue == true;

    /// <summary>Tells why one of the <see cref="Unknowns"/> is unknown.</summary>
    /// <param name="name">The name.</param>
    /// <returns>One sentence for a person.</returns>
    public string Reason(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _bindings.Reason(name);
    }

    /// <summary>Explains the condition: every part of it with its value, and the facts they came from.</summary>
    /// <returns>The tree of sub-expressions.</returns>
    public CelExplanation Explain() => Rule.When.Explain(_bindings);

    /// <summary>Says what remains to be found out, as a condition over unknown facts.</summary>
    /// <returns>The condition; <see langword="null"/> where nothing remains.</returns>
    public string? Residual() => Rule.When.Residual(_bindings);

    /// <inheritdoc/>
    public override string ToString() => $"{Rule.Id}: {Outcome}";
}
