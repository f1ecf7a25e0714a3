using System.Text.Json.Nodes;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>A step that could be in the plan, and what it will make of the answers.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Step">The step; its id and what it depends on are given when the plan is put in order.</param>
/// <param name="Predicted">What will be read of the observed value or object afterwards.</param>
internal sealed record StepDraft(OperationDefinition Operation, PlanStep Step, JsonNode? Predicted)
{
    /// <summary>Gets what tells this draft from others: one operation changes one value once.</summary>
    public string Key => $"{Operation.Id}|{Step.Observes.Answer}|{Step.Observes.Key}";

    public TenantAnswers Apply(TenantAnswers answers, Submission submission) =>
        ObservedValues.Predict(answers, submission, Step.Observes, Predicted);
}
