using SmtpAuth.Replies;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Diagnoses;

/// <summary>Judges every gate of a sender's route, and joins what the server said with what the tenant says.</summary>
/// <remarks>
/// <para>A pure function: no I/O, no clock but the state's. A reply reveals only the first closed gate, so all of them are
/// judged from the state; the reply explains, and never opens or closes a gate.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class Diagnoser
{
    // Who can have spoken for the tenant: what anybody else says is not about its gates.
    private static readonly HashSet<string> OwnProviders = new(StringComparer.Ordinal)
    {
        ReplyProviders.ExchangeOnline, "exchange-online-china", ReplyProviders.ExchangeAny, "entra-id", ReplyProviders.Unknown,
        ReplyProviders.None,
    };

    private readonly RuleEngine _engine;
    private readonly string _language;

    /// <summary>Initializes a new instance of the <see cref="Diagnoser"/> class.</summary>
    /// <param name="pack">The rule pack; <see langword="null"/> (the default) means <see cref="RulePack.Embedded"/>.</param>
    /// <param name="language">The language of the words, <c>en</c> (the default) or <c>ro</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="language"/> is <see langword="null"/>.</exception>
    public Diagnoser(RulePack? pack = null, string language = "en")
    {
        ArgumentNullException.ThrowIfNull(language);
        _engine = new(pack);
        _language = language;
    }

    /// <summary>Gets the rule pack.</summary>
    public RulePack Pack => _engine.Pack;

    /// <summary>Diagnoses one sender.</summary>
    /// <param name="reply">What the server said, or <see langword="null"/> where nothing was said yet.</param>
    /// <param name="state">The facts, derived for the sender's route.</param>
    /// <returns>The diagnosis.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The facts were given one by one, without a sender; or the pack does not know the route.</exception>
    public Diagnosis Diagnose(SmtpReply? reply, TenantState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var submission = state.Submission
            ?? throw new ArgumentException("The state has no sender. Derive it with TenantState.From.", nameof(state));
        var route = Pack.FindRoute(submission.Route)
            ?? throw new ArgumentException($"The rule pack does not know the route {submission.Route.ToName()}.", nameof(state));

        var bindings = new StateBindings(state);
        var own = reply is not null && OwnProviders.Contains(reply.Provider) ? reply : null;
        var findings = new Findings(
            Pack, _language, bindings, route, _engine.Evaluate(bindings), own, Pack.Replies.Find(own?.SignatureId));

        var judge = new GateJudge(findings);
        var verdicts = Gates.All.Select(judge.Judge).ToList();
        var finder = new CauseFinder(findings);
        var causes = finder.Find();
        return new()
        {
            Submission = submission,
            Verdict = verdicts.Exists(verdict => verdict.Status == GateStatus.Closed) ? Verdict.Blocked
                : verdicts.Exists(GateJudge.LeavesAnswerOpen) ? Verdict.Unknown
                : Verdict.Open,
            Gates = verdicts,
            Causes = causes,
            WillFailNext = WillFailNext(own, verdicts),
            Contradictions = new ContradictionFinder(findings, finder).Find(verdicts),
            NextFacts = new NextFactFinder(findings).Find(verdicts, causes),
            Faults =
            [
                .. findings.Results.Where(result => result.Outcome == RuleOutcome.Faulted)
                    .Select(result => new RuleFault(result.Rule.Id, result.Rule.Gate, result.Fault!)),
            ],
        };
    }

    private static List<Gate> WillFailNext(SmtpReply? reply, List<GateVerdict> verdicts)
    {
        var closed = verdicts.Where(verdict => verdict.Status == GateStatus.Closed).Select(verdict => verdict.Gate).ToList();
        return reply?.Gate is { } replied ? closed.FindAll(gate => gate > replied) : [.. closed.Skip(1)];
    }
}
