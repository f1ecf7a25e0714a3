using SmtpAuth.Replies;
using SmtpAuth.Rules.Language;

namespace SmtpAuth.Rules;

/// <summary>One rule of a pack: when a gate is closed, by which cause, said by which replies, and what opens it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Rule
{
    /// <summary>Gets the id, such as <c>EXO001</c>: unique in a pack, never reused.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the name, after what is wrong, such as <c>smtp-auth-off-for-mailbox</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the gate that the rule speaks about.</summary>
    public required Gate Gate { get; init; }

    /// <summary>Gets the routes on which it applies.</summary>
    public required IReadOnlyList<Route> Routes { get; init; }

    /// <summary>Gets the condition, compiled: while it holds, the gate is closed.</summary>
    public required CelProgram When { get; init; }

    /// <summary>Gets the condition under which not knowing does not matter, because another gate settles it, compiled.</summary>
    /// <value><see langword="null"/> where not knowing always matters.</value>
    public CelProgram? MootWhen { get; init; }

    /// <summary>Gets the label of the cause, one of <see cref="ReplyCauses"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>Gets a value indicating whether the cause is ruled out where the condition does not hold.</summary>
    /// <value>The default is <see langword="true"/>; <see langword="false"/> where the tenant can show the cause but not its absence.</value>
    public bool SettlesCause { get; init; } = true;

    /// <summary>Gets the labels of further causes that are ruled out where the condition does not hold.</summary>
    public IReadOnlyList<string> AlsoSettles { get; init; } = [];

    /// <summary>Gets the conditions of replies with which the server says so, each one of <see cref="ReplyConditions"/>.</summary>
    public required IReadOnlyList<string> SaidBy { get; init; }

    /// <summary>Gets the remedies: each is a list of operations that together open the gate. Any one of them will do.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Remedies { get; init; } = [];

    /// <summary>Gets why there is no remedy.</summary>
    /// <value><see langword="null"/> where there are <see cref="Remedies"/>.</value>
    public LocalizedText? NoRemedy { get; init; }

    /// <summary>Gets the first moment at which the rule applies, in UTC.</summary>
    /// <value><see langword="null"/> means always.</value>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Gets the moment from which the rule no longer applies, in UTC.</summary>
    /// <value><see langword="null"/> means never.</value>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Gets how grave a match is.</summary>
    /// <value><c>blocking</c>: the submission is refused.</value>
    public required string Severity { get; init; }

    /// <summary>Gets how sure the knowledge is: <c>A</c>, <c>B</c>, <c>C</c> or <c>K</c>, as in <see cref="KnowledgeSource.Confidence"/>.</summary>
    public required string Confidence { get; init; }

    /// <summary>Gets the words, by language (<c>en</c>, <c>ro</c>).</summary>
    public required IReadOnlyDictionary<string, RuleText> Text { get; init; }

    /// <summary>Gets the sources.</summary>
    public required IReadOnlyList<KnowledgeSource> Sources { get; init; }

    /// <summary>Gets the rule's own tests.</summary>
    public required IReadOnlyList<RuleTest> Tests { get; init; }

    /// <summary>Gets the layer that decided what this rule is: <c>embedded</c>, or the name of a folder.</summary>
    public required string Layer { get; init; }

    internal RuleText TextIn(string language) => Text.TryGetValue(language, out var text) ? text : Text["en"];

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Name}";
}
