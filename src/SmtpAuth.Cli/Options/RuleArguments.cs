using System.CommandLine;
using SmtpAuth.Rules;

namespace SmtpAuth.Cli.Options;

/// <summary>Arguments that the verbs about rules share.</summary>
internal static class RuleArguments
{
    public static Argument<string> Id() => new("ID")
    {
        Description = "The rule's id, such as EXO001.",
    };

    public static Argument<string?> Pack() => new("PACK")
    {
        Description = "Folder of a pack that adds to the embedded one or replaces parts of it. Without it, the embedded pack.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Rule Find(CommandContext context, string id)
    {
        var pack = context.Knowledge.Rules;
        return pack.FindRule(id) ?? pack.FindRule(id.ToUpperInvariant()) ?? throw CommandFailure.BadInput(pack.Disabled.TryGetValue(id, out var why)
            ? $"The rule {id} is disabled: {why}"
            : $"There is no rule '{id}'. See: smtpauth rules list");
    }
}
