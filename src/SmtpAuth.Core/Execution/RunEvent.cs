using System.Text.Json.Nodes;
using SmtpAuth.Planning;

namespace SmtpAuth.Execution;

/// <summary>Something that happened in a run, as it happens. Closed: a switch over it needs no default arm.</summary>
/// <remarks>Holds no secret. Immutable as long as nobody changes the JSON values.</remarks>
public abstract record RunEvent
{
    private protected RunEvent()
    {
    }

    /// <summary>Gets when it happened, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The run began, or was taken up again.</summary>
    /// <param name="RunId">The run.</param>
    /// <param name="Plan">The plan that is applied.</param>
    /// <param name="Resumed">Whether it had begun before.</param>
    public sealed record RunStarted(string RunId, RemediationPlan Plan, bool Resumed) : RunEvent;

    /// <summary>Every check passed; the first write may follow.</summary>
    /// <param name="Approval">The approval, or <see langword="null"/> where none was needed.</param>
    public sealed record PreflightPassed(Approval? Approval) : RunEvent;

    /// <summary>The run was refused; nothing was written.</summary>
    /// <param name="Refusals">Every reason that was found.</param>
    public sealed record PreflightRefused(IReadOnlyList<Refusal> Refusals) : RunEvent;

    /// <summary>A step's turn has come.</summary>
    /// <param name="Step">The step, with what earlier steps created filled in.</param>
    public sealed record StepStarted(PlanStep Step) : RunEvent;

    /// <summary>What would be sent for a step. Only a preview says this; nothing is sent.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Executor">Who would make the call.</param>
    /// <param name="Request">The call: method and path or cmdlet, then, on the next line, its body or parameters as JSON.</param>
    public sealed record StepPreviewed(PlanStep Step, string Executor, string Request) : RunEvent;

    /// <summary>The tenant already is as the step wants it; nothing is written.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Now">The value that was read.</param>
    public sealed record StepAlreadySatisfied(string StepId, JsonNode? Now) : RunEvent;

    /// <summary>The write is on record and is made now.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Executor">Who makes it.</param>
    /// <param name="Action">The call.</param>
    /// <param name="Attempt">1 for the first attempt.</param>
    public sealed record StepIntended(string StepId, string Executor, StepAction Action, int Attempt) : RunEvent;

    /// <summary>The write was accepted. Whether it took effect is for the read-back to say.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="ByReading">Whether a read said so after the answer was lost.</param>
    public sealed record StepAccepted(string StepId, bool ByReading) : RunEvent;

    /// <summary>The answer to the write was lost; reads will tell.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Reason">What happened.</param>
    public sealed record StepUncertain(string StepId, string Reason) : RunEvent;

    /// <summary>The value was read after the write.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Observed">Whether it is the one the step wants; otherwise the run waits, or has waited long enough.</param>
    /// <param name="Now">The value read; <see langword="null"/> also where it could not be read.</param>
    /// <param name="NextIn">How long until the next read; <see langword="null"/> means that there is none.</param>
    public sealed record ReadBack(string StepId, bool Observed, JsonNode? Now, TimeSpan? NextIn) : RunEvent;

    /// <summary>The run ends at this step.</summary>
    /// <param name="StepId">The step.</param>
    /// <param name="Why">Why, one sentence for a person.</param>
    /// <param name="MissingPermission">Whether the reason is that the identity may not do this.</param>
    /// <param name="Difference">The difference, where someone else changed the value; otherwise <see langword="null"/>.</param>
    public sealed record StepStopped(string StepId, string Why, bool MissingPermission, ThreeWayDifference? Difference) : RunEvent;

    /// <summary>Real submissions are tried from here on.</summary>
    /// <param name="Wait">How long, until changes should have spread.</param>
    public sealed record ProbeStarted(TimeSpan Wait) : RunEvent;

    /// <summary>A real submission was tried.</summary>
    /// <param name="Attempt">
    /// What it showed. Not accepted and a next try ahead means: accepted by the service, not yet effective.
    /// </param>
    public sealed record ProbeResult(ProofAttempt Attempt) : RunEvent;

    /// <summary>The run ended. Always the last event.</summary>
    /// <param name="Report">How.</param>
    public sealed record RunFinished(RunReport Report) : RunEvent;
}
