namespace SmtpAuth.Planning;

/// <summary>What became of one operation when a plan was tried with it: steps, or why there are none.</summary>
/// <param name="Drafts">The steps; none where the tenant already is as the operation wants it.</param>
/// <param name="Withheld">Why it cannot or must not be planned; empty where it can.</param>
internal sealed record Proposal(IReadOnlyList<StepDraft> Drafts, IReadOnlyList<WithheldStep> Withheld)
{
    public static Proposal Of(IReadOnlyList<StepDraft> drafts) => new(drafts, []);

    public static Proposal Not(params WithheldStep[] withheld) => new([], withheld);
}
