using SmtpAuth.Tenancy;

namespace SmtpAuth.Rules;

/// <summary>Evaluates the rules of a pack on the facts of one state.</summary>
/// <remarks>
/// <para>A pure function of the pack and the state: no I/O, no clock but the fact <c>now</c>, and the order of the rules does
/// not matter. A rule that cannot be evaluated is <see cref="RuleOutcome.Faulted"/> and touches no other.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class RuleEngine
{
    /// <summary>Initializes a new instance of the <see cref="RuleEngine"/> class.</summary>
    /// <param name="pack">The pack; <see langword="null"/> (the default) means <see cref="RulePack.Embedded"/>.</param>
    public RuleEngine(RulePack? pack = null) => Pack = pack ?? RulePack.Embedded;

    /// <summary>Gets the pack.</summary>
    public RulePack Pack { get; }

    /// <summary>Evaluates every rule of the sender's route that is valid at the state's time.</summary>
    /// <param name="state">The facts. Without a known <c>client.route</c> the rules of every route are evaluated.</param>
    /// <returns>One result for each of those rules, by id.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is <see langword="null"/>.</exception>
    public IReadOnlyList<RuleResult> Evaluate(TenantState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Evaluate(new StateBindings(state));
    }

    /// <summary>Evaluates one of a rule's own tests.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="test">The test.</param>
    /// <returns>What became of the rule; not matched where it is not valid at the given time.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public static RuleOutcome Run(Rule rule, RuleTest test)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(test);

        var bindings = new StateBindings(TenantState.Of(test.Given));
        return IsValid(rule, NowOf(bindings.State)) ? new RuleResult(rule, bindings).Outcome : RuleOutcome.NotMatched;
    }

    internal IReadOnlyList<RuleResult> Evaluate(StateBindings bindings)
    {
        var (route, now) = (RouteOf(bindings.State), NowOf(bindings.State));
        return
        [
            .. Pack.Rules
                .Where(rule => (route is not { } known || rule.Routes.Contains(known)) && IsValid(rule, now))
                .Select(rule => new RuleResult(rule, bindings)),
        ];
    }

    private static DateTimeOffset? NowOf(TenantState state) => state["now"] is { IsKnown: true, Value: DateTimeOffset time } ? time : null;

    private static Route? RouteOf(TenantState state) =>
        state["client.route"] is { IsKnown: true, Value: string name } && Routes.TryParse(name, out var route) ? route : null;

    private static bool IsValid(Rule rule, DateTimeOffset? now) =>
        now is not { } time || ((rule.ValidFrom is not { } from || time >= from) && (rule.ValidUntil is not { } until || time < until));
}
