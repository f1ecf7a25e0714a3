using SmtpAuth.Rules;

namespace SmtpAuth.Planning;

/// <summary>The remedies of one rule that holds.</summary>
internal sealed class RuleRemedies
{
    public RuleRemedies(Rule rule, IReadOnlyList<Proposal> proposals, string noRemedy)
    {
        Options = [.. proposals.Where(proposal => proposal.Withheld.Count == 0).Select(proposal => proposal.Drafts)];
        Withheld = rule.NoRemedy is not null
            ? [new(null, null, "no-remedy", noRemedy)]
            : [.. proposals.SelectMany(proposal => proposal.Withheld).GroupBy(step => (step.Operation, step.Risk, step.Why)).Select(group => group.First())];
    }

    /// <summary>Gets the steps of each remedy that can be planned.</summary>
    public IReadOnlyList<IReadOnlyList<StepDraft>> Options { get; }

    /// <summary>Gets why none can, where <see cref="Options"/> is empty.</summary>
    public IReadOnlyList<WithheldStep> Withheld { get; }
}
