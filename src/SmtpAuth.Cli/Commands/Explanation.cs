using SmtpAuth.Diagnoses;
using SmtpAuth.Replies;
using SmtpAuth.Rules;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli.Commands;

/// <summary>What one error text means, as far as it can be told without a tenant.</summary>
internal sealed record Explanation
{
    /// <summary>Gets the reply, or <see langword="null"/> where no mail failure can be read in the text.</summary>
    public SmtpReply? Reply { get; init; }

    public string? Meaning { get; init; }

    public IReadOnlyList<CandidateCause> CandidateCauses { get; init; } = [];

    public IReadOnlyList<NextFact> NextFacts { get; init; } = [];

    public IReadOnlyList<ExplainedRoute> Routes { get; init; } = [];

    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    public IReadOnlyList<ReplySource> Sources { get; init; } = [];

    /// <summary>Explains a text in one language.</summary>
    public static Explanation Of(string text, Knowledge knowledge, string language)
    {
        if (!knowledge.ReplyParser.TryRead(text, out var reply))
        {
            return new Explanation();
        }

        if (knowledge.ReplyParser.Catalog.Find(reply.SignatureId) is not { } signature)
        {
            return new Explanation { Reply = reply };
        }

        var rules = knowledge.Rules;
        return new Explanation
        {
            Reply = reply,
            Meaning = In(signature.Meaning, language),
            CandidateCauses =
            [
                .. signature.Causes.Select(cause => new CandidateCause(
                    RuleOf(rules, cause.Cause)?.Id ?? signature.Id, cause.Cause, cause.Likelihood, In(cause.Why, language))),
            ],
            NextFacts = [.. NextFactsOf(signature, rules)],
            Routes = reply.Gate is { } gate && IsMicrosoft(reply) ? [.. rules.Routes.Select(route => Explain(route, gate, language))] : [],
            Deadlines = reply.Gate is not null && IsMicrosoft(reply) ? [.. DeadlinesOf(rules, language)] : [],
            Sources = signature.Sources,
        };
    }

    // Another provider's refusal is not helped by the routes of Microsoft 365.
    private static bool IsMicrosoft(SmtpReply reply) =>
        reply.Provider is "exchange-online" or "exchange-online-china" or "exchange-any" or "entra-id";

    private static Rule? RuleOf(RulePack rules, string cause) => rules.Rules.FirstOrDefault(rule => rule.Cause == cause);

    // The signature lists the cheapest fact first. A fact separates the causes whose rules read it.
    private static IEnumerable<NextFact> NextFactsOf(ReplySignature signature, RulePack rules)
    {
        foreach (var name in signature.Facts)
        {
            if (FactCatalogue.Default.TryGet(name, out var fact))
            {
                var causes = signature.Causes.Select(cause => cause.Cause).ToList();
                var told = causes.Where(cause => rules.Rules.Any(rule => rule.Cause == cause && rule.When.Variables.Contains(name))).ToList();
                yield return new NextFact(name, told.Count > 0 ? told : causes, fact.How);
            }
        }
    }

    private static ExplainedRoute Explain(RouteDefinition route, Gate gate, string language) => new(
        route.Route,
        In(route.Name, language),
        !route.Gates.Contains(gate),
        route.Constraints.TryGetValue(language, out var constraints) ? constraints : [],
        route.Until);

    private static IEnumerable<Deadline> DeadlinesOf(RulePack rules, string language) =>
        from deadline in rules.FindRoute(Route.Basic)?.Deadlines ?? []
        select new Deadline($"{deadline.Date.UtcDateTime:yyyy-MM-dd}", In(deadline.Text, language), deadline.Source.Url);

    private static string In(LocalizedText text, string language) => language == "ro" ? text.Ro : text.En;
}
