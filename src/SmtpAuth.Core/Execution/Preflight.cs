using System.Text.Json.Nodes;
using SmtpAuth.Planning;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Execution;

/// <summary>Every check before the first write. Writes nothing.</summary>
internal sealed class Preflight(
    RemediationPlan plan,
    IReadOnlyList<StepTrack> tracks,
    TenantView view,
    IReadOnlyList<IStepExecutor> executors,
    IApprovalGate? gate,
    TimeProvider time,
    RunOptions options)
{
    private readonly List<Refusal> _refusals = [];

    /// <summary>Checks everything; cheap checks first, a person is asked last.</summary>
    /// <returns>The reasons against the run, empty when it may go on, and the approval that was given.</returns>
    public async Task<(IReadOnlyList<Refusal> Refusals, Approval? Approval)> CheckAsync(
        Approval? approval, CancellationToken cancellationToken)
    {
        var pending = tracks.Where(track => track.State == StepState.Pending).ToList();
        if (pending.Count == 0)
        {
            return (_refusals, approval);
        }

        var hash = PlanHash.Compute(plan);
        CheckPlan(pending);
        CheckApproval(approval, hash);
        if (_refusals.Count > 0)
        {
            return (_refusals, approval);
        }

        await CheckTenantAsync(cancellationToken).ConfigureAwait(false);
        await CheckPermissionsAsync(pending, cancellationToken).ConfigureAwait(false);
        await CheckRequirementsAsync(pending, cancellationToken).ConfigureAwait(false);
        await CheckValuesAsync(pending, cancellationToken).ConfigureAwait(false);
        if (_refusals.Count == 0 && approval is null && IsApprovalNeeded)
        {
            approval = gate is null
                ? null
                : await gate.AskAsync(plan, hash, options.RequestedBy, cancellationToken).ConfigureAwait(false);
            if (approval is null)
            {
                Refuse(RefusalKind.ApprovalMissing, null, "The plan needs an approval, and none was given.");
            }

            CheckApproval(approval, hash);
        }

        return (_refusals, approval);
    }

    private bool IsApprovalNeeded => plan.ApprovalRequired || options.AlwaysRequireApproval;

    private void CheckPlan(IReadOnlyList<StepTrack> pending)
    {
        var now = time.GetUtcNow();
        if (plan.Expires <= now)
        {
            Refuse(RefusalKind.Expired, null, $"The plan expired at {plan.Expires:u}; it is {now:u} now. Make it again.");
        }

        if (PlanOrder.Sort(plan.Steps) is null)
        {
            Refuse(RefusalKind.Malformed, null, "The plan's steps wait for each other or for steps that are not there.");
        }

        foreach (var track in pending)
        {
            var earlier = tracks.TakeWhile(other => other != track).Select(other => other.Step.Id).ToList();
            foreach (var reference in Placeholders.FindNeeded(track.Step))
            {
                if (!earlier.Contains(reference.StepId))
                {
                    Refuse(
                        RefusalKind.Malformed,
                        track.Step.Id,
                        $"Step {track.Step.Id} needs what step {reference.StepId} creates, which does not come before it.");
                }
                else if (SecretMask.IsSecretName(reference.Property))
                {
                    Refuse(
                        RefusalKind.Malformed,
                        track.Step.Id,
                        $"Step {track.Step.Id} refers to {reference.Property}; secrets are not carried from step to step.");
                }
            }

            if (ExecutorOf(executors, track.Step.Action) is null)
            {
                Refuse(
                    RefusalKind.NoExecutor,
                    track.Step.Id,
                    $"Nothing here can make the call of step {track.Step.Id} ({track.Step.Operation}).");
            }
        }
    }

    private void CheckApproval(Approval? approval, string hash)
    {
        if (approval is null)
        {
            if (IsApprovalNeeded && gate is null)
            {
                Refuse(
                    RefusalKind.ApprovalMissing,
                    null,
                    "The plan contains a step whose risk had to be accepted; it needs an approval, and none was given.");
            }

            return;
        }

        var now = time.GetUtcNow();
        var fault = approval switch
        {
            _ when approval.PlanHash != hash => "The approval is for another plan, or the plan was edited after it.",
            _ when string.IsNullOrWhiteSpace(approval.ApprovedBy) => "The approval does not say who approved.",
            _ when approval.Expires <= now => $"The approval expired at {approval.Expires:u}; it is {now:u} now.",
            _ when approval.ApprovedAt > now + TimeSpan.FromMinutes(5) => $"The approval is dated {approval.ApprovedAt:u}, in the future.",
            _ when options.RequireOtherApprover && IsRequester(approval.ApprovedBy) =>
                $"The plan must be approved by someone else than {approval.ApprovedBy}, who wants to apply it.",
            _ => null,
        };
        if (fault is not null)
        {
            Refuse(RefusalKind.ApprovalInvalid, null, fault);
        }
    }

    private bool IsRequester(string approver) => options.RequestedBy is null
        || string.Equals(approver.Trim(), options.RequestedBy.Trim(), StringComparison.OrdinalIgnoreCase);

    private async Task CheckTenantAsync(CancellationToken cancellationToken)
    {
        if (plan.TenantId is not { } planned || Same(planned, options.TenantId))
        {
            return;
        }

        if (Guid.TryParse(options.TenantId, out _))
        {
            Refuse(RefusalKind.Tenant, null, $"The plan is for tenant {planned}; the connection is to {options.TenantId}.");
            return;
        }

        var answers = await view.ReadAsync([AnswerNames.Organization], cancellationToken).ConfigureAwait(false);
        var id = view.See(answers, new() { Answer = AnswerNames.Organization, Path = "id" });
        if (!id.IsKnown)
        {
            Refuse(
                RefusalKind.Tenant,
                null,
                $"The plan is for tenant {planned}; which tenant this is could not be read: {id.Reason} Name the tenant by its id.");
        }
        else if (!Same(planned, (id.Value as JsonValue)?.ToString()))
        {
            Refuse(RefusalKind.Tenant, null, $"The plan is for tenant {planned}; the connection is to {id.Value}.");
        }
    }

    private async Task CheckPermissionsAsync(IReadOnlyList<StepTrack> pending, CancellationToken cancellationToken)
    {
        foreach (var group in pending.GroupBy(track => ExecutorOf(executors, track.Step.Action)!))
        {
            try
            {
                IReadOnlyList<PlanStep> steps = [.. group.Select(track => track.Step)];
                foreach (var missing in await group.Key.FindMissingPermissionsAsync(steps, cancellationToken).ConfigureAwait(false))
                {
                    Refuse(RefusalKind.MissingPermission, null, SecretMask.Mask(missing));
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                Refuse(
                    RefusalKind.Unreadable,
                    null,
                    $"What {group.Key.Name} is permitted to do could not be found out: {SecretMask.Mask(error.Message)}");
            }
        }
    }

    private async Task CheckRequirementsAsync(IReadOnlyList<StepTrack> pending, CancellationToken cancellationToken)
    {
        var required = pending.SelectMany(track => track.Step.Requires).Distinct(StringComparer.Ordinal).ToList();
        if (required.Count == 0)
        {
            return;
        }

        var declared = required.Where(name => FactCatalogue.Default.TryGet(name, out _)).ToList();
        var answers = await view.ReadAsync(declared.SelectMany(RequiredAnswers.ForFact), cancellationToken).ConfigureAwait(false);
        var state = TenantState.From(answers, plan.Submission, time.GetUtcNow());
        foreach (var name in required)
        {
            if (!state.TryGet(name, out var fact))
            {
                Refuse(RefusalKind.Malformed, null, $"The plan requires {name} to be true; there is no such fact.");
            }
            else if (!fact.IsKnown)
            {
                Refuse(RefusalKind.MissingRequirement, null, $"The plan requires {name} to be true, which is not known: {fact.Reason}");
            }
            else if (fact.Value is not true)
            {
                Refuse(RefusalKind.MissingRequirement, null, $"The plan requires {name} to be true, and it is not in this tenant.");
            }
        }
    }

    private async Task CheckValuesAsync(IReadOnlyList<StepTrack> pending, CancellationToken cancellationToken)
    {
        // A value that an earlier step changes or creates is compared when the step's turn comes: before, it is not there yet
        // or a stale read may not show it yet.
        var comparable = pending
            .Where(track => track.IsObservable && !tracks
                .TakeWhile(other => other != track)
                .Any(other => (other.State == StepState.Pending || other.Written) && PlanOrder.Overlap(other.Step.Observes, track.Step.Observes)))
            .Select(track => Placeholders.Fill(track.Step, reference => CreatedProperty(tracks, reference)))
            .Where(step => Placeholders.FindNeeded(step).Count == 0)
            .ToList();
        var answers = await view.ReadAsync(comparable.Select(step => step.Observes.Answer), cancellationToken).ConfigureAwait(false);
        foreach (var step in comparable)
        {
            var now = view.See(answers, step.Observes);
            if (!now.IsKnown)
            {
                Refuse(
                    RefusalKind.Unreadable,
                    step.Id,
                    $"The value that step {step.Id} changes ({step.Target}) could not be read: {now.Reason}");
            }
            else if (!TenantView.Satisfies(now.Value, step.After) && !TenantView.Satisfies(now.Value, step.Before))
            {
                var difference = Difference(step, now.Value);
                _refusals.Add(new(
                    RefusalKind.Drift, step.Id, $"The tenant has changed since the plan was made. {difference}. Make the plan again.", difference));
            }
        }
    }

    public static IStepExecutor? ExecutorOf(IReadOnlyList<IStepExecutor> executors, StepAction action) =>
        executors.FirstOrDefault(executor => executor.CanExecute(action));

    public static ThreeWayDifference Difference(PlanStep step, JsonNode? now) =>
        new(step.Id, step.Target, step.Observes, step.Before, SecretMask.Mask(now), step.After);

    /// <summary>Gives a property of what a step created, or <see langword="null"/> where it is not known.</summary>
    public static JsonNode? CreatedProperty(IReadOnlyList<StepTrack> tracks, Placeholders.Reference reference) =>
        tracks.FirstOrDefault(track => track.Step.Id == reference.StepId)?.Created?[reference.Property];

    private static bool Same(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private void Refuse(RefusalKind kind, string? stepId, string message) => _refusals.Add(new(kind, stepId, message));
}
