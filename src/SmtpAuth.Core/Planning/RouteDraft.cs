namespace SmtpAuth.Planning;

/// <summary>What the planner found for one route.</summary>
/// <param name="Route">The route.</param>
/// <param name="Steps">The steps, in order, ready for a plan.</param>
/// <param name="Withheld">What was held back.</param>
/// <param name="IsComplete">Whether the sender gets through once the steps are applied.</param>
internal sealed record RouteDraft(Route Route, IReadOnlyList<PlanStep> Steps, IReadOnlyList<WithheldStep> Withheld, bool IsComplete)
{
    public int SecurityCost => Steps.Sum(step => step.SecurityCost);

    public StepScope Scope => Steps.Select(step => step.Scope).DefaultIfEmpty(StepScope.Client).Max();

    public bool IsReversible => Steps.All(step => step.Undo is not null);
}
