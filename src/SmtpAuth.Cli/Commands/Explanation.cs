using SmtpAuth.Diagnoses;
using SmtpAuth.Replies;
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

        return new Explanation
        {
            Reply = reply,
            Meaning = In(signature.Meaning, language),
            CandidateCauses =
            [
                .. signature.Causes.Select(cause => new CandidateCause(signature.Id, cause.Cause, cause.Likelihood, In(cause.Why, language))),
            ],
            NextFacts = [.. NextFactsOf(signature)],
            Sources = signature.Sources,
        };
    }

    // The signature lists the cheapest fact first.
    private static IEnumerable<NextFact> NextFactsOf(ReplySignature signature)
    {
        foreach (var name in signature.Facts)
        {
            if (FactCatalogue.Default.TryGet(name, out var fact))
            {
                yield return new NextFact(name, [.. signature.Causes.Select(cause => cause.Cause)], fact.How);
            }
        }
    }

    private static string In(LocalizedText text, string language) => language == "ro" ? text.Ro : text.En;
}
