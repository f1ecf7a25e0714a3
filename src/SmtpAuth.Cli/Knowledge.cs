using SmtpAuth.Diagnoses;
using SmtpAuth.Planning;
using SmtpAuth.Replies;
using SmtpAuth.Rules;
using SmtpAuth.Rules.Language;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli;

/// <summary>What the command knows: the embedded pack, with a folder of one's own laid over it.</summary>
/// <remarks>Each part is read when it is first needed, because most verbs need one.</remarks>
internal sealed class Knowledge(string? packFolder)
{
    /// <summary>Gets the names of the facts, and their types.</summary>
    public static IEnumerable<KeyValuePair<string, CelType>> FactTypes =>
        FactCatalogue.Default.Facts.Select(fact => KeyValuePair.Create(fact.Name, CelType.Parse(fact.Type)));

    public RulePack Rules => field ??= packFolder is null ? RulePack.Embedded : Load(RulePack.Embedded, packFolder);

    public SmtpReplyParser ReplyParser => field ??= packFolder is null ? SmtpReplyParser.Default : new SmtpReplyParser(Rules.Replies);

    /// <summary>Lays one more folder over the pack.</summary>
    public RulePack RulesWith(string? folder) => folder is null ? Rules : Load(Rules, folder);

    public Planner Planner => field ??= new Planner(Rules);

    public Diagnoser Diagnoser(string language) => new(Rules, language);

    private static RulePack Load(RulePack pack, string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw CommandFailure.BadInput($"There is no folder '{folder}'. Expected a pack: pack.json, or folders rules, operations, routes or replies.");
        }

        try
        {
            return pack.With(folder);
        }
        catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadInput($"The pack '{folder}' cannot be used: {failure.Message}", failure);
        }
    }
}
