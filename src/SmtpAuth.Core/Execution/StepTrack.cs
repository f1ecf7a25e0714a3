using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Where one step of a run stands. Changes as the run goes on, or as its journal is read again.</summary>
internal sealed class StepTrack(PlanStep step)
{
    /// <summary>Gets the step as planned.</summary>
    public PlanStep Step { get; } = step;

    public StepState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>Gets or sets the value read before the first write.</summary>
    public JsonNode? Previous { get; set; }

    /// <summary>Gets or sets a value indicating whether a write may have been made.</summary>
    public bool Written { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether an earlier attempt counts as not written only because reads said so: should
    /// the value turn up after all, it is this run's doing.
    /// </summary>
    public bool MayTurnUp { get; set; }

    public JsonObject? Created { get; set; }

    /// <summary>Gets or sets the value read back last.</summary>
    public JsonNode? Observed { get; set; }

    public string? Why { get; set; }

    /// <summary>Gets a value indicating whether the step changes something that can be read in the tenant.</summary>
    public bool IsObservable => Step.Scope != StepScope.Client;

    public bool IsDone => State is StepState.AlreadySatisfied or StepState.Accepted or StepState.Observed;

    /// <summary>Keeps, of what the service created, what the plan refers to; the rest may hold secrets and is not ours to keep.</summary>
    public void KeepCreated(JsonNode? created, IReadOnlyList<StepTrack> tracks)
    {
        if (created is not JsonObject)
        {
            return;
        }

        foreach (var reference in tracks.SelectMany(other => Placeholders.Find(other.Step)).Where(found => found.StepId == Step.Id))
        {
            var value = reference.Property.Split('.').Aggregate((JsonNode?)created, (node, name) => (node as JsonObject)?[name]);
            if (value is not null && !SecretMask.IsSecretName(reference.Property))
            {
                Created ??= [];
                Created[reference.Property] ??= value.DeepClone();
            }
        }
    }

    /// <summary>Takes over what became of a write.</summary>
    public void Settle(StepSettlement settlement)
    {
        State = settlement switch
        {
            StepSettlement.Accepted => StepState.Accepted,
            StepSettlement.Uncertain => StepState.Uncertain,
            _ => StepState.Pending,
        };
        Written = State != StepState.Pending;
        MayTurnUp = settlement == StepSettlement.NotWritten;
    }

    public StepReport Report() =>
        new(Step.Id, Step.Operation, Step.Target, State, Written ? Previous : Step.Before, Step.After, Why);
}
