using SmtpAuth.Replies;
using SmtpAuth.Rules;

namespace SmtpAuth.Diagnoses;

/// <summary>What is at hand while one diagnosis is made.</summary>
/// <param name="Pack">The rule pack.</param>
/// <param name="Language">The language of the words.</param>
/// <param name="Bindings">The facts.</param>
/// <param name="Route">The sender's route.</param>
/// <param name="Results">What became of each rule of the route.</param>
/// <param name="Reply">The reply, or <see langword="null"/> where there is none, or where another provider gave it.</param>
/// <param name="Signature">The signature that recognized the reply, or <see langword="null"/>.</param>
internal sealed record Findings(
    RulePack Pack,
    string Language,
    StateBindings Bindings,
    RouteDefinition Route,
    IReadOnlyList<RuleResult> Results,
    SmtpReply? Reply,
    ReplySignature? Signature)
{
    /// <summary>Decides whether the reply can come from a rule's case.</summary>
    public bool Explains(Rule rule) => Reply is not null
        && (rule.SaidBy.Contains(Reply.Condition) || Signature?.Causes.Any(cause => cause.Cause == rule.Cause) == true);

    public string Phrase(string name, params object[] values) => Pack.Phrase(name, Language, values);
}
