using SmtpAuth.Replies;
using SmtpAuth.Rules.Language;
using SmtpAuth.Tenancy;

namespace SmtpAuth.Cli;

/// <summary>What the command knows: the embedded pack, with a folder of one's own laid over it.</summary>
/// <remarks>Each part is read when it is first needed, because most verbs need one.</remarks>
internal sealed class Knowledge(string? packFolder)
{
    public SmtpReplyParser ReplyParser => field ??= LoadReplies();

    /// <summary>Gets the names of the facts, and their types.</summary>
    public static IEnumerable<KeyValuePair<string, CelType>> FactTypes =>
        FactCatalogue.Default.Facts.Select(fact => KeyValuePair.Create(fact.Name, CelType.Parse(fact.Type)));

    private SmtpReplyParser LoadReplies() => Subfolder("replies") is { } folder
        ? new SmtpReplyParser(ReplyCatalog.Embedded.WithFolder(folder))
        : SmtpReplyParser.Default;

    private string? Subfolder(string name)
    {
        if (packFolder is null)
        {
            return null;
        }

        if (!Directory.Exists(packFolder))
        {
            throw CommandFailure.BadInput($"--pack: there is no folder '{packFolder}'. Expected one with rules, replies or operations in it.");
        }

        var folder = Path.Combine(packFolder, name);
        return Directory.Exists(folder) ? folder : null;
    }
}
