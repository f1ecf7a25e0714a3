using SmtpAuth.Diagnoses;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Planning;

/// <summary>Plans the least harmful steps that let a sender through, and compares the other routes.</summary>
/// <remarks>
/// <para>A pure function but for the clock that dates the plan. What the steps are expected to do is tried on the answers in
/// memory, and every gate judged again: a plan is complete only where that finds them open.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class Planner
{
    private readonly RulePack _pack;

    /// <summary>Initializes a new instance of the <see cref="Planner"/> class.</summary>
    /// <param name="pack">The rule pack; <see langword="null"/> (the default) means <see cref="RulePack.Embedded"/>.</param>
    public Planner(RulePack? pack = null) => _pack = pack ?? RulePack.Embedded;

    /// <summary>Makes a plan. Changes nothing.</summary>
    /// <param name="diagnosis">The diagnosis of the sender, with what the server said.</param>
    /// <param name="state">The facts the diagnosis was made from.</param>
    /// <param name="answers">The answers the facts were derived from: the values that steps change are read from them.</param>
    /// <param name="options">What the plan may contain; <see langword="null"/> means the defaults.</param>
    /// <returns>The plan. Without steps and not complete is a correct answer, and then it says why.</returns>
    /// <exception cref="ArgumentNullException">One of the first three arguments is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The facts were given one by one, without a sender.</exception>
    public RemediationPlan Plan(Diagnosis diagnosis, TenantState state, TenantAnswers answers, PlannerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(answers);
        if (state is not { Submission: { } submission, AsOf: { } asOf })
        {
            throw new ArgumentException("The state has no sender. Derive it with TenantState.From.", nameof(state));
        }

        options ??= new();
        var (language, target) = (options.Language, options.TargetRoute ?? submission.Route);
        string[] accepted = [.. options.AcceptedRisks.Distinct(StringComparer.Ordinal).OrderBy(risk => risk, StringComparer.Ordinal)];
        var drafts = _pack.Routes.Select(route => route.Route).Append(target).Distinct().ToDictionary(
            route => route,
            route => new RoutePlanner(_pack, language, accepted, answers, submission with { Route = route }, asOf).Plan());

        var chosen = drafts[target];
        var outside = target == diagnosis.Submission.Route ? OutsideTheTenant(diagnosis, language) : [];
        var created = options.Clock.GetUtcNow().ToUniversalTime();
        return new()
        {
            Submission = submission with { Route = target },
            TenantId = state["tenant.id"] is { IsKnown: true, Value: string id } ? id : null,
            Route = target,
            Complete = chosen.IsComplete && outside.Count == 0,
            Steps = chosen.Steps,
            Withheld = [.. chosen.Withheld, .. outside],
            Alternatives = new RouteComparison(_pack, language).Of(drafts.Values.Where(draft => draft.Route != target)),
            AcceptedRisks = accepted,
            CreatedAt = created,
            Expires = created + options.Lifetime,
            PackVersion = _pack.Version,
        };
    }

    // What the server said has a cause that no setting of the tenant removes, such as a wrong password.
    private List<WithheldStep> OutsideTheTenant(Diagnosis diagnosis, string language)
    {
        var explaining = diagnosis.Causes.Where(cause => cause.ExplainsReply).ToList();
        return explaining.Count == 0 || explaining.Exists(cause => cause.Confirmed || _pack.FindRule(cause.Rule) is not null)
            ? []
            : [new(null, null, "outside-the-tenant", _pack.Phrase(
                "withheld-outside", language, string.Join(", ", explaining.Select(cause => cause.Label).Distinct())))];
    }
}
